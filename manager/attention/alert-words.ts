import type { ComposerTranslation } from 'vue-i18n';
import type { Alert } from '../../domain/attention/alert.ts';
import type { TaskPlace } from '../../domain/attention/task.ts';
import type { ConsoleContext } from '../console-context.ts';

/** What an alert says: its problem as a title, and what to do about it. */

type Words = Pick<ConsoleContext, 'names' | 'board'>;

export interface AlertWords {
  readonly title: string;
  readonly why: string;
}

export function alertWords(
  t: ComposerTranslation,
  { names, board }: Words,
  { kind, segment = '', counterId = '', zone = '', post = '', count = 0, tickets = [], task }: Alert,
): AlertWords {
  const number = tickets[0]?.number ?? '';
  if (kind === 'task' && task !== undefined)
    return {
      title: taskTitle(t, { names, board }, task.kind, task.place, number),
      why: task.place.kind === 'phone' ? '' : number,
    };
  const said = {
    ...{ segment: names.segment(segment), label: names.label(counterId), zone: names.zone(zone) },
    ...{ post: names.post(post), n: count, number },
  };
  return { title: t(`alerts.${kind}.title`, said, count), why: t(`alerts.${kind}.why`, said) };
}

export function taskTitle(
  t: ComposerTranslation,
  { names, board }: Words,
  kind: string,
  { kind: where, id }: TaskPlace,
  number = '',
): string {
  const said = { id: board.nameOf(id), number, label: names.label(id), zone: names.zone(id) };
  const place = t(`task.place.${where}`, said);
  return t('alerts.task.title', { task: t(`task.kind.${kind}`), place });
}
