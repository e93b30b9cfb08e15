/** What the figures of a period are counted by, without the schemas that parse it: the screens need no more. */

/** What the rows of a report stand for. */
export const REPORT_BY = [
  ...(['branch', 'segment', 'service', 'counter', 'teller'] as const),
  ...(['half-hour', 'weekday', 'day', 'week', 'month'] as const),
] as const;
export type ReportBy = (typeof REPORT_BY)[number];

/** Fewer services than this say nothing about a teller. */
export const MIX_MINIMUM = 30;

/** Most tickets that one drill-down is answered with. */
export const TICKETS_SHOWN = 200;
