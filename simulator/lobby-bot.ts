import type { ManagerView } from '../domain/views/views.ts';
import type { LiveView } from './live-view.ts';
import type { Pace } from './pace.ts';

/** A visitor has so long to answer a proposal first, ms of the server. */
const LEFT_TO_VISITOR_MS = 60_000;
const LOOK_MS = 2_000;

/** The lobby manager of the demo: says yes to what nobody has answered. */
export class LobbyBot {
  constructor(
    private readonly line: LiveView<ManagerView>,
    private readonly pace: Pace,
  ) {}

  async run(): Promise<void> {
    for (;;) {
      await this.pace.waitMs(LOOK_MS);
      const due = this.line.view?.proposals.find(
        ({ status, proposedAt }) => status === 'pending' && Date.now() - proposedAt > LEFT_TO_VISITOR_MS,
      );
      if (due !== undefined) await this.line.send({ type: 'ApproveProposal', proposalId: due.id });
    }
  }
}
