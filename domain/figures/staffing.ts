import type { HalfHours } from '../forecast/forecast.ts';
import type { CounterId, Instant, StaffId } from '../ids.ts';
import type { BranchDay, Counter } from '../state.ts';
import { slices } from './half-hours.ts';

export const WORK = ['serving', 'calling', 'idle', 'paused'] as const;
export type Work = (typeof WORK)[number];

interface Stretch {
  readonly work: Work;
  readonly tellerId: StaffId | null;
  readonly since: Instant;
}
/** ms of one counter and teller in one half hour. */
export type StaffedHalfHour = Record<Work, number> & {
  readonly counterId: CounterId;
  readonly tellerId: StaffId | null;
  readonly slot: number;
};

/** What the people at the counters did, moment by moment: as it was then, whatever was undone later (rule B5). */
export class StaffingClock {
  readonly #running = new Map<CounterId, Stretch>();
  readonly #halfHours = new Map<string, StaffedHalfHour>();

  constructor(private readonly local: HalfHours) {}

  /** After each event. */
  see(state: BranchDay): void {
    for (const counter of state.counters.values()) {
      if (state.index.counters.get(counter.id)?.kind === 'device') continue;
      const work = workAt(state, counter);
      const tellerId = counter.tellerId ?? null;
      const running = this.#running.get(counter.id);
      if (running?.work === work && (running === undefined || running.tellerId === tellerId)) continue;
      this.#end(counter.id, state.lastAt);
      if (work !== undefined) this.#running.set(counter.id, { work, tellerId, since: state.lastAt });
    }
  }

  /** What runs on at `until` counts to there. */
  halfHours(until: Instant): readonly StaffedHalfHour[] {
    for (const counterId of [...this.#running.keys()]) this.#end(counterId, until);
    return [...this.#halfHours.values()];
  }

  #end(counterId: CounterId, until: Instant): void {
    const running = this.#running.get(counterId);
    if (running === undefined) return;
    this.#running.delete(counterId);
    const { work, tellerId, since } = running;
    for (const { slot, ms } of slices(this.local, since, until)) {
      const key = JSON.stringify([counterId, tellerId, slot]);
      const known = this.#halfHours.get(key) ?? {
        counterId,
        tellerId,
        slot,
        serving: 0,
        calling: 0,
        idle: 0,
        paused: 0,
      };
      known[work] += ms;
      this.#halfHours.set(key, known);
    }
  }
}

/** Who is paused and still has a customer serves them (rule K2). */
function workAt({ tickets }: BranchDay, { status, ticketId }: Counter): Work | undefined {
  if (status === 'closed' || status === 'opening') return undefined;
  const inHand = tickets.get(ticketId ?? '')?.status;
  if (inHand === 'serving') return 'serving';
  if (inHand === 'called') return 'calling';
  return status === 'paused' ? 'paused' : 'idle';
}
