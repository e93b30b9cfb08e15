import type { BranchProfile, CounterTile, ManagerView } from '../domain/views/views.ts';
import { waitedMs } from './waiting-line.ts';

/** The five figures on top of the console. Times in ms. */
export interface Figures {
  readonly waiting: number;
  readonly longest?: { readonly waitedMs: number; readonly late: boolean; readonly number: string };
  /** Of the tickets called today; absent before the first call. */
  readonly called?: { readonly averageMs: number; readonly withinShare: number };
  /** Counters with a person; devices are counted apart. */
  readonly countersOpen: number;
  readonly countersAll: number;
  readonly finished: number;
}

export function figuresOf(view: ManagerView, profile: BranchProfile, now: number): Figures {
  const devices = new Set(profile.counters.filter((counter) => counter.kind === 'device').map(({ id }) => id));
  const staffed = view.counters.filter((tile) => !devices.has(tile.counterId));
  const called = view.segments.reduce((sum, segment) => sum + segment.called, 0);
  const within = view.segments.reduce((sum, segment) => sum + segment.withinTarget, 0);
  const waited = view.segments.reduce((sum, segment) => sum + segment.waitedMs, 0);
  const oldest = view.waiting.reduce<ManagerView['waiting'][number] | undefined>(
    (first, row) => (first && first.waitingSince <= row.waitingSince ? first : row),
    undefined,
  );
  return {
    waiting: view.waiting.length,
    ...(oldest && {
      longest: {
        waitedMs: waitedMs(oldest, now),
        late: waitedMs(oldest, now) > oldest.targetMs,
        number: oldest.number,
      },
    }),
    ...(called > 0 && { called: { averageMs: waited / called, withinShare: within / called } }),
    countersOpen: staffed.filter(({ status }) => status !== 'closed' && status !== 'opening').length,
    countersAll: staffed.length,
    finished: view.today.finished,
  };
}

/** A service is marked late at one and a half times its typical length: at the typical length itself half of all would be. */
export function serviceIsLong(ticket: NonNullable<CounterTile['ticket']>, now: number): boolean {
  return ticket.status === 'serving' && ticket.typicalMs > 0 && now - ticket.since > ticket.typicalMs * 1.5;
}
