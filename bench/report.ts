import { cpus, loadavg, totalmem } from 'node:os';
import type { AuditFigure } from './audit.ts';
import type { CoreFigures } from './core.ts';
import type { CommitFigure, DoorFigure } from './doors.ts';
import type { FanOutFigure } from './fan-out.ts';
import type { LoadDayFigure } from './load-day.ts';
import type { ReportsFigure } from './reports.ts';
import type { MemoryFigure, StartFigure } from './size.ts';
import type { TwoFigure } from './two.ts';

/** All that was measured; what was not asked for is missing. */
export interface Report {
  readonly machine: string;
  readonly core?: CoreFigures;
  readonly doors?: { readonly doors: readonly DoorFigure[]; readonly commits: readonly CommitFigure[] };
  readonly fanOut?: readonly FanOutFigure[];
  readonly loadDay?: LoadDayFigure;
  readonly audit?: AuditFigure;
  readonly memory?: readonly MemoryFigure[];
  readonly two?: TwoFigure;
  readonly start?: StartFigure;
  readonly reports?: ReportsFigure;
}

/** What it ran on, and how busy that was with other things. */
export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}; load average at the start ${loadavg()[0]?.toFixed(1)}`;
}

interface Verdict {
  readonly what: string;
  readonly target: string;
  readonly measured: string;
  readonly met: boolean;
}

/** Every target of which something was measured. */
export function verdicts({ core, doors, fanOut, loadDay, memory, start, reports }: Report): Verdict[] {
  const raw = doors?.doors.find(({ server, door, clients }) => server === 'raw' && door === 'socket' && clients === 8);
  return [
    ...(doors?.doors ?? [])
      .filter(({ server, clients }) => server !== 'raw' && clients === 32)
      .map(({ door, server, ratio }) => ({
        what: `${door}, 32 clients, ${server}`,
        target: `at least 0.5 of the raw ${door === 'socket' ? 'Socket.IO echo' : 'Express POST'}`,
        measured: ratio.toFixed(2),
        met: ratio >= 0.5,
      })),
    ...(doors?.doors ?? []).flatMap(({ door, clients, server, p50, p99 }) => {
      const commit = doors?.commits.find((each) => each.server === server);
      if (door !== 'socket' || clients !== 8 || commit === undefined || raw === undefined) return [];
      const [half, most] = [p50 / (raw.p50 + commit.p50), p99 / (raw.p99 + commit.p99)];
      return [
        {
          what: `ack, 8 clients, ${server}`,
          target: 'p50 at most 2x, p99 at most 3x echo plus one commit',
          measured: `${half.toFixed(1)}x, ${most.toFixed(1)}x`,
          met: half <= 2 && most <= 3,
        },
      ];
    }),
    ...(fanOut ?? [])
      .filter(({ screens }) => screens === 1_000)
      .map(({ ratio, screens }) => ({
        what: `one change to the last of ${screens} screens`,
        target: 'at most 1.5x a raw broadcast',
        measured: `${ratio.toFixed(2)}x`,
        met: ratio <= 1.5,
      })),
    ...(core === undefined
      ? []
      : [
          atMost('call next, 10,000 waiting against 10', 2, core.callNextRatio, 'x'),
          atMost('a day of 500 customers, without the plan', 10, core.day500Ms, ' ms'),
        ]),
    ...(loadDay === undefined ? [] : [atMost('loading a day of 1,500 tickets', 50, loadDay.ms, ' ms')]),
    ...(memory ?? [])
      .filter(({ branches }) => branches === 1_000)
      .map(({ residentMb }) => atMost('a process with 1,000 branches loaded', 300, residentMb, ' MB')),
    ...(start === undefined
      ? []
      : [atMost('npm start on an existing folder to the first ticket', 3_000, start.ms, ' ms')]),
    ...(reports === undefined
      ? []
      : Object.entries(REPORT_MS).map(([database, most]) => {
          const own = reports.answers.filter((each) => each.database === database);
          const slowest = Math.max(...own.map(({ warmMs }) => warmMs));
          return atMost(`the slowest report over a year, ${database}`, most, slowest, ' ms');
        })),
  ];
}

/** Within which a report over a year opens. */
const REPORT_MS = { PostgreSQL: 2_000, PGlite: 5_000 };

function atMost(what: string, most: number, value: number, unit: string): Verdict {
  return {
    what,
    target: `at most ${most.toLocaleString('en')}${unit}`,
    measured: `${round(value)}${unit}`,
    met: value <= most,
  };
}

function round(value: number): string {
  return value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en');
}

/** In Markdown, for the terminal and for docs/performance.md alike. */
export function tables(report: Report): string {
  const { doors, fanOut, memory, two, loadDay, audit, core, start, reports } = report;
  const parts = [
    table(
      ['Target', 'Wanted', 'Measured', ''],
      verdicts(report).map(({ what, target, measured, met }) => [what, target, measured, met ? 'met' : 'missed']),
    ),
  ];
  if (doors !== undefined) {
    parts.push(
      table(
        ['Door', 'Clients', 'Server', 'Commands/s', 'of raw', 'p50 ms', 'p99 ms'],
        doors.doors.map(({ door, clients, server, perSecond, ratio, p50, p99 }) => [
          ...[door, String(clients), server, round(perSecond), ratio.toFixed(2), p50.toFixed(2), p99.toFixed(2)],
        ]),
      ),
      table(
        ['One commit, 8 clients', 'p50 ms', 'p99 ms'],
        doors.commits.map(({ server, p50, p99 }) => [server, p50.toFixed(2), p99.toFixed(2)]),
      ),
    );
  }
  if (fanOut !== undefined)
    parts.push(
      table(
        ['Screens', 'Bytes', 'Hall p50 ms', 'p99', 'Raw p50 ms', 'p99', 'Ratio'],
        fanOut.map(({ screens, bytes, hall, raw, ratio }) => [
          ...[String(screens), String(bytes), hall.p50.toFixed(1), hall.p99.toFixed(1)],
          ...[raw.p50.toFixed(1), raw.p99.toFixed(1), ratio.toFixed(2)],
        ]),
      ),
    );
  if (memory !== undefined)
    parts.push(
      table(
        ['Branches', 'Database', 'Resident MB', 'Heap MB', 'Start s'],
        memory.map(({ branches, database, residentMb, heapMb, startMs }) => [
          ...[String(branches), database, String(residentMb), String(heapMb), (startMs / 1000).toFixed(1)],
        ]),
      ),
    );
  if (reports !== undefined) parts.push(...reportTables(reports));
  if (two !== undefined)
    parts.push(
      `32 clients on PostgreSQL: one process ${round(two.one)} commands/s, two ${round(two.two)} (${two.ratio.toFixed(2)}x).`,
    );
  if (loadDay !== undefined)
    parts.push(
      `Loaded: ${loadDay.commits} commits in ${loadDay.ms.toFixed(1)} ms, ${loadDay.cpuMs.toFixed(1)} ms of them this process's processor time.`,
    );
  if (audit !== undefined) {
    const { rows, inRoundsUs, atOnceUs, checkUs, checkMs } = audit;
    parts.push(
      `Audit of ${rows} commands: ${round(inRoundsUs)} µs of processor time for each in rounds of 20, ${round(atOnceUs)} all at once; ` +
        `the chain was checked in ${round(checkMs)} ms, ${round(checkUs)} µs a row.`,
    );
  }
  if (start !== undefined)
    parts.push(
      `Started in ${round(start.ms)} ms; the server itself worked ${round(start.serverCpuMs)} ms for it, on all its threads.`,
    );
  if (core !== undefined)
    parts.push(
      table(
        ['Core alone, waiting', 'TakeTicket/s', 'CallNext/s', 'all four/s'],
        core.commands.map(({ waiting, perSecond, all }) => [
          ...[waiting, perSecond['TakeTicket'] ?? NaN, perSecond['CallNext'] ?? NaN, all].map((value) =>
            value.toLocaleString('en'),
          ),
        ]),
      ),
    );
  parts.push(`Machine: ${report.machine}.`);
  return parts.join('\n\n');
}

function reportTables({ visits, days, answers, acks }: ReportsFigure): string[] {
  return [
    `Reports over ${visits.toLocaleString('en')} visits on ${days.toLocaleString('en')} days of branches:`,
    table(
      ['Report over the year', 'Database', 'First ms', 'Then ms'],
      answers.map(({ question, database, firstMs, warmMs }) => [question, database, round(firstMs), round(warmMs)]),
    ),
    table(
      ['A command of the hall', 'p50 ms', 'p99 ms', 'longest ms'],
      acks.flatMap(({ database, quiet, meanwhile }) =>
        (
          [
            [`${database}, no report`, quiet],
            [`${database}, while reports are made`, meanwhile],
          ] as const
        ).map(([what, { p50, p99, max }]) => [what, p50.toFixed(2), p99.toFixed(2), round(max)]),
      ),
    ),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, place) => Math.max(name.length, ...rows.map((row) => (row[place] ?? '').length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, place) => cell.padEnd(widths[place] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
