import type { PolicyResult } from '../run/compare.ts';
import type { Scenario } from '../scenario/schema.ts';
import { difference, type Estimate } from './estimates.ts';

/** How a figure is shown: its words, and how many digits it has; shares in percent. */
type Row = readonly [metric: string, words: string, digits: number, percent?: 'percent'];

const HALL: readonly Row[] = [
  ['customers', 'customers a day', 1],
  ['wait.mean', 'mean wait, min', 2],
  ['wait.p50', 'half wait at most, min', 2],
  ['wait.p90', '90 % wait at most, min', 2],
  ['wait.p99', '99 % wait at most, min', 1],
  ['withinTarget', 'within target', 1, 'percent'],
  ['lateness', 'lateness, (w - target)+ / target', 4],
  ['share.served', 'served', 1, 'percent'],
  ['share.left', 'left the queue', 1, 'percent'],
  ['share.missed', 'missed their call', 1, 'percent'],
  ['share.turned-away', 'turned away', 1, 'percent'],
  ['share.expired', 'sent home at closing', 1, 'percent'],
  ['counters.utilisation', 'counters busy', 1, 'percent'],
  ['tellers.hours', 'teller hours a day', 2],
  ['windows.hours', 'floating hours a day', 2],
  ['windows.openings', 'openings a day', 2],
];

const SEGMENT: readonly Row[] = [
  ['wait.mean', 'mean', 2],
  ['wait.p90', 'p90', 1],
  ['wait.p99', 'p99', 1],
  ['withinTarget', 'within target', 1, 'percent'],
];

/** What people read: all policies side by side, each segment, and the differences on the same days. */
export function tableOf(scenario: Scenario, results: readonly PolicyResult[], seed: number): string {
  const days = results[0]?.days.length ?? 0;
  const parts = [`${scenario.name}: ${days} days, seed ${seed}; ± is half of a 95 % confidence interval over the days`];
  const shown = HALL.filter(
    ([metric]) => !metric.startsWith('share.') || results.some(({ metrics }) => (metrics.get(metric)?.value ?? 0) > 0),
  ).filter(([metric]) => !metric.startsWith('windows.') || scenario.counters.some(({ kind }) => kind === 'floating'));
  parts.push(
    grid(
      ['', ...results.map(({ name }) => name)],
      rowsOf(shown, results, (result, metric) => result.metrics.get(metric)),
    ),
  );
  if (scenario.segments.length > 1) {
    const segmentRows = scenario.segments.flatMap(({ id }) =>
      SEGMENT.map(([metric, words, ...how]): Row => [`segment.${id}.${metric}`, `${id} ${words}`, ...how]),
    );
    parts.push(
      grid(
        ['by segment', ...results.map(({ name }) => name)],
        rowsOf(segmentRows, results, (result, metric) => result.metrics.get(metric)),
      ),
    );
  }
  const [first, ...others] = results;
  if (first !== undefined && others.length > 0) {
    const cells = (other: PolicyResult, metric: string) => {
      const [one, two] = [first.metrics.get(metric), other.metrics.get(metric)];
      return one && two && difference(one, two);
    };
    parts.push(
      grid([`less ${first.name}, day by day`, ...others.map(({ name }) => name)], rowsOf(shown, others, cells)),
    );
  }
  // The median: the first days of a run are those in which the program is still being compiled.
  const milliseconds = results.map(({ name, days: all }) => {
    const sorted = all.map(({ cpuMs }) => cpuMs).sort((one, other) => one - other);
    return `${name} ${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1)} ms`;
  });
  parts.push(`processor time of a day, median: ${milliseconds.join(', ')}`);
  for (const { name, faults } of results)
    if (faults.length > 0)
      parts.push(`${name} BROKE WHAT MUST HOLD, ${faults.length} times:\n  ${faults.slice(0, 5).join('\n  ')}`);
  return `${parts.join('\n\n')}\n`;
}

function rowsOf(
  rows: readonly Row[],
  results: readonly PolicyResult[],
  cell: (result: PolicyResult, metric: string) => Estimate | undefined,
): string[][] {
  return rows.map(([metric, words, digits, percent]) => [
    words,
    ...results.map((result) => {
      const found = cell(result, metric);
      if (found === undefined) return '-';
      const factor = percent === undefined ? 1 : 100;
      const text = `${(found.value * factor).toFixed(digits)} ± ${(found.halfWidth * factor).toFixed(digits)}`;
      return percent === undefined ? text : `${text} %`;
    }),
  ]);
}

function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
