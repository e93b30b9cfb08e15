import { execFile } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { openStore, type OpenStore } from '../server/store/open-store.ts';
import { median, quantile } from './numbers.ts';
import { startHall, temporaryFolder, type Hall } from './servers.ts';
import { socketSender, type SocketSender } from './wire.ts';

/** Reports over a year of 13 branches, and how long a hall of the same server waits for its answers meanwhile. */

/** What is asked, as it stands after the dates of the address. */
const QUESTIONS = [
  ['by month', ''],
  ['by branch', 'by=branch'],
  ['by half hour', 'by=half-hour'],
  ['by teller', 'by=teller'],
  ['by service, one segment of two branches', 'by=service&segment=cash&branch=harbour&branch=garden'],
  ['the tickets of one cell', 'weekday=1&slot=20'],
] as const;
/** A command of somebody in the hall every so often, ms. */
const COMMAND_EVERY_MS = 10;
const QUIET_MS = 3_000;

export interface ReportsFigure {
  readonly visits: number;
  readonly days: number;
  readonly answers: readonly {
    readonly database: string;
    readonly question: string;
    /** The very first after the start of the server has the others' code to load, too. */
    readonly firstMs: number;
    readonly warmMs: number;
  }[];
  /** Commands of a hall, ms: without reports, and while one report after the other is made. */
  readonly acks: readonly { readonly database: string; readonly quiet: Waits; readonly meanwhile: Waits }[];
}
interface Waits {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export interface ReportsOptions {
  /** A data folder that `npm run demo:year` filled; without it one is filled. */
  readonly year: string | undefined;
  readonly databaseUrl: string;
  readonly rounds: number;
}

export async function benchReports({ year, databaseUrl, rounds }: ReportsOptions): Promise<ReportsFigure> {
  const from = year ?? (await filledYear());
  const embedded = temporaryFolder();
  cpSync(join(from, 'branches'), join(embedded, 'branches'), { recursive: true });
  const days = await copyFacts(from, [{ folder: join(embedded, 'data') }, { databaseUrl }]);
  const onPostgres = temporaryFolder();
  cpSync(join(from, 'branches'), join(onPostgres, 'branches'), { recursive: true });
  const answers: ReportsFigure['answers'][number][] = [];
  const acks: ReportsFigure['acks'][number][] = [];
  let visits = 0;
  for (const [database, options] of [
    ['PGlite', { folder: embedded }],
    ['PostgreSQL', { folder: onPostgres, databaseUrl }],
  ] as const) {
    const hall = await startHall({ ...options, demo: true });
    const ask = await asker(hall, days);
    for (const [question, query] of QUESTIONS) {
      const spent: number[] = [];
      for (let round = 0; round <= rounds; round += 1) spent.push(await ask(query));
      const [firstMs = NaN, ...warm] = spent;
      answers.push({ database, question, firstMs, warmMs: median(warm) });
    }
    visits = ask.visits();
    acks.push({ database, ...(await acksOf(hall, () => ask('by=branch'), rounds)) });
    await hall.stop();
  }
  return { visits, days: days.count, answers, acks };
}

async function filledYear(): Promise<string> {
  const folder = temporaryFolder();
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/demo-year.ts'], {
    env: { ...process.env, LOBBYFLOW_DATA: folder, LOBBYFLOW_BRANCHES: join(folder, 'branches'), DATABASE_URL: '' },
  });
  return folder;
}

