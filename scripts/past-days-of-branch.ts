import { once } from 'node:events';
import { loadBranches } from '../config/load.ts';
import type { DomainEvent } from '../domain/events.ts';
import { dayFacts } from '../domain/forecast/calendar.ts';
import type { BranchId, BusinessDay } from '../domain/ids.ts';
import { visitOf, type Visit } from '../domain/visit.ts';
import { instantOn } from '../server/business-day.ts';
import { halfHoursOf } from '../server/forecast/half-hours.ts';
import { playPastDays, type PastDay } from '../simulator/past-days.ts';

/** Started by `past-days.ts`: plays the days of one branch, and sends each to the parent. */

export interface PastDaysOrder {
  readonly branchesFolder: string;
  readonly branchId: BranchId;
  readonly days: readonly BusinessDay[];
  readonly seed: number;
}

export interface FinishedDay {
  readonly day: BusinessDay;
  readonly events: readonly DomainEvent[];
  readonly visits: readonly Visit[];
  readonly made: PastDay['made'];
  readonly knownUntil: BusinessDay | undefined;
}

// Nobody waits for the rest when the parent was stopped.
process.once('disconnect', () => process.exit());
const [{ branchesFolder, branchId, days, seed }] = (await once(process, 'message')) as [PastDaysOrder];
const branch = loadBranches(branchesFolder).branches.find(({ config }) => config.branchId === branchId);
if (branch === undefined) throw new Error(`there is no branch ${branchId}`);
const { config, calendar } = branch;
const { timeZone } = config;

let knownUntil: BusinessDay | undefined;
for (const { day, events, end, made } of playPastDays({
  config,
  factsOf: (date) => dayFacts(date, calendar),
  days,
  halfHoursOf: (date) => halfHoursOf(date, timeZone),
  instantOf: (date, time) => instantOn(date, time, timeZone),
  seed,
})) {
  const visits = [...end.tickets.values()].flatMap((ticket) => visitOf(ticket) ?? []);
  const finished: FinishedDay = { day, events, visits, made, knownUntil };
  await new Promise((sent) => process.send?.(finished, sent));
  knownUntil = day;
}
process.disconnect();
