import { execFileSync } from 'node:child_process';
import { command, newFolder, startHall, type Hall } from './servers.ts';
import { median } from './numbers.ts';

/** How big a process is with many branches loaded, and how soon it serves after a start. */

const BRANCHES = [1, 100, 1_000];
const MB = 1024 * 1024;

export interface MemoryFigure {
  readonly branches: number;
  readonly database: 'PGlite' | 'PostgreSQL';
  /** All of the process, and the part of it that JavaScript uses, MB. */
  readonly residentMb: number;
  readonly heapMb: number;
  readonly startMs: number;
}

export async function benchMemory(createDatabase: (name: string) => Promise<string>): Promise<MemoryFigure[]> {
  const figures: MemoryFigure[] = [];
  for (const branches of BRANCHES) {
    const folder = newFolder(branches);
    const databaseUrl = await createDatabase(`memory_${branches}`);
    figures.push(await measure(branches, 'PostgreSQL', () => startHall({ folder, databaseUrl })));
  }
  const folder = newFolder(1);
  figures.push(await measure(1, 'PGlite', () => startHall({ folder })));
  return figures;
}

async function measure(
  branches: number,
  database: MemoryFigure['database'],
  start: () => Promise<Hall>,
): Promise<MemoryFigure> {
  const begin = performance.now();
  const hall = await start();
  const startMs = performance.now() - begin;
  const samples = await hall.metrics();
  const of = (name: string) => Math.round((samples.get(name) ?? NaN) / MB);
  await hall.stop();
  return {
    ...{ branches, database, startMs },
    ...{ residentMb: of('process_resident_memory_bytes'), heapMb: of('nodejs_heap_size_used_bytes') },
  };
}

export interface StartFigure {
  readonly ms: number;
  /** Of the server by itself, on all its threads: what other work on the machine took is not in it. */
  readonly serverCpuMs: number;
}

/** `npm start` on a folder that has a database and built screens, until a number was taken: the median. */
export async function benchStart({ rounds }: { readonly rounds: number }): Promise<StartFigure> {
  const folder = newFolder(3);
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'ignore' });
  await (await startHall({ folder })).stop();
  const spent: number[] = [];
  const worked: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now();
    const hall = await startHall({ folder, npm: true });
    await command(
      hall.url,
      { branchId: 'b1', token: await hall.token('b1') },
      { type: 'TakeTicket', services: ['transfer'] },
    );
    spent.push(performance.now() - begin);
    worked.push(1_000 * ((await hall.metrics()).get('process_cpu_seconds_total') ?? NaN));
    await hall.stop();
  }
  return { ms: median(spent), serverCpuMs: median(worked) };
}
