import type { SegmentId, ZoneId } from '../domain/ids.ts';
import type { BranchProfile, DisplayView } from '../domain/views/views.ts';
import type { Direction, DisplaySettings } from '../protocol/display.ts';

/** Where somebody should go now, by the state of the queue. */
export interface Sign {
  readonly kind: 'machines-free' | 'no-wait' | 'shortest';
  readonly zone: ZoneId;
  /** Whose line it is; absent for the machines. */
  readonly segment?: SegmentId;
  /** Free machines, or minutes at most. */
  readonly count: number;
  readonly direction: Direction | undefined;
}

/** Worth walking elsewhere for, minutes. */
const WORTH_MINUTES = 5;

/**
 * The machines while some are free; the line where nobody waits; else the one with the shortest wait, if it is shorter by some
 * minutes than the longest one. A place for guests of the bank is no advice for everybody.
 */
export function signsOf(
  view: Pick<DisplayView, 'open' | 'segments' | 'machinesFree'>,
  { zones, segments }: Pick<BranchProfile, 'zones' | 'segments'>,
  directions: DisplaySettings['directions'],
): readonly Sign[] {
  if (!view.open) return [];
  const kindOf = (zone: ZoneId | undefined) => zones.find(({ id }) => id === zone)?.kind;
  const at = (zone: ZoneId) => ({ zone, direction: directions[zone] });
  const signs: Sign[] = [];
  const machines = zones.find(({ kind }) => kind === 'self-service');
  if (machines !== undefined && view.machinesFree > 0)
    signs.push({ kind: 'machines-free', count: view.machinesFree, ...at(machines.id) });

  const waits = view.segments.flatMap(({ segment, range }) => {
    const zone = segments.find(({ id }) => id === segment)?.zone;
    const isPublic = zone !== undefined && kindOf(zone) !== 'vip' && kindOf(zone) !== 'self-service';
    return range === undefined || !isPublic ? [] : [{ zone, segment, minutes: range.toMinutes }];
  });
  const shortest = waits.toSorted((one, other) => one.minutes - other.minutes)[0];
  const longest = Math.max(0, ...waits.map(({ minutes }) => minutes));
  if (shortest?.minutes === 0)
    signs.push({ kind: 'no-wait', count: 0, segment: shortest.segment, ...at(shortest.zone) });
  else if (shortest !== undefined && longest - shortest.minutes >= WORTH_MINUTES)
    signs.push({ kind: 'shortest', count: shortest.minutes, segment: shortest.segment, ...at(shortest.zone) });
  return signs;
}
