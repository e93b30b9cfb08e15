import type { ComposerTranslation } from 'vue-i18n';
import type { TransferTarget } from '../../domain/commands.ts';
import type { SegmentId, StaffId } from '../../domain/ids.ts';
import type { QueueRow } from '../../domain/views/views.ts';
import type { ConsoleContext } from '../console-context.ts';
import { counterWords } from '../counter-words.ts';
import { placeWords } from '../effect-words.ts';
import { placeChange } from '../waiting-line.ts';

/** What a redirect does to the ticket and to the others, said before it is confirmed. */
export function redirectWords(
  context: ConsoleContext,
  t: ComposerTranslation,
  row: QueueRow,
  to: TransferTarget,
): string[] {
  const { names } = context;
  const keeps = t('ticket.redirect.effect.keeps');
  switch (to.kind) {
    case 'service':
      // The rules that choose the segment stay on the server.
      return [t('ticket.redirect.effect.service', { service: names.service(to.service) }), keeps];
    case 'segment':
      return [...segmentWords(context, t, row, to.segment), keeps];
    case 'counter':
      return counterWords(context, t, row, to.counterId);
    case 'person':
      return personWords(context, t, row, to.staffId);
  }
}

function segmentWords({ view, names, now }: ConsoleContext, t: ComposerTranslation, row: QueueRow, segment: SegmentId) {
  const board = view.value.segments.find((candidate) => candidate.segment === segment);
  const ceilingMinutes = names.segmentOf(segment)?.ceilingMinutes;
  if (!board || ceilingMinutes === undefined) return [];
  // A care need keeps its shorter target in every segment (rule R5).
  const targetMs = row.careNeeds.length > 0 ? Math.min(board.targetMs, row.targetMs) : board.targetMs;
  const change = placeChange(
    view.value.waiting,
    row.ticketId,
    { segment, targetMs, ceilingMs: ceilingMinutes * 60_000 },
    now.value,
  );
  return change ? placeWords(t, names, view.value, change) : [];
}

function personWords(context: ConsoleContext, t: ComposerTranslation, row: QueueRow, staffId: StaffId): string[] {
  const { view, names } = context;
  const at = view.value.counters.find(({ tellerId }) => tellerId === staffId);
  const name = names.staff(staffId);
  if (at === undefined) return [t('ticket.redirect.effect.personAway', { name }), t('ticket.redirect.effect.keeps')];
  const [, ...rest] = counterWords(context, t, row, at.counterId);
  return [t('ticket.redirect.effect.person', { name, label: names.label(at.counterId) }), ...rest];
}
