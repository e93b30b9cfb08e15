import type { Router } from 'express';
import { businessDayAt } from './business-day.ts';
import type { RecordParts } from './compose-record.ts';
import type { Ask } from './identity/ask.ts';
import { retentionOf } from './privacy/retention.ts';
import { DayMaker } from './reports/day-maker.ts';
import { FactsKeeper } from './reports/facts-keeper.ts';
import { periodApi } from './reports/period-api.ts';
import { RecentDays } from './reports/recent-days.ts';
import { Reports } from './reports/reports.ts';

type ReportsParts = Pick<RecordParts, 'env' | 'branches' | 'database' | 'clock' | 'jobs' | 'log'>;

export interface ReportsRoom {
  readonly reports: Reports;
  readonly api: (ask: Ask) => Router;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Figures over days and branches, and the keeper of the facts that they are made from. */
export function composeReports({ env, branches, database, clock, jobs, log }: ReportsParts): ReportsRoom {
  const { store, records, ratings, dayFacts: facts } = database;
  const timeZones = new Map([...branches].map(([branchId, { config }]) => [branchId, config.timeZone]));
  const todayOf = (branchId: string) => businessDayAt(clock.now(), timeZones.get(branchId) ?? 'UTC').day;
  const maker = new DayMaker({ store, ratings, branches });
  const keptDays = retentionOf(env.retention)['day-facts'];
  const keeper = new FactsKeeper({ store, records, facts, maker, clock, log, timeZones, todayOf, keptDays });
  const recent = new RecentDays({ records, maker, clock, todayOf });
  const reports = new Reports({ branches, facts, recent, log });
  return {
    reports,
    api: (ask) => periodApi({ reports, branches, ask, clock }),
    start: () => keeper.start(jobs),
    async stop() {
      await keeper.stop();
      await reports.stop();
    },
  };
}
