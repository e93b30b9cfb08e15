import type { HeatCell } from '../../protocol/period-report.ts';

/** Tickets by weekday and half hour, as a table without its empty edges. */
export interface HeatTable {
  readonly weekdays: readonly number[];
  readonly slots: readonly number[];
  readonly cell: (weekday: number, slot: number) => HeatCell | undefined;
  readonly busiest: HeatCell | undefined;
}

export function heatTable(cells: readonly HeatCell[]): HeatTable {
  const busy = cells.filter(({ arrivals }) => arrivals > 0);
  const weekdays = [...new Set(busy.map(({ weekday }) => weekday))].sort((one, other) => one - other);
  const first = Math.min(...busy.map(({ slot }) => slot));
  const last = Math.max(...busy.map(({ slot }) => slot));
  const known = new Map(busy.map((cell) => [cell.weekday * 100 + cell.slot, cell]));
  return {
    weekdays,
    slots: busy.length === 0 ? [] : Array.from({ length: last - first + 1 }, (_, place) => first + place),
    cell: (weekday, slot) => known.get(weekday * 100 + slot),
    busiest: busy.reduce<HeatCell | undefined>(
      (most, cell) => (most && most.perDay >= cell.perDay ? most : cell),
      undefined,
    ),
  };
}

/** `9:30` is 19. */
export function slotWords(slot: number): string {
  return `${String(Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`;
}
