import type { ComposerTranslation } from 'vue-i18n';
import { rangeWords } from '../client/format.ts';
import type {
  BranchProfile,
  CounterTile,
  ManagerView,
  QueueRow,
  SegmentBoard,
  WaitRange,
} from '../domain/views/views.ts';
import { waitingFor } from './coverage.ts';
import type { Place } from './waiting-line.ts';

/**
 * What a place in a line means in minutes: the engine's own estimate for somebody who comes now, taken in proportion. A
 * screen can know no more; the ticket itself keeps its promise on the server.
 */
export function waitAt(board: SegmentBoard | undefined, place: number): WaitRange | undefined {
  if (board?.range === undefined) return undefined;
  const share = Math.min(1, place / (board.waiting + 1));
  return { fromMinutes: whole(board.range.fromMinutes * share), toMinutes: whole(board.range.toMinutes * share) };
}

/** As people say it: in steps of five above ten. */
function whole(minutes: number): number {
  return minutes <= 10 ? Math.round(minutes) : Math.round(minutes / 5) * 5;
}

/** The customer in hand first, then those who wait for this counter only, at their typical times. */
export function waitAtCounter(
  view: ManagerView,
  profile: BranchProfile,
  row: QueueRow,
  { counterId, ticket }: CounterTile,
  now: number,
): WaitRange {
  const typical = (services: readonly string[]) =>
    services.reduce((sum, id) => sum + (profile.services.find((service) => service.id === id)?.minutes ?? 0), 0);
  const inHand = ticket ? Math.max(1, (ticket.typicalMs - (now - ticket.since)) / 60_000) : 0;
  const others = view.waiting.filter(
    ({ onlyCounter, ticketId }) => onlyCounter === counterId && ticketId !== row.ticketId,
  );
  const minutes = others.reduce((sum, { services }) => sum + typical(services), inHand);
  const most = waitingFor(view, counterId, row.ticketId) + (ticket ? 1 : 0) === 0 ? 0 : minutes * 1.5;
  return { fromMinutes: whole(minutes), toMinutes: whole(most) };
}

/** "Expected wait: about 15–20 minutes → no wait". Nothing where neither is known. */
export function waitChangeWords(
  t: ComposerTranslation,
  from: WaitRange | undefined,
  to: WaitRange | undefined,
): string[] {
  if (from === undefined && to === undefined) return [];
  const said = (range: WaitRange | undefined) => (range === undefined ? t('wait.none') : rangeWords(t, range));
  return [t('wait.change', { from: said(from), to: said(to) })];
}

export function waitOfPlace(view: ManagerView, { segment, place }: Place): WaitRange | undefined {
  return waitAt(
    view.segments.find((board) => board.segment === segment),
    place,
  );
}

/** Whole minutes that one customer more before them costs those of a line. */
export function minutesOfOne(view: ManagerView, { segment }: Place): number | undefined {
  const board = view.segments.find((candidate) => candidate.segment === segment);
  if (board?.range === undefined) return undefined;
  return Math.max(1, Math.round((board.range.fromMinutes + board.range.toMinutes) / 2 / (board.waiting + 1)));
}
