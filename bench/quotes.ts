import { parseArgs } from 'node:util';
import { loadBranches } from '../config/load.ts';
import { lookAhead } from '../domain/estimate/forward.ts';
import type { Waiter } from '../domain/estimate/waiter.ts';
import { chooseNext } from '../domain/routing/call-order.ts';
import type { BranchDay } from '../domain/state.ts';
import { Hall } from './hall.ts';

/**
 * `node --import tsx bench/quotes.ts [--rounds N]`: what the forward run costs, by how many wait, in the branch "harbour" with 6
 * tellers and 2 machines, all busy. CPU time of the process, ms, as median / p95: other work on the machine hardly counts.
 * Between two rounds somebody is served and somebody comes, so that no two states are the same.
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } });
const ROUNDS = Number(values.rounds);
const WARM_UP = 60;
const SIZES = [7, 22, 50, 100, 200, 300, 400];
const TELLERS = 6;
const MACHINES = 2;

const harbour = loadBranches('config/branches').branches.find(({ config }) => config.branchId === 'harbour')?.config;
if (harbour === undefined) throw new Error('there is no branch "harbour"');
const { paths } = harbour.estimate;
const newcomers = harbour.services.map(({ id }): Waiter => ({ segment: 'non-cash', service: id, care: false }));

/** Everybody who comes is quoted by the queue-length rule, which costs nothing: what is measured is asked for. */
function busyHall(waiting: number): { hall: Hall; next: () => void } {
  const hall = new Hall({ ...(harbour ?? fail()), estimate: { method: 'queue-length', paths } });
  const counters = hall.openCounters(TELLERS);
  const machines = harbour?.counters.filter(({ kind }) => kind === 'device').slice(0, MACHINES) ?? [];
  for (const { id } of machines) {
    hall.run(hall.job({ type: 'OpenCounter', counterId: id }));
    counters.push(id);
  }
  hall.fill(waiting + counters.length);
  const call = (counterId: string) => {
    if (chooseNext(hall.state ?? fail(), counterId, hall.now) !== undefined)
      hall.run(hall.job({ type: 'CallNext', counterId }, `staff:${counterId}`));
  };
  for (const counterId of counters) call(counterId);
  let turn = 0;
  const next = () => {
    hall.now += 15_000;
    const counterId = counters[(turn += 1) % counters.length] ?? '';
    const by = `staff:${counterId}`;
    if (hall.state?.counters.get(counterId)?.ticketId !== undefined) {
      hall.run(hall.job({ type: 'StartService', counterId }, by));
      hall.run(hall.job({ type: 'FinishService', counterId, outcome: 'done' }, by));
    }
    call(counterId);
    while ((hall.state?.queue.size ?? waiting) < waiting) hall.run(hall.customer());
  };
  return { hall, next };
}

function fail(): never {
  throw new Error('the hall is not there');
}

function cost(what: () => void): number {
  const began = process.cpuUsage();
  what();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

function summed(costs: readonly number[]): string {
  const sorted = [...costs].sort((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1);
  return `${at(0.5)} / ${at(0.95)}`.padStart(20);
}

const QUESTIONS: Readonly<Record<string, (state: BranchDay, now: number, round: number) => void>> = {
  'one quote': (state, now, round) =>
    void lookAhead(state, now, newcomers.slice(round % 3, (round % 3) + 1), false, paths),
  'everybody who waits': (state, now) => void lookAhead(state, now, [], true, paths),
  'all newcomers': (state, now) => void lookAhead(state, now, newcomers, false, paths),
};

console.log(
  `waiting${Object.keys(QUESTIONS)
    .map((name) => name.padStart(20))
    .join('')}`,
);
for (const waiting of SIZES) {
  const { hall, next } = busyHall(waiting);
  const costs = Object.keys(QUESTIONS).map((): number[] => []);
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    next();
    Object.values(QUESTIONS).forEach((ask, place) => {
      const spent = cost(() => ask(hall.state ?? fail(), hall.now, round + WARM_UP));
      if (round >= 0) costs[place]?.push(spent);
    });
  }
  console.log(String(hall.state?.queue.size).padStart(7) + costs.map(summed).join(''));
}
