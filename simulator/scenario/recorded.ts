import { z } from 'zod';
import type { Chance } from '../chance.ts';
import { arrivalTimes, curveOf, type DayLuck, type Rate } from './rates.ts';

/** Customers of a finished day of a branch, as its server gives them: other days are drawn from it. */

const name = z.string().min(1);
const minutes = z.number().min(0);

const customerSchema = z.object({
  /** Minutes after the first window opened. */
  arrival: z.number(),
  segment: name,
  services: z.array(name).min(1),
  /** Minutes that each service takes at speed 1. */
  work: z.array(minutes),
  /** Left after waiting so long; null: stayed. */
  patience: minutes.nullable(),
  comes: z.boolean(),
  care: z.boolean(),
});
export type RecordedCustomer = z.infer<typeof customerSchema>;

/** What the server says besides is for people. */
const dayFileSchema = z.object({ customers: z.array(customerSchema).min(1, 'nobody came on this day') });

/** `sampled`: as many as came in each half hour, more or less by chance, each of them one who came then. */
const draw = z.enum(['sampled', 'as-it-was']).default('sampled');

export const recordedSchema = z.union([
  /** Beside the scenario. */
  z.strictObject({ file: z.string(), draw }),
  z.strictObject({ customers: z.array(customerSchema), draw }),
]);
export type Recorded = Extract<z.infer<typeof recordedSchema>, { customers: unknown }>;

const SLOT_MINUTES = 30;

/** @throws Error with what is wrong */
export function readRecordedDay(json: string): readonly RecordedCustomer[] {
  const parsed = dayFileSchema.safeParse(JSON.parse(json));
  if (!parsed.success) throw new Error(`this is no recorded day:\n${z.prettifyError(parsed.error)}`);
  return parsed.data.customers;
}

/** Who comes on one day, with the minute at which they do. Who took a ticket before the doors opened comes then. */
export function drawRecorded(
  { customers, draw: way }: Recorded,
  until: number,
  luck: DayLuck,
  chance: (purpose: string) => Chance,
): { readonly arrival: number; readonly customer: RecordedCustomer }[] {
  const known = customers.map((customer) => ({ arrival: Math.max(0, customer.arrival), customer }));
  if (way === 'as-it-was') return known.filter(({ arrival }) => arrival < until);
  const slots: RecordedCustomer[][] = [];
  for (const { arrival, customer } of known) (slots[slotOf(arrival)] ??= []).push(customer);
  const who = chance('who');
  return arrivalTimes(curveOf(rateOf(customers), luck), until, chance('arrivals')).flatMap((arrival) => {
    const customer = who.pick(slots[slotOf(arrival)] ?? []);
    return customer === undefined ? [] : [{ arrival, customer }];
  });
}

/** How many a minute came, by half hour. */
export function rateOf(customers: readonly RecordedCustomer[]): Rate {
  const last = Math.max(...customers.map(({ arrival }) => slotOf(Math.max(0, arrival))));
  // One more, in which nobody comes.
  const counts = new Array<number>(last + 2).fill(0);
  for (const { arrival } of customers) {
    const slot = slotOf(Math.max(0, arrival));
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return { steps: counts.map((count, slot) => [slot * SLOT_MINUTES, count / SLOT_MINUTES]) };
}

function slotOf(minute: number): number {
  return Math.floor(minute / SLOT_MINUTES);
}
