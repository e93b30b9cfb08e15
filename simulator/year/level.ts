import type { DayFacts } from '../../domain/forecast/calendar.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import { Chance } from '../chance.ts';
import type { Trouble } from '../past-hall.ts';

/** What makes one day of a year another than the next. */

/** From January to December, against the mean: before the spring festival much, in summer little. */
const SEASON = [1.14, 0.94, 1.0, 0.98, 0.97, 1.0, 0.93, 0.92, 1.03, 1.0, 1.02, 1.1];
const AFTER_HOLIDAY = 1.22;
const AFTER_PAYDAY = 1.06;
/** Shares of all days. */
const MACHINE_OUT = 0.02;
const TELLERS_ILL = 0.012;
const MACHINE_MINUTES = [120, 360] as const;

/** Beside what the week and the payday do. */
export function seasonOf({ day, afterHoliday, afterPayday }: DayFacts): number {
  const month = SEASON[Number(day.slice(5, 7)) - 1] ?? 1;
  return month * (afterHoliday ? AFTER_HOLIDAY : 1) * (afterPayday ? AFTER_PAYDAY : 1);
}

/** Nothing on most days. @param windows the fixed ones: one of them stays open */
export function troubleOn(seed: number, branchId: BranchId, day: BusinessDay, windows: number): Trouble | undefined {
  const chance = new Chance(seed, `${branchId} ${day} trouble`);
  const machine = chance.happens(MACHINE_OUT);
  const ill = chance.happens(TELLERS_ILL) ? Math.min(2, windows - 1) : 0;
  const machineMinutes = machine ? chance.between(...MACHINE_MINUTES) : 0;
  return ill === 0 && !machine ? undefined : { ill, machineMinutes };
}