interface KnownDays {
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/** The facts alone, so that both databases hold the same and the server has nothing else to catch up with. */
async function copyFacts(
  year: string,
  targets: readonly { readonly folder?: string; readonly databaseUrl?: string }[],
): Promise<KnownDays> {
  if (!existsSync(join(year, 'year.json'))) throw new Error(`${year} holds no year: npm run demo:year makes one`);
  const log = pino({ level: 'error' });
  const source = await openStore({ folder: year, log });
  const opened: OpenStore[] = [];
  try {
    for (const target of targets) opened.push(await openStore({ ...target, log }));
    const { rows } = await source.pool.query<Day>('select branch_id, day from app.day_facts order by branch_id, day');
    for (const { branch_id, day } of rows) {
      const [one] = (
        await source.pool.query(
          'select form, made_at, facts, tickets from app.day_facts where branch_id = $1 and day = $2',
          [branch_id, day],
        )
      ).rows as [Record<string, unknown>];
      for (const { pool } of opened)
        await pool.query(
          'insert into app.day_facts (branch_id, day, form, made_at, facts, tickets) values ($1, $2, $3, $4, $5, $6)',
          [branch_id, day, one['form'], one['made_at'], one['facts'], one['tickets']],
        );
    }
    // As in a database that has stood for a night.
    for (const { pool } of opened) await pool.query('vacuum analyze app.day_facts');
    const dates = rows.map(({ day }) => day).sort();
    return { count: rows.length, first: dates[0] ?? '', last: dates.at(-1) ?? '' };
  } finally {
    for (const store of [source, ...opened]) await store.close();
  }
}
interface Day {
  readonly branch_id: string;
  readonly day: string;
}

interface Ask {
  (query: string): Promise<number>;
  visits(): number;
}

/** The network manager asks for the whole year. @returns what it took, ms */
async function asker(hall: Hall, { first, last }: KnownDays): Promise<Ask> {
  const token = await signedIn(hall.url);
  let visits = 0;
  const ask = async (query: string): Promise<number> => {
    const page = query.includes('slot=') ? 'reports/tickets' : 'reports';
    const begin = performance.now();
    const response = await fetch(`${hall.url}/api/${page}?from=${first}&to=${last}&${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const body = await response.text();
    const spent = performance.now() - begin;
    if (!response.ok) throw new Error(`a report was refused: ${response.status} ${body}`);
    if (query === 'by=branch') visits = (JSON.parse(body) as { totals: { arrivals: number } }).totals.arrivals;
    return spent;
  };
  return Object.assign(ask, { visits: () => visits });
}

async function signedIn(url: string): Promise<string> {
  const { demo } = (await (await fetch(`${url}/api/sign-in`)).json()) as { demo: { password: string } };
  const response = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ branchId: 'harbour', staffId: 'network', secret: demo.password }),
  });
  return ((await response.json()) as { token: string }).token;
}

async function acksOf(hall: Hall, report: () => Promise<number>, rounds: number) {
  const { token } = (await (
    await fetch(`${hall.url}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ branchId: 'harbour', role: 'kiosk', deviceId: 'bench' }),
    })
  ).json()) as { token: string };
  const sender = await socketSender(hall.url, token);
  // The first ones wait for code to be made fast.
  await commandsUntil(sender, delay(QUIET_MS));
  const quiet = await commandsUntil(sender, delay(QUIET_MS));
  const meanwhile = await commandsUntil(
    sender,
    (async () => {
      for (let round = 0; round < rounds; round += 1) await report();
    })(),
  );
  sender.close();
  return { quiet, meanwhile };
}

/** Customers take numbers until then. */
async function commandsUntil(sender: SocketSender, end: Promise<unknown>): Promise<Waits> {
  const spent: number[] = [];
  let over = false;
  const ended = end.finally(() => (over = true));
  while (!over) {
    const begin = performance.now();
    const command = { type: 'TakeTicket', services: ['transfer'] };
    const answer = await sender.ask(JSON.stringify({ commandId: crypto.randomUUID(), command }));
    spent.push(performance.now() - begin);
    if (!answer.startsWith('{"ok":true')) throw new Error(`the bench was refused: ${answer}`);
    await delay(COMMAND_EVERY_MS);
  }
  await ended;
  return { p50: median(spent), p99: quantile(spent, 0.99), max: Math.max(...spent) };
}
