import type { PolicySettings } from '../scenario/policy.ts';
import type { Hall } from './hall.ts';

/** Who opens and closes the floating windows of a run. */
export interface WindowKeeper {
  /** Before the first customer. */
  start(): void;
  /** After every change. */
  look(): void;
}

/** The branch day's own policies come through its timers; the others are yardsticks that only the simulator has. */
export function windowKeeper(hall: Hall, settings: PolicySettings): WindowKeeper {
  switch (settings.floating) {
    case 'always':
      return { start: () => openAtOnce(hall, Infinity), look: nothing };
    case 'by-count':
      return new ByCount(hall, settings);
    case 'plan':
      return new ByPlan(hall, settings);
    default:
      return { start: nothing, look: nothing };
  }
}

function nothing(): void {
  // Nobody does anything with the windows.
}

function floatingIds(hall: Hall): string[] {
  return hall.posts.filter(({ floating }) => floating).map(({ id }) => id);
}

function openAtOnce(hall: Hall, count: number): void {
  for (const id of floatingIds(hall).slice(0, count)) hall.openWindow(id);
}

const isWorking = (status: string | undefined) => status === 'open' || status === 'paused';

/**
 * Opens one more when the number in the hall reaches a limit, closes a free one when a change leaves few enough: the
 * policies of the removable-server theory (N-policy, hysteresis, exact optimum of the Markov benchmark).
 */
class ByCount implements WindowKeeper {
  readonly #opening = new Set<string>();

  constructor(
    private readonly hall: Hall,
    private readonly settings: PolicySettings,
  ) {}

  start(): void {
    openAtOnce(this.hall, this.settings.base);
  }

  look(): void {
    const { hall, settings } = this;
    for (const id of this.#opening) if (isWorking(hall.state.counters.get(id)?.status)) this.#opening.delete(id);
    for (;;) {
      const ids = floatingIds(hall);
      const open = ids.filter((id) => isWorking(hall.state.counters.get(id)?.status)).length - settings.base;
      const [openAt, closeAt] = this.#limits(open);
      if (openAt !== null && hall.inHall >= openAt) {
        const next = ids.find((id) => !this.#opening.has(id) && hall.state.counters.get(id)?.status === 'closed');
        if (next === undefined) return;
        this.#opening.add(next);
        hall.orderWindow(next);
      } else if (closeAt !== null && hall.inHall <= closeAt && open > 0) {
        const free = ids.find((id) => {
          const counter = hall.state.counters.get(id);
          return counter?.status === 'open' && counter.ticketId === undefined;
        });
        if (free === undefined) return;
        hall.send({ type: 'CloseCounter', counterId: free });
      } else return;
    }
  }

  #limits(open: number): readonly [open: number | null, close: number | null] {
    const { table, openAt, closeAt } = this.settings;
    const opening = this.#opening.size;
    if (table !== undefined) return table[`(${opening}, ${open})`] ?? [null, null];
    return [openAt[opening + open] ?? null, open > 0 ? (closeAt[open - 1] ?? null) : null];
  }
}

/** So many floating windows from minute to minute, whatever comes. Nobody has to be sent for: it was planned. */
class ByPlan implements WindowKeeper {
  constructor(
    private readonly hall: Hall,
    private readonly settings: PolicySettings,
  ) {}

  start(): void {
    for (const [from, to] of this.settings.plan) {
      this.hall.lookAtWindowsAt(from);
      this.hall.lookAtWindowsAt(to);
    }
    this.look();
  }

  look(): void {
    const { hall, settings } = this;
    const { minute } = hall;
    const wanted = settings.plan.find(([from, to]) => from <= minute && minute < to)?.[2] ?? 0;
    for (const [place, id] of floatingIds(hall).entries()) {
      const status = hall.state.counters.get(id)?.status;
      if (place < wanted && status === 'closed') hall.openWindow(id);
      else if (place < wanted && status === 'closing') hall.send({ type: 'KeepCounterOpen', counterId: id });
      else if (place >= wanted && isWorking(status)) hall.send({ type: 'CloseCounter', counterId: id });
    }
  }
}
