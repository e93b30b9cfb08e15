import type { CounterId, SegmentId, TicketId, WorkProfileId } from '../domain/ids.ts';
import type { BranchProfile, CounterTile, ManagerView, QueueRow } from '../domain/views/views.ts';

/** Which counters serve which segments, and which a ticket can be sent to. */

export function serves(profile: BranchProfile, workProfile: WorkProfileId, segment: SegmentId): boolean {
  const work = profile.workProfiles.find((candidate) => candidate.id === workProfile);
  return work !== undefined && (work.first.includes(segment) || work.help.includes(segment));
}

/** Still takes customers: open, or back soon from a pause. */
function takesCustomers(tile: CounterTile): boolean {
  return tile.status === 'open' || tile.status === 'paused';
}

export type Fit = 'free' | 'busy' | 'paused' | 'other-work' | 'closed' | 'closing' | 'opening' | 'already' | 'no-skill';

/**
 * Whether a ticket can be sent to this counter, and if not, why. A reserved ticket needs no matching work profile
 * (rule R1), so `other-work` is only a remark; whoever is closed or closing takes nobody, and nobody does what their skills
 * do not cover (rule K4).
 */
export function fitOf(tile: CounterTile, row: QueueRow, profile: BranchProfile): Fit {
  if (tile.status === 'closed' || tile.status === 'closing') return tile.status;
  if (row.onlyCounter === tile.counterId) return 'already';
  if (row.services[0] !== undefined && tile.cannot?.includes(row.services[0])) return 'no-skill';
  if (tile.status === 'opening') return 'opening';
  if (tile.status === 'paused') return 'paused';
  if (!serves(profile, tile.profile, row.segment)) return 'other-work';
  return tile.ticket ? 'busy' : 'free';
}

export function mayReceive(fit: Fit): boolean {
  return fit !== 'closed' && fit !== 'closing' && fit !== 'already' && fit !== 'no-skill';
}

/** How many other tickets wait for this counter only. */
export function waitingFor(view: ManagerView, counterId: CounterId, except?: TicketId): number {
  return view.waiting.filter((row) => row.onlyCounter === counterId && row.ticketId !== except).length;
}

/** Segments that have a counter now and would have none when this one stops, or works by another profile. */
export function leftAlone(
  view: ManagerView,
  profile: BranchProfile,
  counterId: CounterId,
  change: { readonly profile: WorkProfileId } | 'stops',
): SegmentId[] {
  const working = view.counters.filter(takesCustomers);
  const after = working.flatMap((tile) => {
    if (tile.counterId !== counterId) return [tile.profile];
    return change === 'stops' ? [] : [change.profile];
  });
  return profile.segments
    .map((segment) => segment.id)
    .filter(
      (id) =>
        working.some((tile) => serves(profile, tile.profile, id)) && !after.some((work) => serves(profile, work, id)),
    );
}

/**
 * Closed counters that would serve the segment: those for which it comes first before those that only help, floating
 * windows before others. Devices open by themselves.
 */
export function couldOpen(view: ManagerView, profile: BranchProfile, segment: SegmentId): CounterTile[] {
  const kindOf = (id: CounterId) => profile.counters.find((counter) => counter.id === id)?.kind;
  const rank = (tile: CounterTile) => {
    const work = profile.workProfiles.find(({ id }) => id === tile.profile);
    return (work?.first.includes(segment) ? 2 : 0) + (kindOf(tile.counterId) === 'floating' ? 1 : 0);
  };
  return view.counters
    .filter((tile) => tile.status === 'closed' && kindOf(tile.counterId) !== 'device')
    .filter((tile) => serves(profile, tile.profile, segment))
    .sort((a, b) => rank(b) - rank(a));
}
