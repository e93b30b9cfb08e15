import type { Command } from '../commands.ts';
import { pendingOf } from '../floating/proposal.ts';
import type { CounterId, Instant, ProposalId } from '../ids.ts';
import { callOrder } from '../routing/call-order.ts';
import type { BranchDay } from '../state.ts';

/**
 * What somebody may do next, if they want to: press "next", arrive at the window that they were sent to, answer a proposal.
 * Of each it is kept how long after they could they did it.
 */
export type Occasion =
  /** The counter is open, has nobody, and somebody waits whom it may call. */
  | { readonly kind: 'press'; readonly counterId: CounterId }
  | { readonly kind: 'arrival'; readonly counterId: CounterId }
  | { readonly kind: 'answer'; readonly proposalId: ProposalId };

/** From when on it is possible, and its place among those like it on this day, from 0. */
export type Possible = Occasion & { readonly like: string; readonly place: number; readonly since: Instant };

export class Occasions {
  #now = new Map<string, Possible>();
  readonly #counts = new Map<string, number>();

  /** The one that a command makes use of, if it does. */
  usedBy(command: Command): Possible | undefined {
    return this.#now.get(idOf(command) ?? '');
  }

  /** Whether this one is still there. */
  has({ like, place, ...occasion }: Possible): boolean {
    const now = this.#now.get(nameOf(occasion));
    return now?.like === like && now.place === place;
  }

  /** To be asked after each command. @returns which are over by it, and which begin */
  look(state: BranchDay, at: Instant): { readonly over: readonly Possible[]; readonly begun: readonly Possible[] } {
    const before = this.#now;
    const over: Possible[] = [];
    const begun: Possible[] = [];
    this.#now = new Map();
    for (const { occasion, like } of occasionsOf(state, at)) {
      const name = nameOf(occasion);
      let possible = before.get(name);
      if (possible === undefined) {
        const place = this.#counts.get(like) ?? 0;
        this.#counts.set(like, place + 1);
        begun.push((possible = { ...occasion, like, place, since: at }));
      }
      this.#now.set(name, possible);
    }
    for (const [name, possible] of before) if (!this.#now.has(name)) over.push(possible);
    return { over, begun };
  }
}

/** With what is the same for those whose habits are alike. */
function* occasionsOf(
  state: BranchDay,
  now: Instant,
): Generator<{ readonly occasion: Occasion; readonly like: string }, void> {
  if (state.closed) return;
  for (const { id: counterId, status, ticketId } of state.counters.values())
    if (status === 'opening') yield { occasion: { kind: 'arrival', counterId }, like: 'arrival' };
    else if (status === 'open' && ticketId === undefined && state.queue.size > 0)
      if (callOrder(state, counterId, now).next().done !== true)
        yield { occasion: { kind: 'press', counterId }, like: `press ${counterId}` };
  for (const { id: proposalId, kind } of pendingOf(state.floating))
    yield { occasion: { kind: 'answer', proposalId }, like: `answer ${kind}` };
}

function nameOf(occasion: Occasion): string {
  return occasion.kind === 'answer' ? `answer ${occasion.proposalId}` : `${occasion.kind} ${occasion.counterId}`;
}

function idOf(command: Command): string | undefined {
  switch (command.type) {
    case 'CallNext':
      return command.finish === undefined ? `press ${command.counterId}` : undefined;
    case 'OpenCounter':
    case 'OpenReadyCounter':
      return `arrival ${command.counterId}`;
    case 'ApproveProposal':
    case 'DismissProposal':
      return `answer ${command.proposalId}`;
    default:
      return undefined;
  }
}
