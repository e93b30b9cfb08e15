import { MINUTE, type Instant, type SegmentId, type WorkProfileId } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import { expectedArrivals } from './expected-arrivals.ts';
import { linesOf, segmentsOfFloating } from './lines.ts';
import { outlookOf, type Staffing } from './outlook.ts';
import type { Promised, ProposalKind } from './proposal.ts';

/** What a proposal should bring (rule F12): the outlook of the lines without it and with one window more or less. */
export function promiseOf(
  state: BranchDay,
  now: Instant,
  proposal: { readonly kind: ProposalKind; readonly profile?: WorkProfileId | undefined },
): Promised {
  const segments = segmentsFor(state, proposal);
  const lines = linesOf(state, now, segments);
  const { waiting, inHand } = lines;
  const { speed, serviceMinutes, floatingSpeed } = lines.work();
  const rate = expectedArrivals(state, segments, now);
  const more = (windows: number): Staffing => ({
    fromMinute: 0,
    windows: lines.windows + lines.open.length + windows,
    speed: speed + (lines.open.length + windows) * floatingSpeed,
  });
  const ready = lines.opening.map(({ readyAt = now }) => Math.max(0, (readyAt - now) / MINUTE));
  const arrive = proposal.kind === 'open' ? state.config.floating.openingMinutes : 0;
  const outlook = (change: -1 | 0 | 1) => {
    const joins = [...ready, ...(change === 1 ? [arrive] : [])].sort((one, other) => one - other);
    const start = more(change === -1 ? -1 : 0);
    const staffing = [start, ...joins.map((fromMinute, index) => joined(start, index + 1, fromMinute, floatingSpeed))];
    return outlookOf({ now, waiting, inHand, rate, serviceMinutes, staffing });
  };
  return { before: outlook(0), after: outlook(proposal.kind === 'close' ? -1 : 1) };
}

/** Whose waits a proposal is judged by: of the other work after a conversion, else of the lines. */
export function segmentsFor(
  state: BranchDay,
  { profile }: { readonly profile?: WorkProfileId | undefined },
): ReadonlySet<SegmentId> {
  const first = profile === undefined ? undefined : state.index.profiles.get(profile)?.first;
  return first === undefined ? segmentsOfFloating(state) : new Set(first);
}

function joined(start: Staffing, windows: number, fromMinute: number, speed: number): Staffing {
  return { fromMinute, windows: start.windows + windows, speed: start.speed + windows * speed };
}
