import type { BranchConfig, Forecast } from '../domain/config.ts';
import type { DomainEvent } from '../domain/events.ts';
import type { DayFacts } from '../domain/forecast/calendar.ts';
import { EMPTY_MODEL, forecastDay, learnDay, type ForecastModel, type HalfHours } from '../domain/forecast/forecast.ts';
import { MINUTE, type BusinessDay, type Instant, type SegmentId } from '../domain/ids.ts';
import type { BranchDay } from '../domain/state.ts';
import { usualPerHour } from './arrivals.ts';
import { Chance } from './chance.ts';
import { playPastDay } from './past-day.ts';
import type { Trouble } from './past-hall.ts';

/** The last days of a branch before today, one after the other, each opened with the forecast of those before. */

export interface PastDaysOptions {
  readonly config: BranchConfig;
  readonly factsOf: (day: BusinessDay) => DayFacts;
  /** Oldest first. */
  readonly days: readonly BusinessDay[];
  readonly halfHoursOf: (day: BusinessDay) => HalfHours;
  readonly instantOf: (day: BusinessDay, time: string) => Instant;
  readonly seed: number;
  /** Learned from the days before the first one. */
  readonly model?: ForecastModel | undefined;
  /** How many come on a day, against what the week, paydays and holidays make of it; 1 when it is not said. */
  readonly levelOf?: ((facts: DayFacts) => number) | undefined;
  readonly troubleOn?: ((day: BusinessDay) => Trouble | undefined) | undefined;
  /** How carefully waits are quoted and windows are looked at: many days need not be as exact as the last ones. */
  readonly care?: { readonly paths: number; readonly reviewSeconds: number } | undefined;
}

export interface PastDay {
  readonly day: BusinessDay;
  readonly events: readonly DomainEvent[];
  readonly end: BranchDay;
  /** What it was opened with; nothing on the first. */
  readonly made: ReturnType<typeof forecastDay>;
  readonly came: Forecast['arrivals'];
  /** What is known after it. */
  readonly model: ForecastModel;
}

/** From Monday to Sunday, against the mean. */
const WEEKDAYS = [1.12, 1.02, 0.97, 1, 1.08, 0.86, 0.72];
const PAYDAY = 1.2;
const HOLIDAY = 0.5;
const SPREAD = 0.08;
/** Ample for a quote and for a look at the hall, and a week is played in seconds. */
const CARE = { paths: 60, reviewSeconds: 60 };

export function* playPastDays(options: PastDaysOptions): Generator<PastDay> {
  const { config, factsOf, days, halfHoursOf, instantOf, seed, levelOf, troubleOn, care = CARE } = options;
  const opened = {
    ...config,
    estimate: { ...config.estimate, paths: Math.min(care.paths, config.estimate.paths) },
    floating: { ...config.floating, reviewSeconds: Math.max(care.reviewSeconds, config.floating.reviewSeconds) },
  };
  const segments = config.segments.map(({ id }) => id);
  let model = options.model ?? EMPTY_MODEL;
  for (const day of days) {
    const facts = factsOf(day);
    const halfHours = halfHoursOf(day);
    const made = forecastDay(model, facts, halfHours, segments);
    const usual = (WEEKDAYS[facts.weekday - 1] ?? 1) * (facts.payday ? PAYDAY : 1) * (facts.holiday ? HOLIDAY : 1);
    const chance = new Chance(seed, `${config.branchId} ${day} level`);
    const level = usual * (levelOf?.(facts) ?? 1) * chance.lognormal(1, SPREAD);
    const played = playPastDay({
      config: opened,
      day,
      from: halfHours.from,
      opensAt: instantOf(day, config.hours.opens),
      closesAt: instantOf(day, config.hours.closes),
      forecast: made?.forecast,
      seed,
      perHour: usualPerHour(config) * level,
      trouble: troubleOn?.(day),
    });
    const came = arrivalsOf(played.events, halfHours, segments);
    model = learnDay(model, { ...facts, arrivals: came, clock: halfHours.clock });
    yield { day, ...played, made, came, model };
  }
}

/** By the segment that each was issued for. */
function arrivalsOf(
  events: readonly DomainEvent[],
  { from, clock }: HalfHours,
  segments: readonly SegmentId[],
): Forecast['arrivals'] {
  const arrivals = Object.fromEntries(segments.map((id) => [id, new Array<number>(clock.length).fill(0)]));
  for (const event of events) {
    if (event.type !== 'TicketIssued') continue;
    const slots = arrivals[event.segment] ?? [];
    const slot = Math.floor((event.at - from) / (30 * MINUTE));
    slots[slot] = (slots[slot] ?? 0) + 1;
  }
  return arrivals;
}
