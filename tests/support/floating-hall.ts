import type { BranchConfig, FloatingConfig } from '../../domain/config.ts';
import type { Proposal } from '../../domain/floating/proposal.ts';
import type { CounterId, Instant, StaffId } from '../../domain/ids.ts';
import { timersOf } from '../../domain/timers.ts';
import { BRANCH, DAY } from './branch.ts';
import { Hall, type Told } from './hall.ts';

/** A hall with a floating window c3, `cat` and `dan` and `eve` free to staff it, and the threshold policy. */

const EVE = { id: 'eve', skills: [{ skill: 'cash' }, { skill: 'accounts' }], speed: { '*': 1.5 } };

export function floatingBranch(floating: Partial<FloatingConfig> = {}): BranchConfig {
  return {
    ...BRANCH,
    staff: [...BRANCH.staff, EVE],
    floating: { ...BRANCH.floating, policy: 'threshold', staff: ['dan', 'eve'], ...floating },
  };
}

export class FloatingHall extends Hall {
  static with(
    floating: Partial<FloatingConfig> = {},
    day: { closesAt?: Instant; changes?: Partial<BranchConfig> } = {},
  ): FloatingHall {
    const hall = new FloatingHall();
    const { closesAt, changes } = day;
    hall.do({ type: 'OpenDay', day: DAY, config: { ...floatingBranch(floating), ...changes }, closesAt });
    return hall;
  }

  /** Everything that is due until then, at its time, as the server does it. Gives what happened. */
  pass(minutes: number): Told[] {
    const until = this.now + minutes * 60_000;
    const events: Told[] = [];
    for (;;) {
      const due = timersOf(this.day).filter(({ at }) => at <= until);
      const next = due.sort((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      this.now = Math.max(this.now, next.at);
      events.push(...this.do(next.command, 'system'));
    }
    this.now = until;
    return events;
  }

  takeMany(service: string, count: number): this {
    for (let index = 0; index < count; index += 1) this.take(service);
    return this;
  }

  get proposals(): Proposal[] {
    return [...this.day.floating.proposals.values()];
  }

  get pending(): Proposal[] {
    return this.proposals.filter(({ status }) => status === 'pending');
  }

  approve(proposalId: string): Told[] {
    return this.do({ type: 'ApproveProposal', proposalId }, 'staff:manager');
  }
}

/** A window on its way to being open. */
export function whileOpening(counterId: CounterId, tellerId: StaffId): Hall {
  const counters = BRANCH.counters.map((counter) =>
    counter.id === counterId ? { ...counter, kind: 'floating' as const } : counter,
  );
  const hall = FloatingHall.with({ staff: [tellerId] }, { changes: { counters } });
  hall.takeMany('deposit', 3).pass(1);
  hall.approve('p1');
  return hall;
}
