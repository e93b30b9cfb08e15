import type { Logger } from 'pino';
import type { BranchId } from '../../domain/ids.ts';
import type { Hosts } from '../hosts.ts';
import type { Clock } from '../ports.ts';
import type { Audit } from './audit.ts';

/** Commands are written down this long after they were answered, at the latest. */
const ROUND_MS = 2_000;

export interface AuditKeeper {
  /** Ends the rounds, and writes down what is still missing. */
  stop(): Promise<void>;
}

/** Keeps the audit of every branch near the end of its log. Begins with all of them: a crash may have left something. */
export function keepAudit(options: {
  readonly audit: Audit;
  readonly hosts: Hosts;
  readonly branchIds: readonly BranchId[];
  readonly clock: Clock;
  readonly log: Logger;
}): AuditKeeper {
  const { audit, hosts, branchIds, clock, log } = options;
  const behind = new Set<BranchId>(branchIds);
  let running: Promise<void> | undefined;

  const round = async () => {
    for (const branchId of [...behind]) {
      behind.delete(branchId);
      try {
        await audit.catchUp(branchId);
      } catch (error) {
        behind.add(branchId);
        log.error({ err: error, branchId }, 'the audit could not be written; it is tried again');
      }
    }
  };
  let cancel: (() => void) | undefined;
  let stopped = false;
  /** One round at a time; what comes meanwhile has one of its own. */
  const plan = () => {
    cancel ??= clock.wakeAt(clock.now() + ROUND_MS, () => {
      running = (running ?? Promise.resolve()).then(round).then(() => {
        cancel = undefined;
        if (behind.size > 0 && !stopped) plan();
      });
    });
  };
  const changed = (branchId: BranchId) => {
    behind.add(branchId);
    plan();
  };

  hosts.listen({ changed, newDay: changed });
  plan();
  return {
    async stop() {
      stopped = true;
      cancel?.();
      await running;
      await round();
    },
  };
}
