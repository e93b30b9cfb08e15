import type { BusinessDay } from '../../../domain/ids.ts';
import type { DayEstimates, DayReport, EffectReport, ForecastReport } from '../../../protocol/reports.ts';
import type { RatingReport } from '../../../protocol/ratings.ts';
import { ask, type Door } from '../reports.ts';

/** All that is known of one day. */
export interface DayReading {
  readonly report: DayReport;
  readonly forecast: ForecastReport;
  readonly effects: EffectReport;
  readonly estimates: DayEstimates;
  readonly ratings: RatingReport;
}

export async function readDay(door: Door, day: BusinessDay): Promise<DayReading> {
  const [report, forecast, effects, estimates, ratings] = await Promise.all([
    ask<DayReport>(door, `reports/day?day=${day}`),
    ask<ForecastReport>(door, `forecast?day=${day}`),
    ask<EffectReport>(door, `reports/effects?day=${day}`),
    ask<DayEstimates>(door, `reports/estimates?day=${day}`),
    ask<RatingReport>(door, `reports/ratings?day=${day}`),
  ]);
  return { report, forecast, effects, estimates, ratings };
}
