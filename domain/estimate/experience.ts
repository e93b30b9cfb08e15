import type { Quote } from '../events.ts';
import { MINUTE, type Instant, type SegmentId, type ServiceId } from '../ids.ts';
import { Corrections, type RangeScores } from './corrections.ts';

/** Arrivals further back say nothing of the next ones. */
const REMEMBERED_MS = 30 * MINUTE;
/** The configured service times count like so many services, and each service fades by this share with every later one. */
const PRIOR_SERVICES = 30;
const FADING = 0.99;
/** For the level of the day an arrival counts half after this. */
export const HALF_LIFE_MS = 60 * MINUTE;
/** Quotes that follow each other sooner than this share one forward run (rule E9), ms. */
const SHARED_MS = 1_000;

interface Arrival {
  readonly at: Instant;
  readonly segment: SegmentId;
  readonly service: ServiceId;
  readonly care: boolean;
}

/** A quote, and how many were ahead when it was made. */
export interface Run {
  readonly at: Instant;
  readonly quote: Quote;
  readonly ahead: number;
}

/** What the branch day has learnt that estimates use. Bounded, and changed by `evolve` alone: a replay learns the same. */
export class Experience {
  #arrivals: Arrival[] = [];
  #first = 0;
  #count = 0;
  #countedAt: Instant = 0;
  #expectedMs = 0;
  #actualMs = 0;
  readonly #runs = new Map<string, Run>();
  /** How far past waits were outside what was quoted (rule E6). */
  readonly corrections: Corrections;

  /** @param carried what the days before leave to this one */
  constructor(carried?: RangeScores) {
    this.corrections = new Corrections(carried);
  }

  arrived(arrival: Arrival): void {
    this.#count = this.discountedArrivals(arrival.at) + 1;
    this.#countedAt = arrival.at;
    this.#arrivals.push(arrival);
    while ((this.#arrivals[this.#first]?.at ?? Infinity) < arrival.at - REMEMBERED_MS) this.#first += 1;
    if (this.#first > 1_000 && this.#first * 2 > this.#arrivals.length) {
      this.#arrivals = this.#arrivals.slice(this.#first);
      this.#first = 0;
    }
  }

  /** What somebody like this was quoted by a run of the last second, if there was one. */
  sharedRun(kind: string, now: Instant): Run | undefined {
    const run = this.#runs.get(kind);
    return run !== undefined && now - run.at < SHARED_MS ? run : undefined;
  }

  quoted(kind: string, run: Run): void {
    if (this.sharedRun(kind, run.at) === undefined) this.#runs.set(kind, run);
  }

  /** A customer left a counter after `actualMs` there; `expectedMs` is what the configuration says of such services. */
  served(expectedMs: number, actualMs: number): void {
    this.#expectedMs = FADING * this.#expectedMs + expectedMs;
    this.#actualMs = FADING * this.#actualMs + actualMs;
  }

  /** The first call of a ticket, `waitedMs` after its issue. */
  called(segment: SegmentId, quote: Quote, waitedMs: number): void {
    this.corrections.add(segment, quote, waitedMs / MINUTE);
  }

  /** How long services take today against the configuration: 1 is as configured, 1.2 is a fifth longer. */
  pace(typicalMs: number): number {
    const prior = PRIOR_SERVICES * typicalMs;
    return (prior + this.#actualMs) / (prior + this.#expectedMs);
  }

  /** All arrivals of the day, older ones counting less. */
  discountedArrivals(now: Instant): number {
    return this.#count * 2 ** ((this.#countedAt - now) / HALF_LIFE_MS);
  }

  /** Arrivals of the last half hour. */
  *recent(now: Instant): Generator<Arrival, void> {
    for (let place = this.#first; place < this.#arrivals.length; place += 1) {
      const arrival = this.#arrivals[place];
      if (arrival !== undefined && arrival.at >= now - REMEMBERED_MS) yield arrival;
    }
  }
}

/** Of how many ms `recent` tells, on a day that was opened at `openedAt`. */
export function recentMs(openedAt: Instant, now: Instant): number {
  return Math.max(MINUTE, Math.min(REMEMBERED_MS, now - openedAt));
}
