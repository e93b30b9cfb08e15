import type { PeriodFigures, PeriodReport, Spread } from '../../protocol/period-report.ts';

/** Figures that hang together, `n` times as many as the smallest. */
export function figuresOf(n: number, more: Partial<PeriodFigures> = {}): PeriodFigures {
  const spread = (count: number, mean: number): Spread => ({ count, mean, p50: mean - 1, p90: 2 * mean, max: 75.5 });
  return {
    ...{ arrivals: 20 * n, served: 16 * n, noShows: n, abandoned: 2 * n, transfers: n },
    ...{ wait: spread(18 * n, 8.25), withinTarget: 0.75, service: spread(17 * n, 6.5) },
    diversion: { offered: 4 * n, accepted: 2 * n, declined: 2 * n, failed: 0, savedMinutes: 9 * n },
    estimate: { told: 18 * n, inRange: 0.8, late: 0.05, bias: -1.25 },
    staffing: { open: 480 * n, serving: 300 * n, calling: 20 * n, idle: 120 * n, paused: 40 * n },
    rating: { count: 3 * n, mean: 4.5 },
    ...more,
  };
}

/** What a report of one week of the demo's harbour branch may say, by service. */
export function someReport(more: Partial<PeriodReport> = {}): PeriodReport {
  const { staffing: _whole, ...transfer } = figuresOf(2);
  return {
    query: { from: '2026-11-16', to: '2026-11-22', branches: ['harbour'], segment: 'cash', by: 'service' },
    branches: [{ branchId: 'harbour', days: 6 }],
    cutOff: Date.UTC(2026, 10, 22, 16),
    missing: [{ branchId: 'harbour', day: '2026-11-19' }],
    excluded: 3,
    totals: figuresOf(3),
    before: figuresOf(2),
    rows: [
      { key: 'transfer', figures: transfer },
      // A name that a spreadsheet would run.
      { key: '=1+1,"x"', figures: figuresOf(1, { wait: { count: 0, mean: 0, p50: 0, p90: 0, max: 0 } }) },
    ],
    heat: [
      { weekday: 1, slot: 18, arrivals: 12, perDay: 12, p90Wait: 9.5 },
      { weekday: 1, slot: 19, arrivals: 6, perDay: 6, p90Wait: 4 },
      { weekday: 5, slot: 18, arrivals: 3, perDay: 3, p90Wait: 1.5 },
    ],
    ...{ waits: [], services: [] },
    effects: { proposed: 9, approved: 6, byItself: 1, measured: 5, held: 4 },
    choices: { segments: ['cash'], services: ['transfer'], counters: [], tellers: [] },
    names: {},
    ...more,
  };
}
