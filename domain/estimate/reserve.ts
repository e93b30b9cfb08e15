import { segmentsOfFloating } from '../floating/lines.ts';
import { busyPeople, useAt } from '../floating/limits.ts';
import { MINUTE, type Instant } from '../ids.ts';
import type { BranchDay, Counter } from '../state.ts';

/** Floating windows that the floating policy will open by itself when the queue grows. Times are ms from now. */
export interface Reserve {
  /** The next one opens when more wait for each window than this. */
  readonly openAbove: number;
  readonly openingMs: number;
  readonly nextReviewIn: number;
  readonly reviewMs: number;
  /** Windows of the lines that are open or on their way. */
  readonly windows: number;
  /** With the person who would come, in the order in which they are opened. */
  readonly counters: readonly Counter[];
}

/** The rolling plan opens about where the best threshold does, and that can be told from the queue alone. */
const PLAN_OPENS_ABOVE = 1.25;

/** Nothing where a person decides: what they will do is not known. */
export function reserveOf(state: BranchDay, now: Instant): Reserve | undefined {
  const { policy, mode, staff, threshold, openingMinutes, reviewSeconds } = state.config.floating;
  if (mode !== 'automatic' || policy === 'manual') return undefined;
  const busy = new Set(busyPeople(state));
  const counters: Counter[] = [];
  for (const counter of state.counters.values()) {
    const uses = staff.map((id) => ({ id, use: useAt(state, counter.id, id, now, busy) }));
    const best = uses.reduce((one, other) => (other.use > one.use ? other : one), { id: '', use: 0 });
    if (best.use === 0) continue;
    busy.add(best.id);
    counters.push({ ...counter, tellerId: best.id });
  }
  if (counters.length === 0) return undefined;
  const lines = segmentsOfFloating(state);
  const serves = ({ profile }: Counter) =>
    state.index.profiles.get(profile)?.first.some((id) => lines.has(id)) ?? false;
  const working = [...state.counters.values()].filter(({ status }) => status === 'open' || status === 'opening');
  const reviewMs = reviewSeconds * 1000;
  return {
    openAbove: policy === 'threshold' ? threshold.openAbove : PLAN_OPENS_ABOVE,
    ...{ openingMs: openingMinutes * MINUTE, reviewMs, counters },
    nextReviewIn: Math.max(0, state.floating.reviewedAt + reviewMs - now),
    windows: working.filter(serves).length,
  };
}
