import type { CounterConfig } from '../config.ts';
import { MINUTE, type CounterId, type Instant } from '../ids.ts';
import type { BranchDay } from '../state.ts';

/** Sums over one slot, in ms. */
interface Slot {
  waiting: number;
  windows: number;
  floating: number;
}

/** Averages over one slot. */
export interface SlotFigures {
  readonly from: Instant;
  readonly waiting: number;
  readonly windows: number;
  readonly floatingWindows: number;
}

export const SLOT_MS = 30 * MINUTE;

/** Watches how many wait and which windows are open, as time passes. */
export class DayMeter {
  /** From the decision to open a floating window until it is closed, all together. */
  floatingMs = 0;
  openings = 0;
  /** Until when there was a window that was not closed. */
  openUntil: Instant;
  readonly #slots = new Map<number, Slot>();
  readonly #paid = new Set<CounterId>();
  #at: Instant;

  /** @param from start of a half hour of the branch, at or before the opening of the day */
  constructor(private readonly from: Instant) {
    this.#at = from;
    this.openUntil = from;
  }

  /** Lets time pass up to `at`, in the state as it stands. */
  pass(at: Instant, state: BranchDay): void {
    if (at <= this.#at) return;
    const staffed = [...state.counters.values()].filter(
      ({ id, status }) => status !== 'closed' && kindOf(state, id) !== 'device',
    );
    if (staffed.length > 0) this.openUntil = at;
    const windows = staffed.filter(({ status }) => status === 'open' || status === 'closing');
    const floating = windows.filter(({ id }) => kindOf(state, id) === 'floating').length;
    this.floatingMs += this.#paid.size * (at - this.#at);
    while (this.#at < at) {
      const number = Math.floor((this.#at - this.from) / SLOT_MS);
      const until = Math.min(at, this.from + (number + 1) * SLOT_MS);
      const slot = this.#slots.get(number) ?? { waiting: 0, windows: 0, floating: 0 };
      this.#slots.set(number, slot);
      slot.waiting += state.queue.size * (until - this.#at);
      slot.windows += windows.length * (until - this.#at);
      slot.floating += floating * (until - this.#at);
      this.#at = until;
    }
  }

  /** To be told after each command. */
  saw(state: BranchDay): void {
    for (const { id, status } of state.counters.values()) {
      if (kindOf(state, id) !== 'floating') continue;
      if (status === 'closed') this.#paid.delete(id);
      else if (!this.#paid.has(id)) {
        this.#paid.add(id);
        this.openings += 1;
      }
    }
  }

  /** Of the half hour that begins at `from`. */
  slot(from: Instant): SlotFigures {
    const { waiting, windows, floating } = this.#slots.get((from - this.from) / SLOT_MS) ?? NOTHING;
    return { from, waiting: waiting / SLOT_MS, windows: windows / SLOT_MS, floatingWindows: floating / SLOT_MS };
  }

  slotOf(at: Instant): Instant {
    return this.from + Math.floor((at - this.from) / SLOT_MS) * SLOT_MS;
  }
}

const NOTHING: Slot = { waiting: 0, windows: 0, floating: 0 };

function kindOf(state: BranchDay, counterId: CounterId): CounterConfig['kind'] | undefined {
  return state.index.counters.get(counterId)?.kind;
}
