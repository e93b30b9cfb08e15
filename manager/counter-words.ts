import type { ComposerTranslation } from 'vue-i18n';
import type { CounterId } from '../domain/ids.ts';
import type { QueueRow } from '../domain/views/views.ts';
import type { ConsoleContext } from './console-context.ts';
import { waitingFor, type Fit } from './coverage.ts';
import { waitAtCounter, waitChangeWords, waitOfPlace } from './expected-wait.ts';
import { placeOf } from './waiting-line.ts';

/** What sending a ticket to this counter means, said before it is confirmed. */
export function counterWords(
  { view: seen, profile, names, now }: Pick<ConsoleContext, 'view' | 'profile' | 'names' | 'now'>,
  t: ComposerTranslation,
  row: QueueRow,
  counterId: CounterId,
): string[] {
  const view = seen.value;
  const label = names.label(counterId);
  const tile = view.counters.find((candidate) => candidate.counterId === counterId);
  const before = waitingFor(view, counterId, row.ticketId);
  const from = placeOf(view.waiting, row.ticketId, now.value);
  return [
    t('ticket.send.only', { label, number: row.number }),
    ...(tile === undefined
      ? []
      : waitChangeWords(t, from && waitOfPlace(view, from), waitAtCounter(view, profile.value, row, tile, now.value))),
    tile?.ticket ? t('ticket.send.busy', { label, number: tile.ticket.number }) : t('ticket.send.free', { label }),
    ...(before > 0 ? [t('ticket.send.before', { n: before }, before)] : []),
    t('ticket.redirect.effect.keeps'),
  ];
}

/** Whether the ticket can be sent there, and if not, why. */
export function fitWords(
  { names }: Pick<ConsoleContext, 'names'>,
  t: ComposerTranslation,
  row: QueueRow,
  fit: Fit,
): string {
  return t(`fit.${fit}`, { service: names.service(row.services[0] ?? '') });
}
