import type { BranchConfig, Forecast } from '../domain/config.ts';
import { SLOT_MINUTES, type HalfHours } from '../domain/forecast/forecast.ts';
import { MINUTE, type Instant } from '../domain/ids.ts';
import { dayCurve, usualPerHour } from './arrivals.ts';
import { partAt } from './pace.ts';

export interface DemoForecastOptions {
  readonly config: BranchConfig;
  readonly halfHours: HalfHours;
  /** When the demo begins. */
  readonly begins: Instant;
  readonly speed: number;
  /** So many an hour of the hall all day, instead of the day's curve. */
  readonly perHour: number | undefined;
  /** How usual days are shared out among the segments. */
  readonly usual: Forecast['arrivals'];
}

/**
 * What comes on the day of the demo. Its hall runs at another speed than the clock on the wall, and its opening hours come round
 * and round: what usual days bring would say nothing of it.
 */
export function demoForecast(options: DemoForecastOptions): Forecast {
  const { config, halfHours, begins, speed, perHour, usual } = options;
  const totals = Object.entries(usual).map(
    ([segment, slots]) => [segment, slots.reduce((sum, count) => sum + count, 0)] as const,
  );
  const all = totals.reduce((sum, [, count]) => sum + count, 0);
  const comes = halfHours.clock.map((_, slot) => {
    let tickets = 0;
    for (let minute = slot * SLOT_MINUTES; minute < (slot + 1) * SLOT_MINUTES; minute += 1) {
      const passed = (halfHours.from + minute * MINUTE - begins) / MINUTE;
      if (passed < 0) continue;
      const level = perHour === undefined ? dayCurve(partAt(config.hours, passed * speed)) : 1;
      tickets += ((perHour ?? usualPerHour(config)) / 60) * speed * level;
    }
    return tickets;
  });
  const arrivals = Object.fromEntries(
    totals.map(([segment, count]) => [
      segment,
      comes.map((tickets) => Math.round((1000 * tickets * count) / all) / 1000),
    ]),
  );
  return { from: halfHours.from, slotMinutes: SLOT_MINUTES, arrivals };
}
