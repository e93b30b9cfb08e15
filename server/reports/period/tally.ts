import { MARKS, OUTCOMES, type FactsOfDay } from '../../../domain/figures/facts.ts';
import { WORK } from '../../../domain/figures/staffing.ts';
import { MINUTE } from '../../../domain/ids.ts';
import type { PeriodFigures } from '../../../protocol/period-report.ts';
import { Amounts } from './amounts.ts';

const [SERVED, NO_SHOW, ABANDONED] = (['served', 'no-show', 'abandoned'] as const).map((each) =>
  OUTCOMES.indexOf(each),
);

/** What is counted for one row of a report, or for all of it. */
export class Tally {
  readonly waits = new Amounts();
  readonly services = new Amounts();
  readonly #outcomes = OUTCOMES.map(() => 0);
  readonly #staffing = WORK.map(() => 0);
  readonly #quotes = { told: 0, inRange: 0, late: 0, overMs: 0 };
  readonly #offers = { made: 0, accepted: 0, left: 0, failed: 0, savedMinutes: 0 };
  readonly #ratings = { count: 0, sum: 0 };
  #within = 0;
  #transfers = 0;

  ticket({ tickets }: FactsOfDay, index: number): void {
    const outcome = tickets.outcome[index] ?? 0;
    const wait = tickets.wait[index] ?? -1;
    const marks = tickets.marks[index] ?? 0;
    this.#outcomes[outcome] = (this.#outcomes[outcome] ?? 0) + 1;
    if (wait >= 0) this.waits.add(wait);
    if (marks & MARKS.withinTarget) this.#within += 1;
    if (!(marks & MARKS.told)) return;
    this.#quotes.told += 1;
    this.#quotes.overMs += tickets.overQuote[index] ?? 0;
    if (marks & MARKS.inRange) this.#quotes.inRange += 1;
    if (marks & MARKS.late) this.#quotes.late += 1;
  }

  serve({ serves }: FactsOfDay, index: number): void {
    this.services.add(serves.ms[index] ?? 0);
  }

  transfer(): void {
    this.#transfers += 1;
  }

  offer({ offers }: FactsOfDay, index: number): void {
    this.#offers.made += 1;
    this.#offers.accepted += offers.accepted[index] ?? 0;
    this.#offers.failed += offers.failed[index] ?? 0;
    this.#offers.savedMinutes += offers.savedMinutes[index] ?? 0;
  }

  /** Was offered a machine, and left without a ticket. */
  left(): void {
    this.#offers.made += 1;
    this.#offers.left += 1;
  }

  rating({ ratings }: FactsOfDay, index: number): void {
    this.#ratings.count += 1;
    this.#ratings.sum += ratings.score[index] ?? 0;
  }

  staffed({ staffing }: FactsOfDay, index: number): void {
    WORK.forEach((work, place) => {
      this.#staffing[place] = (this.#staffing[place] ?? 0) + (staffing[work][index] ?? 0);
    });
  }

  /** @param withStaffing false where a counter's time cannot be told apart */
  figures(withStaffing: boolean): PeriodFigures {
    const wait = this.waits.spread();
    const { told, inRange, late, overMs } = this.#quotes;
    const { made, accepted, left, failed, savedMinutes } = this.#offers;
    const minutes = this.#staffing.map((ms) => ms / MINUTE);
    const [serving = 0, calling = 0, idle = 0, paused = 0] = minutes;
    return {
      arrivals: sum(this.#outcomes),
      served: this.#outcomes[SERVED ?? 0] ?? 0,
      noShows: this.#outcomes[NO_SHOW ?? 0] ?? 0,
      abandoned: this.#outcomes[ABANDONED ?? 0] ?? 0,
      transfers: this.#transfers,
      wait,
      withinTarget: share(this.#within, wait.count),
      service: this.services.spread(),
      diversion: { offered: made, accepted, declined: made - accepted - left, failed, savedMinutes },
      estimate: {
        told,
        inRange: share(inRange, told),
        late: share(late, told),
        bias: share(overMs, told) / MINUTE,
      },
      ...(withStaffing && { staffing: { open: sum(minutes), serving, calling, idle, paused } }),
      rating: { count: this.#ratings.count, mean: share(this.#ratings.sum, this.#ratings.count) },
    };
  }
}

function share(part: number, all: number): number {
  return all === 0 ? 0 : part / all;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
