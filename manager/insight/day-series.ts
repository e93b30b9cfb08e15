import type { DayFigures, ForecastReport, WaitSlot } from '../../protocol/reports.ts';

/** The figures of a day, put on the half hours that a page shows. */

/** Half hours since the beginning of the day, both included. */
export interface SlotRange {
  readonly first: number;
  readonly last: number;
}

const MINUTE = 60_000;
/** A half hour with fewer expected tickets is not shown for their sake. */
const WORTH_SHOWING = 0.5;

/** From the first half hour in which something was or is expected to the last; nothing for a day without any. */
export function slotRange(figures: DayFigures, forecast: ForecastReport | undefined): SlotRange | undefined {
  const slots = [
    ...figures.waits.all.map(({ slot }) => slot),
    ...figures.needed.map(({ slot }) => slot),
    ...worth(forecast?.came),
    ...worth(forecast?.forecast),
  ];
  return slots.length === 0 ? undefined : { first: Math.min(...slots), last: Math.max(...slots) };
}

function worth(arrivals: ForecastReport['came']): number[] {
  return totals(arrivals).flatMap((count, slot) => (count >= WORTH_SHOWING ? [slot] : []));
}

function totals(arrivals: ForecastReport['came'] = {}): number[] {
  const lists = Object.values(arrivals);
  return (lists[0] ?? []).map((_, slot) => lists.reduce((sum, list) => sum + (list[slot] ?? 0), 0));
}

export function slotsOf({ first, last }: SlotRange): number[] {
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}

/** One value for each half hour, `null` where there is none. */
export function onSlots<T extends { readonly slot: number }>(
  range: SlotRange,
  items: readonly T[],
  of: (item: T) => number | undefined,
): (number | null)[] {
  const bySlot = new Map(items.map((item) => [item.slot, of(item)]));
  return slotsOf(range).map((slot) => bySlot.get(slot) ?? null);
}

/** Tickets of all segments; what came only as far as the day has come. */
export function ticketsOnSlots(
  range: SlotRange,
  arrivals: ForecastReport['came'],
  until = Infinity,
): readonly (number | null)[] {
  if (arrivals === undefined) return [];
  const all = totals(arrivals);
  return slotsOf(range).map((slot) => (slot <= until ? (all[slot] ?? null) : null));
}

/** How many windows were open, on the average of each half hour. Nothing for half hours that have not begun. */
export function windowsOnSlots(
  { from, slotMinutes, until, windows }: Pick<DayFigures, 'from' | 'slotMinutes' | 'until' | 'windows'>,
  range: SlotRange,
): { readonly fixed: (number | null)[]; readonly floating: (number | null)[] } {
  const length = slotMinutes * MINUTE;
  const means = slotsOf(range).map((slot) => {
    const begin = from + slot * length;
    const end = Math.min(begin + length, until);
    if (end <= begin) return { fixed: null, floating: null };
    let open = 0;
    let floating = 0;
    for (const [place, step] of windows.entries()) {
      const lasted = Math.min(end, windows[place + 1]?.at ?? until) - Math.max(begin, step.at);
      if (lasted <= 0) continue;
      open += step.open * lasted;
      floating += step.floating * lasted;
    }
    return { fixed: (open - floating) / (end - begin), floating: floating / (end - begin) };
  });
  return { fixed: means.map(({ fixed }) => fixed), floating: means.map(({ floating }) => floating) };
}

/** The half hour whose customers waited longest on average. */
export function worstSlot(slots: readonly WaitSlot[]): WaitSlot | undefined {
  return slots.reduce<WaitSlot | undefined>(
    (worst, slot) => (worst && worst.mean >= slot.mean ? worst : slot),
    undefined,
  );
}

/** What was told on average, each customer counted once. */
export function toldOnAverage(slots: readonly WaitSlot[]): { readonly p50: number; readonly p80: number } | undefined {
  const told = slots.flatMap(({ called, told: quote }) => (quote ? [{ called, ...quote }] : []));
  const people = told.reduce((sum, { called }) => sum + called, 0);
  if (people === 0) return undefined;
  const mean = (of: (slot: (typeof told)[number]) => number) =>
    told.reduce((sum, slot) => sum + slot.called * of(slot), 0) / people;
  return { p50: mean(({ p50 }) => p50), p80: mean(({ p80 }) => p80) };
}

export function meanWait(slots: readonly WaitSlot[]): number {
  const people = slots.reduce((sum, { called }) => sum + called, 0);
  return people === 0 ? 0 : slots.reduce((sum, { called, mean }) => sum + called * mean, 0) / people;
}
