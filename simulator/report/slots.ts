import type { DayFigures } from '../run/meter.ts';
import type { Scenario } from '../scenario/schema.ts';

/** A day in equal parts, for the pictures. */
export interface Slots {
  readonly minutes: number;
  /** Of those who came in the slot: the sum of their waits, and how many they were. */
  readonly waits: Float64Array;
  readonly customers: Float64Array;
  /** Minutes of floating windows, opening or open. */
  readonly windowMinutes: Float64Array;
}

const SLOT_MINUTES = 15;
/** Of a longer run only so many parts can be told apart in a picture. */
const MOST = 96;

export function slotsOf({ run }: Scenario, figures: DayFigures): Slots {
  const minutes = Math.max(SLOT_MINUTES, run.minutes / MOST);
  const count = Math.ceil(run.minutes / minutes);
  const slots = {
    minutes,
    waits: new Float64Array(count),
    customers: new Float64Array(count),
    windowMinutes: new Float64Array(count),
  };
  const add = (list: Float64Array, slot: number, value: number) => {
    if (slot < list.length) list[slot] = (list[slot] ?? 0) + value;
  };
  for (const { customer, waits } of figures.stories) {
    const slot = Math.floor(customer.arrival / minutes);
    if (waits.length > 0) add(slots.customers, slot, 1);
    for (const wait of waits) add(slots.waits, slot, wait);
  }
  for (const [from, to] of figures.windowSpans)
    for (let slot = Math.floor(from / minutes); slot < count && slot * minutes < to; slot += 1)
      add(slots.windowMinutes, slot, Math.min(to, (slot + 1) * minutes) - Math.max(from, slot * minutes));
  return slots;
}
