import { performance } from 'node:perf_hooks';
import type { BranchConfig } from '../domain/config.ts';
import { evolve } from '../domain/evolve.ts';
import type { DomainEvent } from '../domain/events.ts';
import type { BranchDay } from '../domain/state.ts';
import { viewFor } from '../domain/views/view-for.ts';
import { loadBranches } from '../config/load.ts';
import { Hall, type Job } from './hall.ts';

/**
 * `node --import tsx bench/core.ts [--json]`: how fast the pure core is, alone in one process: no store, no socket.
 *
 * A command is one `decide` and the `evolve` of its events. Six counters are open in the branch "harbour"; N customers
 * came in the last hour, a fixed mixture of all services, some with a care need or a tier. A cycle is then: six take a
 * number, six counters call, start and finish, so that N stays N. The commands are made before the clock starts.
 *
 * "all four" is by the CPU time of the process, garbage collection included: other work on the machine does not count.
 * The figure of one command is by the clock, from the median of its batches of six; a pause for garbage is not in it.
 * Rounds of all sizes take turns; every figure is the median of the rounds, after one that is thrown away. Views are
 * timed in a hall that stands still. The quote is the cheap one; the forward estimate has a line of its own.
 */

const ROUNDS = 7;
const CYCLES = 400;
const COUNTERS = 6;
const SIZES = [10, 1_000, 10_000];
const STEPS = ['TakeTicket', 'CallNext', 'StartService', 'FinishService'] as const;
type Step = (typeof STEPS)[number];

const branch = loadBranches('config/branches').branches.find(({ config }) => config.branchId === 'harbour');
if (branch === undefined) throw new Error('there is no branch "harbour"');
/** With the cheap quote: the forward estimate runs the hall 200 times for each ticket, and is measured by itself. */
const harbour: BranchConfig = { ...branch.config, estimate: { ...branch.config.estimate, method: 'queue-length' } };

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** Milliseconds. */
function timed(what: () => void): number {
  const begin = performance.now();
  what();
  return performance.now() - begin;
}

function jobsOf(hall: Hall, step: Step, counters: readonly string[]): Job[] {
  hall.now += 10_000;
  if (step === 'TakeTicket') return counters.map(() => hall.customer());
  return counters.map((counterId) =>
    hall.job(
      step === 'FinishService' ? { type: step, counterId, outcome: 'done' } : { type: step, counterId },
      `staff:${counterId}`,
    ),
  );
}

interface Round {
  /** Microseconds of one command. */
  readonly each: Readonly<Record<Step, number>>;
  readonly all: number;
}

function round(waiting: number): Round {
  const batchMs: Record<Step, number[]> = { TakeTicket: [], CallNext: [], StartService: [], FinishService: [] };
  const hall = new Hall(harbour);
  const counters = hall.openCounters(COUNTERS);
  hall.fill(waiting);
  const batches = Array.from({ length: CYCLES }, () =>
    STEPS.map((step) => ({ step, jobs: jobsOf(hall, step, counters) })),
  );
  const before = process.cpuUsage();
  for (const { step, jobs } of batches.flat())
    batchMs[step].push(
      timed(() => {
        for (const job of jobs) hall.run(job);
      }),
    );
  const { user, system } = process.cpuUsage(before);
  const each = (step: Step) => (median(batchMs[step]) * 1000) / COUNTERS;
  return {
    each: {
      TakeTicket: each('TakeTicket'),
      CallNext: each('CallNext'),
      StartService: each('StartService'),
      FinishService: each('FinishService'),
    },
    all: (user + system) / (CYCLES * COUNTERS * STEPS.length),
  };
}

/** The events of a day of `customers`, each of whom takes a number, is called, served and finished. */
function dayOf(config: BranchConfig, customers: number, keepLog: boolean): Hall {
  const hall = new Hall(config, keepLog);
  const counters = hall.openCounters(COUNTERS);
  hall.fill(COUNTERS * 5);
  for (let served = COUNTERS * 5; served < customers; served += counters.length)
    for (const step of STEPS) for (const job of jobsOf(hall, step, counters)) hall.run(job);
  return hall;
}

function loaded(log: readonly DomainEvent[]): BranchDay | undefined {
  let state: BranchDay | undefined;
  for (const event of log) state = evolve(state, event);
  return state;
}

