import type { ComposerTranslation } from 'vue-i18n';
import type { TransferTarget } from '../../domain/commands.ts';
import type { QueueRow } from '../../domain/views/views.ts';
import type { ConsoleContext } from '../console-context.ts';
import { fitWords } from '../counter-words.ts';
import { fitOf, mayReceive } from '../coverage.ts';
import type { Option } from '../option.ts';

export const TARGET_KINDS = ['service', 'segment', 'counter', 'person'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** Where a ticket can be sent, of one kind. What would change nothing is shown, and cannot be chosen. */
export function redirectOptions(
  context: ConsoleContext,
  t: ComposerTranslation,
  row: QueueRow,
  kind: TargetKind,
): readonly Option<string>[] {
  const { view, profile, names, staff } = context;
  const reserved = row.onlyCounter !== undefined || row.adviser !== undefined;
  switch (kind) {
    case 'service':
      return profile.value.services.map(({ id }) => ({
        value: id,
        label: names.service(id),
        disabled: !reserved && row.services[0] === id,
      }));
    case 'segment':
      return view.value.segments.map(({ segment, waiting }) => ({
        value: segment,
        label: names.segment(segment),
        hint: t('queue.waiting', { n: waiting }, waiting),
        disabled: !reserved && segment === row.segment,
      }));
    case 'counter':
      return view.value.counters.map((tile) => {
        const fit = fitOf(tile, row, profile.value);
        const label = t('counter.name', { label: names.label(tile.counterId) });
        return { value: tile.counterId, label, hint: fitWords(context, t, row, fit), disabled: !mayReceive(fit) };
      });
    case 'person':
      return staff.value
        .map(({ id, name }) => ({ id, name, at: view.value.counters.find(({ tellerId }) => tellerId === id) }))
        .sort((a, b) => Number(b.at !== undefined) - Number(a.at !== undefined))
        .map(({ id, name, at }) => ({
          value: id,
          label: name,
          hint: at ? t('person.at', { label: names.label(at.counterId) }) : t('person.nowhere'),
          disabled: row.adviser === id,
        }));
  }
}

export function transferTarget(kind: TargetKind, id: string): TransferTarget {
  switch (kind) {
    case 'service':
      return { kind, service: id };
    case 'segment':
      return { kind, segment: id };
    case 'counter':
      return { kind, counterId: id };
    case 'person':
      return { kind, staffId: id };
  }
}
