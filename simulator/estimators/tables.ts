import type { Observation } from './observe.ts';

/** Minutes that an estimator says to a customer. */
export type Guess = (observation: Observation) => number;

/** More than this past what was said is an under-promise, minutes. */
const UNDER_PROMISE = 2;

export function errorTable(test: readonly Observation[], guesses: Readonly<Record<string, Guess>>): string {
  const mean = average(test.map(({ waited }) => waited));
  const rows = Object.entries(guesses).map(([name, guess]) => {
    const errors = test.map((each) => guess(each) - each.waited);
    const rmse = Math.sqrt(average(errors.map((error) => error ** 2)));
    const under = average(errors.map((error) => (error < -UNDER_PROMISE ? 1 : 0)));
    const absolute = average(errors.map(Math.abs));
    return [name, two(absolute), two(rmse), two(rmse / mean), two(average(errors)), percent(under)];
  });
  return table(['estimator', 'MAE', 'RMSE', 'RMSE/mean', 'bias', '> 2 min too short'], rows);
}

/** How often the truth fell inside what was quoted. */
export function coverageTable(test: readonly Observation[]): string {
  const costs = test.map(({ costMs }) => costMs).sort((one, other) => one - other);
  const cost = (share: number) => costs[Math.floor(share * (costs.length - 1))] ?? 0;
  const segments = [...new Set(test.map(({ segment }) => segment))].sort();
  const rows = [...segments, undefined].map((segment) => {
    const those = test.filter((each) => segment === undefined || each.segment === segment);
    const share = (holds: (each: Observation) => boolean) =>
      percent(average(those.map((each) => (holds(each) ? 1 : 0))));
    return [
      segment ?? 'all',
      String(those.length),
      share(({ waited, quote }) => waited >= quote.p10 && waited <= quote.p90),
      share(({ waited, quote }) => waited <= quote.p80),
      share(({ waited, quote }) => waited > quote.p80 + UNDER_PROMISE),
      two(average(those.map(({ quote }) => quote.p90 - quote.p10))),
    ];
  });
  const head = ['segment', 'customers', 'in p10–p90', 'within p80', '> 2 min past p80', 'mean width'];
  const costs50 = `One quote of the forward run: median ${two(cost(0.5))} ms, p95 ${two(cost(0.95))} ms.`;
  return `${table(head, rows)}\n\n${costs50}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / Math.max(1, numbers.length);
}

function two(value: number): string {
  return value.toFixed(2);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
