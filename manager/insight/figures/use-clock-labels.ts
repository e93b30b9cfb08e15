import { computed, type ComputedRef } from 'vue';
import { clock } from '../../../client/format.ts';
import { useLocale } from '../../../client/i18n.ts';
import { useConsole } from '../../console-context.ts';
import { slotsOf, type SlotRange } from '../day-series.ts';

interface Beginning {
  readonly from: number;
  readonly slotMinutes: number;
}

/** The half hours by the branch's clock: when each begins. */
export function useClockLabels(
  figures: () => Beginning,
  range: () => SlotRange,
): { labels: ComputedRef<string[]>; timeOf: (slot: number) => string } {
  const { profile } = useConsole();
  const { locale } = useLocale();
  const timeOf = (slot: number) => {
    const { from, slotMinutes } = figures();
    return clock(from + slot * slotMinutes * 60_000, profile.value.timeZone, locale.value);
  };
  return { labels: computed(() => slotsOf(range()).map(timeOf)), timeOf };
}
