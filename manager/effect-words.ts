import type { ComposerTranslation } from 'vue-i18n';
import type { ManagerView } from '../domain/views/views.ts';
import { minutesOfOne, waitChangeWords, waitOfPlace } from './expected-wait.ts';
import type { Names } from './names.ts';
import type { PlaceChange } from './waiting-line.ts';

/** What a change does to the lines, said before it is confirmed. */
export function placeWords(t: ComposerTranslation, names: Names, view: ManagerView, change: PlaceChange): string[] {
  const { from, to, passed, freed } = change;
  const now = t('effect.place', { place: from.place, segment: names.segment(from.segment) });
  if (!to) return [now, freed > 0 ? t('effect.freed', { n: freed }, freed) : t('effect.nobodyElse')];
  const here = to.segment === from.segment ? 'Here' : '';
  const then = t(`effect.${to.place === 1 ? 'front' : 'place'}${here}`, {
    place: to.place,
    segment: names.segment(to.segment),
  });
  const minutes = minutesOfOne(view, to);
  return [
    `${now} → ${then}`,
    ...waitChangeWords(t, waitOfPlace(view, from), waitOfPlace(view, to)),
    passed > 0 ? t('effect.passed', { n: passed }, passed) : t('effect.nobodyElse'),
    ...(passed > 0 && minutes !== undefined ? [t('wait.others', { minutes })] : []),
    ...(freed > 0 ? [t('effect.freed', { n: freed }, freed)] : []),
  ];
}
