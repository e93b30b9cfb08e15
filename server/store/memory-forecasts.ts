import type { ForecastModel } from '../../domain/forecast/forecast.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { Arrivals, ForecastRecord, MadeForecast } from '../ports.ts';

/** What the memory store keeps of forecasts. */
export class MemoryForecasts {
  readonly #records = new Map<string, ForecastRecord>();
  readonly #models = new Map<BranchId, { readonly until: BusinessDay; readonly model: ForecastModel }>();

  forecast(branchId: BranchId, day: BusinessDay): ForecastRecord {
    return this.#records.get(`${branchId} ${day}`) ?? {};
  }

  keep(branchId: BranchId, day: BusinessDay, made: MadeForecast): void {
    const before = this.forecast(branchId, day);
    if (before.made === undefined || before.made.knownUntil < made.knownUntil)
      this.#records.set(`${branchId} ${day}`, { ...before, made });
  }

  model(branchId: BranchId): ForecastModel | undefined {
    return this.#models.get(branchId)?.model;
  }

  learn(branchId: BranchId, day: BusinessDay, came: Arrivals, model: ForecastModel): void {
    this.#records.set(`${branchId} ${day}`, { ...this.forecast(branchId, day), came });
    const before = this.#models.get(branchId);
    if (before === undefined || before.until < day) this.#models.set(branchId, { until: day, model });
  }
}
