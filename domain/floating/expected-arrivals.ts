import type { Forecast } from '../config.ts';
import { MINUTE, type Instant, type SegmentId } from '../ids.ts';
import type { BranchDay } from '../state.ts';

/** Past arrivals count half after this, in minutes. */
const HALF_LIFE = 60;
/** Shape of the gamma prior of the day's level, in arrivals, when the configuration says nothing. */
const TRUST = 25;
/** Without a forecast: the arrivals of so long, minutes; in the first minutes of a day not fewer than the least. */
const LOOK_BACK = 60;
const LEAST = 10;

/** Expected arrivals a minute in the lines at a moment to come (rule F9). None after closing time. */
export type Rate = (at: Instant) => number;

export function expectedArrivals(state: BranchDay, segments: ReadonlySet<SegmentId>, now: Instant): Rate {
  const { forecast, floating } = state;
  let rate: Rate | undefined;
  // It looks at every ticket of the day, so it is made when the first moment is asked for.
  const made = () =>
    (rate ??= forecast === undefined ? lastHour(state, segments, now) : corrected(state, forecast, segments, now));
  return (at) => (floating.closesAt !== undefined && at >= floating.closesAt ? 0 : made()(at));
}

/** Arrivals in the lines, each with its weight of so many minutes ago. */
function counted(
  state: BranchDay,
  segments: ReadonlySet<SegmentId>,
  now: Instant,
  weight: (minutesAgo: number) => number,
): number {
  let sum = 0;
  for (const { segment, issuedAt } of state.tickets.values())
    if (segments.has(segment)) sum += weight((now - issuedAt) / MINUTE);
  return sum;
}

function lastHour(state: BranchDay, segments: ReadonlySet<SegmentId>, now: Instant): Rate {
  // From the first ticket on: the hours before the doors open say nothing.
  const first = state.tickets.values().next().value?.issuedAt ?? now;
  const minutes = Math.min(LOOK_BACK, Math.max(LEAST, (now - first) / MINUTE));
  const rate = counted(state, segments, now, (ago) => (ago <= minutes ? 1 : 0)) / minutes;
  return () => rate;
}

/** The forecast, times how the day has been so far: G = (k0 + N) / (k0 + L), both counts discounted. */
function corrected(state: BranchDay, forecast: Forecast, segments: ReadonlySet<SegmentId>, now: Instant): Rate {
  const lines = Object.entries(forecast.arrivals).filter(([segment]) => segments.has(segment));
  const slots = lines[0]?.[1].length ?? 0;
  const slot = forecast.slotMinutes * MINUTE;
  const perSlot = Array.from({ length: slots }, (_, index) =>
    lines.reduce((sum, [, arrivals]) => sum + (arrivals[index] ?? 0), 0),
  );
  const weight = (ago: number) => 2 ** (-Math.max(0, ago) / HALF_LIFE);
  const came = counted(state, segments, now, weight);
  let expected = 0;
  for (const [index, arrivals] of perSlot.entries()) {
    const from = forecast.from + index * slot;
    const share = Math.min(1, Math.max(0, (now - from) / slot));
    expected += arrivals * share * weight((now - (from + (share * slot) / 2)) / MINUTE);
  }
  const trust = state.config.floating.forecastTrust ?? TRUST;
  const level = (trust + came) / (trust + expected);
  return (at) => (level * (perSlot[Math.floor((at - forecast.from) / slot)] ?? 0)) / forecast.slotMinutes;
}
