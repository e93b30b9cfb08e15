import type { Forecast } from '../config.ts';
import type { BusinessDay, Instant, SegmentId } from '../ids.ts';
import type { DayFacts } from './calendar.ts';
import { HALF_HOURS, learnProfile, sharesOf, type ProfileState } from './profile.ts';
import { expectedVolume, kindOf, learnVolume, NO_VOLUME, type Volume, type VolumeState } from './volume.ts';

/** The half hours of one day. Where clocks change there are 46 or 50 of them. */
export interface HalfHours {
  /** Start of the first. */
  readonly from: Instant;
  /** For each, which half hour of the clock it begins in: 0 is 00:00, 47 is 23:30. */
  readonly clock: readonly number[];
}

export interface FinishedDay extends DayFacts {
  /** Tickets taken in each half hour, by the segment that they were issued for. */
  readonly arrivals: Readonly<Record<SegmentId, readonly number[]>>;
  /** As in `HalfHours`; absent when the day had 48, in the order of the clock. */
  readonly clock?: readonly number[];
}

/** All that is remembered of the finished days: plain data, of a size that does not grow. */
export interface ForecastModel {
  readonly volume: VolumeState;
  readonly profile: ProfileState;
}

export const EMPTY_MODEL: ForecastModel = { volume: NO_VOLUME, profile: {} };

export const SLOT_MINUTES = 30;
const EVERY_HALF_HOUR = Array.from({ length: HALF_HOURS }, (_, index) => index);

/** The last day that the model has learned from; undefined before the first. */
export function lastLearned({ volume }: ForecastModel): BusinessDay | undefined {
  return volume.day === '' ? undefined : volume.day;
}

/** Days are learned in their order; one that is not after the last changes nothing (rule X3). */
export function learnDay(model: ForecastModel, day: FinishedDay): ForecastModel {
  if (day.day <= model.volume.day) return model;
  const came = Object.values(day.arrivals).reduce((sum, counts) => counts.reduce((one, other) => one + other, sum), 0);
  const volume = learnVolume(model.volume, day, came);
  if (came === 0) return { ...model, volume };
  return { volume, profile: learnProfile(model.profile, kindOf(day), day.arrivals, day.clock ?? EVERY_HALF_HOUR) };
}

/** @returns what is expected of a day after the last that was learned; nothing before anybody has come on any day */
export function forecastDay(
  model: ForecastModel,
  facts: DayFacts,
  halfHours: HalfHours,
  segments: readonly SegmentId[],
): { readonly forecast: Forecast; readonly volume: Volume } | undefined {
  if (Object.keys(model.profile).length === 0 || facts.day <= model.volume.day) return undefined;
  const volume = expectedVolume(model.volume, facts);
  const shares = sharesOf(model.profile, kindOf(facts), segments);
  const slots = (segment: SegmentId) =>
    halfHours.clock.map((halfHour) => rounded(volume.mean * (shares[segment]?.[halfHour] ?? 0)));
  const arrivals = Object.fromEntries(segments.map((segment) => [segment, slots(segment)]));
  return { forecast: { from: halfHours.from, slotMinutes: SLOT_MINUTES, arrivals }, volume };
}

/** To a thousandth of a ticket: the day's log keeps it. */
function rounded(tickets: number): number {
  return Math.round(tickets * 1000) / 1000;
}
