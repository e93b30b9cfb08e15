/** What a report that comes by mail can be: without zod, for screens. */

export const REPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Each one is over when its report is made. */
export const RELATIVE_PERIODS = ['yesterday', 'last-week', 'last-month', 'last-quarter'] as const;
export type RelativePeriod = (typeof RELATIVE_PERIODS)[number];

/** Before this hour the figures of yesterday may not be there yet. */
export const FIRST_HOUR = 5;
/** The last day that every month has. */
export const LAST_MONTH_DAY = 28;
/** Of one person in one branch. */
export const MOST_SUBSCRIPTIONS = 20;
