import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { Complaints } from '../../config/complaints.ts';
import { lastDayOf, type CaseCalendar } from '../../domain/cases/calendar.ts';
import type { CaseContext, CaseDoer, CaseTerms } from '../../domain/cases/commands.ts';
import type { Instant } from '../../domain/ids.ts';
import { businessDayAt, instantOn } from '../business-day.ts';
import type { PublicHolidays } from '../public-holidays.ts';

/** What the bank has set, as the rules of a case ask for it. */
export function termsOf({ days, warnAt, escalateTo, contactAttempts, rootCauses }: Complaints): CaseTerms {
  return {
    ...{ acknowledgeDays: days.acknowledge, normalDays: days.normal, complexDays: days.complex },
    ...{ longestDays: days.longest, repeatDays: days.repeat, offerDays: days.offer, contactAttempts, escalateTo },
    ...(days.regulator !== undefined && { regulatorDays: days.regulator }),
    warnShare: warnAt,
    rootCauses: rootCauses.map(({ id }) => id),
  };
}

/** Makes what a decision depends on: who, when, and the days of the bank's or the branch's calendar in the branch's time zone. */
export class CaseContexts {
  readonly terms: CaseTerms;

  constructor(
    private readonly settings: Complaints,
    private readonly holidays: PublicHolidays,
  ) {
    this.terms = termsOf(settings);
  }

  async at(branch: LoadedBranch, now: Instant, by: CaseDoer): Promise<CaseContext> {
    const { timeZone } = branch.config;
    const calendar = await this.#calendarOf(branch, Number(businessDayAt(now, timeZone).day.slice(0, 4)));
    return {
      ...{ now, by, terms: this.terms },
      endOf: (from, days) => {
        const last = lastDayOf(businessDayAt(from, timeZone).day, days, calendar);
        return businessDayAt(instantOn(last, '12:00', timeZone), timeZone).until;
      },
    };
  }

  /** @param year the one that it is: a time that began in the last one may end in the next */
  async #calendarOf({ calendar, holidaysOf }: LoadedBranch, year: number): Promise<CaseCalendar> {
    const { count, calendar: own } = this.settings;
    if (count === 'calendar') return { working: false, holidays: [], workingWeekends: [] };
    const country =
      own === undefined ? holidaysOf : own.country === undefined ? undefined : { ...own, country: own.country };
    const years = country === undefined ? [] : [year - 1, year, year + 1];
    const known = await Promise.all(years.flatMap((one) => (country ? [this.holidays.ofYear(country, one)] : [])));
    const { holidays, workingWeekends = [] } = own ?? calendar;
    return { working: true, holidays: [...holidays, ...known.flat()], workingWeekends };
  }
}
