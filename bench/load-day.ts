import pg from 'pg';
import { loadBranches } from '../config/load.ts';
import { evolve } from '../domain/evolve.ts';
import type { DomainEvent } from '../domain/events.ts';
import type { BranchDay } from '../domain/state.ts';
import { Hall } from './hall.ts';
import { median } from './numbers.ts';

/** A day of 1,500 tickets, one commit for each command, read from PostgreSQL with the store's own query and replayed. */

const TICKETS = 1_500;
const COUNTERS = 8;

export interface LoadDayFigure {
  readonly commits: number;
  readonly ms: number;
  /** Of this process: what other work on the machine took is not in it. */
  readonly cpuMs: number;
}

export async function benchLoadDay(
  databaseUrl: string,
  { rounds }: { readonly rounds: number },
): Promise<LoadDayFigure> {
  const commits = wholeDay();
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `create schema app; create table app.commit (branch_id text, day date, version int, events jsonb, primary key (branch_id, day, version))`,
  );
  await client.query(
    `insert into app.commit select 'b1', '2026-11-24', place, events from jsonb_array_elements($1::jsonb) with ordinality as each (events, place)`,
    [JSON.stringify(commits)],
  );
  const spent: number[] = [];
  const worked: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now();
    const cpu = process.cpuUsage();
    const { rows } = await client.query<{ events: DomainEvent[] }>(
      `select version, events from app.commit where branch_id = $1 and day = $2 and version > 0 order by version`,
      ['b1', '2026-11-24'],
    );
    let state: BranchDay | undefined;
    for (const { events } of rows) for (const event of events) state = evolve(state, event);
    spent.push(performance.now() - begin);
    const { user, system } = process.cpuUsage(cpu);
    worked.push((user + system) / 1000);
  }
  await client.end();
  return { commits: commits.length, ms: median(spent.slice(1)), cpuMs: median(worked.slice(1)) };
}

/** Of the demo's largest branch: a commit for each command. */
export function wholeDay(): DomainEvent[][] {
  const branch = loadBranches('config/branches').branches.find(({ config }) => config.branchId === 'harbour');
  if (branch === undefined) throw new Error('there is no branch "harbour"');
  const estimate = { ...branch.config.estimate, method: 'queue-length' } as const;
  const hall = new Hall({ ...branch.config, estimate }, true);
  const counters = hall.openCounters(COUNTERS);
  hall.fill(COUNTERS * 5);
  for (let served = COUNTERS * 5; served < TICKETS; served += COUNTERS) {
    for (const counterId of counters) {
      hall.now += 4_000;
      const by = `staff:${counterId}`;
      hall.run(hall.customer());
      hall.run(hall.job({ type: 'CallNext', counterId }, by));
      hall.run(hall.job({ type: 'StartService', counterId }, by));
      hall.run(hall.job({ type: 'FinishService', counterId, outcome: 'done' }, by));
    }
  }
  const commits = new Map<string, DomainEvent[]>();
  for (const event of hall.log ?? []) commits.set(event.commandId, [...(commits.get(event.commandId) ?? []), event]);
  return [...commits.values()];
}
