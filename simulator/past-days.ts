import type { BranchConfig, Forecast } from '../domain/config.ts';
import type { DomainEvent } from '../domain/events.ts';
import { dayFacts, type Calendar } from '../domain/forecast/calendar.ts';
import { EMPTY_MODEL, forecastDay, learnDay, type HalfHours } from '../domain/forecast/forecast.ts';
import { MINUTE, type BusinessDay, type Instant, type SegmentId } from '../domain/ids.ts';
import type { BranchDay } from '../domain/state.ts';
import { usualPerHour } from './arrivals.ts';
import { Chance } from './chance.ts';
import { playPastDay } from './past-day.ts';

/** The last days of a branch before today, one after the other, each opened with the forecast of those before. */

export interface PastDaysOptions {
  readonly config: BranchConfig;
  readonly calendar: Calendar;
  /** Oldest first. */
  readonly days: readonly BusinessDay[];
  readonly halfHoursOf: (day: BusinessDay) => HalfHours;
  readonly instantOf: (day: BusinessDay, time: string) => Instant;
  readonly seed: number;
}

export interface PastDay {
  readonly day: BusinessDay;
  readonly events: readonly DomainEvent[];
  readonly end: BranchDay;
  /** What it was opened with; nothing on the first. */
  readonly made: ReturnType<typeof forecastDay>;
}

/** From Monday to Sunday, against the mean. */
const WEEKDAYS = [1.12, 1.02, 0.97, 1, 1.08, 0.86, 0.72];
const PAYDAY = 1.2;
const HOLIDAY = 0.5;
const SPREAD = 0.08;
/** Ample for a quote and for a look at the hall, and a week is played in seconds. */
const PATHS = 60;
const REVIEW_SECONDS = 60;

export function* playPastDays(options: PastDaysOptions): Generator<PastDay> {
  const { config, calendar, days, halfHoursOf, instantOf, seed } = options;
  const opened = {
    ...config,
    estimate: { ...config.estimate, paths: Math.min(PATHS, config.estimate.paths) },
    floating: { ...config.floating, reviewSeconds: Math.max(REVIEW_SECONDS, config.floating.reviewSeconds) },
  };
  const segments = config.segments.map(({ id }) => id);
  let model = EMPTY_MODEL;
  for (const day of days) {
    const facts = dayFacts(day, calendar);
    const halfHours = halfHoursOf(day);
    const made = forecastDay(model, facts, halfHours, segments);
    const usual = (WEEKDAYS[facts.weekday - 1] ?? 1) * (facts.payday ? PAYDAY : 1) * (facts.holiday ? HOLIDAY : 1);
    const level = usual * new Chance(seed, `${config.branchId} ${day} level`).lognormal(1, SPREAD);
    const played = playPastDay({
      config: opened,
      day,
      from: halfHours.from,
      opensAt: instantOf(day, config.hours.opens),
      closesAt: instantOf(day, config.hours.closes),
      forecast: made?.forecast,
      seed,
      perHour: usualPerHour(config) * level,
    });
    model = learnDay(model, {
      ...facts,
      arrivals: arrivalsOf(played.end, halfHours, segments),
      clock: halfHours.clock,
    });
    yield { day, ...played, made };
  }
}

function arrivalsOf(
  { tickets }: BranchDay,
  { from, clock }: HalfHours,
  segments: readonly SegmentId[],
): Forecast['arrivals'] {
  const arrivals = Object.fromEntries(segments.map((id) => [id, new Array<number>(clock.length).fill(0)]));
  for (const { segment, issuedAt } of tickets.values()) {
    const slots = arrivals[segment] ?? [];
    const slot = Math.floor((issuedAt - from) / (30 * MINUTE));
    slots[slot] = (slots[slot] ?? 0) + 1;
  }
  return arrivals;
}
