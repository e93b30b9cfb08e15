import type { ComposerTranslation } from 'vue-i18n';
import type { CounterId } from '../domain/ids.ts';
import type { ManagerView, QueueRow } from '../domain/views/views.ts';
import { waitingFor } from './coverage.ts';
import type { Names } from './names.ts';

/** What sending a ticket to this counter means, said before it is confirmed. */
export function counterWords(
  t: ComposerTranslation,
  names: Names,
  view: ManagerView,
  row: QueueRow,
  counterId: CounterId,
): string[] {
  const label = names.label(counterId);
  const tile = view.counters.find((candidate) => candidate.counterId === counterId);
  const before = waitingFor(view, counterId, row.ticketId);
  return [
    t('ticket.send.only', { label, number: row.number }),
    tile?.ticket ? t('ticket.send.busy', { label, number: tile.ticket.number }) : t('ticket.send.free', { label }),
    ...(before > 0 ? [t('ticket.send.before', { n: before }, before)] : []),
    t('ticket.redirect.effect.keeps'),
  ];
}
