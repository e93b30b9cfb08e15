import type { Logger } from 'pino';
import type { BranchConfig, Forecast } from '../../domain/config.ts';
import type { DayFacts } from '../../domain/forecast/calendar.ts';
import {
  EMPTY_MODEL,
  forecastDay,
  lastLearned,
  learnDay,
  SLOT_MINUTES,
  type ForecastModel,
} from '../../domain/forecast/forecast.ts';
import { likelyRange } from '../../domain/forecast/volume.ts';
import { MINUTE, type BranchId, type BusinessDay, type Instant } from '../../domain/ids.ts';
import type { ForecastReport } from '../../protocol/reports.ts';
import type { Arrivals, MadeForecast, Records } from '../ports.ts';
import { arrivalsOf, halfHoursOf } from './half-hours.ts';

/** What the forecast has to know of a branch. */
export interface ForecastBranch {
  readonly config: Pick<BranchConfig, 'branchId' | 'timeZone' | 'segments'>;
  /** Holidays, paydays: from the branch's file, or from whatever else knows the calendar. */
  readonly calendarFacts: (day: BusinessDay) => DayFacts | Promise<DayFacts>;
}

interface ForecastsOptions {
  readonly branches: ReadonlyMap<BranchId, ForecastBranch>;
  readonly records: Records;
  readonly log: Logger;
}

/** While the hall waits for its day to open, no more finished days are learned than this; the nightly job makes up for the rest. */
const LEARNED_AT_OPENING = 3;

/**
 * Learns from the finished days of each branch, makes the forecasts, and keeps them beside what came. The same days give the
 * same model whoever learns them, so it may be done twice, and by two processes at once.
 */
export class Forecasts {
  readonly #options: ForecastsOptions;

  constructor(options: ForecastsOptions) {
    this.#options = options;
  }

  /** The forecast to open `day` with. Never rejects: a day opens also without one. */
  async forOpening(branchId: BranchId, day: BusinessDay): Promise<Forecast | undefined> {
    try {
      await this.#make(branchId, day, day, LEARNED_AT_OPENING);
      return (await this.#options.records.forecast(branchId, day)).made?.forecast;
    } catch (error) {
      this.#options.log.warn({ err: error, branchId, day }, 'the day is opened without a forecast');
      return undefined;
    }
  }

  /** Learns every finished day before `today`, and makes the forecast of the day after it. Rejects when the store is away. */
  async prepareTomorrow(branchId: BranchId, today: BusinessDay, tomorrow: BusinessDay): Promise<void> {
    await this.#make(branchId, tomorrow, today, Infinity);
  }

  /** Rejects when the store is away. @returns undefined for a branch that is not there */
  async report(branchId: BranchId, day: BusinessDay, now: Instant): Promise<ForecastReport | undefined> {
    const branch = this.#options.branches.get(branchId);
    if (branch === undefined) return undefined;
    const { from, clock } = halfHoursOf(day, branch.config.timeZone);
    const record = await this.#options.records.forecast(branchId, day);
    const begun = from <= now;
    const over = now >= from + clock.length * SLOT_MINUTES * MINUTE;
    const made = record.made ?? (begun ? undefined : await this.#forecast(branch, await this.#model(branchId), day));
    const came = record.came ?? (begun && !over ? await this.#came(branch, day) : undefined);
    return {
      ...{ branchId, day, from, slotMinutes: SLOT_MINUTES, slots: clock.length },
      ...(made && {
        forecast: made.forecast.arrivals,
        expected: { tickets: Math.round(made.volume.mean), ...likelyRange(made.volume) },
        knownUntil: made.knownUntil,
      }),
      ...(came && { came }),
    };
  }

  async #make(branchId: BranchId, day: BusinessDay, before: BusinessDay, most: number): Promise<void> {
    const branch = this.#options.branches.get(branchId);
    if (branch === undefined) return;
    const model = await this.#learn(branch, before, most);
    const known = await this.#options.records.forecast(branchId, day);
    // After a restart nothing new is known.
    if (known.made !== undefined && known.made.knownUntil === lastLearned(model)) return;
    const made = await this.#forecast(branch, model, day);
    if (made !== undefined) await this.#options.records.keepForecast(branchId, day, made);
  }

  async #forecast(
    { config, calendarFacts }: ForecastBranch,
    model: ForecastModel,
    day: BusinessDay,
  ): Promise<MadeForecast | undefined> {
    const knownUntil = lastLearned(model);
    if (knownUntil === undefined) return undefined;
    const segments = config.segments.map(({ id }) => id);
    const made = forecastDay(model, await calendarFacts(day), halfHoursOf(day, config.timeZone), segments);
    return made && { ...made, knownUntil };
  }

  async #model(branchId: BranchId): Promise<ForecastModel> {
    return (await this.#options.records.forecastModel(branchId)) ?? EMPTY_MODEL;
  }

  async #learn(branch: ForecastBranch, before: BusinessDay, most: number): Promise<ForecastModel> {
    const { branchId, timeZone } = branch.config;
    let model = await this.#model(branchId);
    const finished = await this.#options.records.openedDays(branchId, lastLearned(model), before);
    if (finished.length > most) return model;
    for (const day of finished) {
      const arrivals = await this.#came(branch, day);
      const { clock } = halfHoursOf(day, timeZone);
      model = learnDay(model, { ...(await branch.calendarFacts(day)), arrivals, clock });
      await this.#options.records.keepLesson(branchId, day, arrivals, model);
    }
    return model;
  }

  async #came({ config }: ForecastBranch, day: BusinessDay): Promise<Arrivals> {
    const issued = await this.#options.records.ticketsIssued(config.branchId, day);
    const segments = config.segments.map(({ id }) => id);
    return arrivalsOf(issued, halfHoursOf(day, config.timeZone), segments);
  }
}
