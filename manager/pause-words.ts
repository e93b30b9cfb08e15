import type { ComposerTranslation } from 'vue-i18n';
import type { CounterTile } from '../domain/views/views.ts';
import type { ConsoleContext } from './console-context.ts';

/** Why nobody is called there: what its teller said, or what is wrong with the machine. */
export function pauseWords(
  { fault, pauseReason }: CounterTile,
  names: ConsoleContext['names'],
  t: ComposerTranslation,
): string {
  return fault === undefined ? names.pauseReason(pauseReason ?? '') : t(`look.machine.${fault}`);
}