/** A hall of `counters` open windows and `waiting` customers. */
function viewedHall(counters: number, waiting: number): Hall {
  const numbers = Array.from({ length: counters }, (_, place) => place + 1);
  const windows = harbour.counters.filter(({ kind }) => kind !== 'device');
  const many = numbers.flatMap((number) => {
    const window = windows[number % windows.length];
    return window === undefined ? [] : { ...window, id: `w${number}`, label: String(100 + number) };
  });
  const staff = numbers.flatMap((number) => {
    const person = harbour.staff[number % harbour.staff.length];
    return person === undefined ? [] : { ...person, id: `t${number}` };
  });
  const hall = new Hall({ ...harbour, counters: many, staff });
  hall.openCounters(counters);
  hall.fill(waiting);
  return hall;
}

/** Milliseconds of a TakeTicket with the forward estimate, a minute after the last one, so that no run is shared. */
function forwardQuote(): number {
  const hall = new Hall({ ...harbour, estimate: { ...harbour.estimate, method: 'forward' } });
  hall.openCounters(COUNTERS);
  const spent = Array.from({ length: 60 }, () => {
    hall.now += 60_000;
    const job = hall.customer();
    return timed(() => hall.run(job));
  });
  return median(spent.slice(20));
}

export type CoreFigures = ReturnType<typeof measure>;

function measure() {
  const rounds = new Map(SIZES.map((size) => [size, [] as Round[]]));
  for (let turn = 0; turn <= ROUNDS; turn += 1)
    for (const size of SIZES) {
      const result = round(size);
      if (turn > 0) rounds.get(size)?.push(result);
    }
  const micros = (size: number, of: (round: Round) => number) => median((rounds.get(size) ?? []).map(of));
  const perSecond = (size: number, of: (round: Round) => number) => Math.round(1e6 / micros(size, of));
  const commands = SIZES.map((waiting) => ({
    waiting,
    perSecond: Object.fromEntries(STEPS.map((step) => [step, perSecond(waiting, ({ each }) => each[step])])),
    all: perSecond(waiting, ({ all }) => all),
  }));
  const stored = JSON.stringify(dayOf(harbour, 1_500, true).log);
  const repeated = (what: () => void) => median(Array.from({ length: ROUNDS * 3 }, () => timed(what)).slice(3));
  const log = JSON.parse(stored) as DomainEvent[];
  const views = [
    { counters: 30, waiting: 300 },
    { counters: 30, waiting: 8_000 },
  ].map(({ counters, waiting }) => {
    const { state, now } = viewedHall(counters, waiting);
    return {
      counters,
      waiting,
      managerMs: repeated(() => viewFor(state, { kind: 'manager' }, now)),
      counterMs: repeated(() => viewFor(state, { kind: 'counter', counterId: 'w1' }, now)),
      kioskMs: repeated(() => viewFor(state, { kind: 'kiosk' }, now)),
      displayMs: repeated(() => viewFor(state, { kind: 'display' }, now)),
    };
  });
  return {
    commands,
    callNextRatio: micros(10_000, ({ each }) => each.CallNext) / micros(10, ({ each }) => each.CallNext),
    forwardQuoteMs: forwardQuote(),
    day500Ms: repeated(() => dayOf(harbour, 500, false)),
    loadDay1500: { events: log.length, ms: repeated(() => loaded(log)) },
    views,
  };
}

function table(result: ReturnType<typeof measure>): string {
  const number = (value: number) => Math.round(value).toLocaleString('en').padStart(13);
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  return [
    `commands per second  ${['waiting', ...STEPS, 'all four'].map((name) => name.padStart(13)).join('')}`,
    ...result.commands.map(
      ({ waiting, perSecond, all }) =>
        `                     ${number(waiting)}${STEPS.map((step) => number(perSecond[step] ?? NaN)).join('')}${number(all)}`,
    ),
    `CallNext with 10,000 waiting takes ${result.callNextRatio.toFixed(2)} times as long as with 10`,
    `TakeTicket with the forward estimate, 20 to 60 waiting, none shared: ${ms(result.forwardQuoteMs)}`,
    `a day of 500 customers: ${ms(result.day500Ms)}`,
    `loading a day of 1,500 tickets (${result.loadDay1500.events} events): ${ms(result.loadDay1500.ms)}`,
    ...result.views.map(
      (view) =>
        `views, ${view.counters} counters and ${view.waiting} waiting: manager ${ms(view.managerMs)}, counter ${ms(view.counterMs)}, kiosk ${ms(view.kioskMs)}, display ${ms(view.displayMs)}`,
    ),
  ].join('\n');
}

const result = measure();
console.log(process.argv.includes('--json') ? JSON.stringify(result, undefined, 2) : table(result));
