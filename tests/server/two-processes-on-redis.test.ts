import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ensurePostgres, freshDatabase, type PrivatePostgres } from '../support/postgres.ts';
import { PrivateRedis } from '../support/redis.ts';
import { RunningServer } from '../support/running-server.ts';
import { Screen } from '../support/screen.ts';
import { until } from '../support/until.ts';

/** Two server processes on one PostgreSQL and one Redis: what is done at one is seen at the other. */

jest.setTimeout(120_000);
const BRANCH = 'station';
const ROUNDS = 11;

let postgres: PrivatePostgres;
let database: { url: string; drop(): Promise<void> };
let redis: PrivateRedis;
let servers: RunningServer[];
let kiosk: Screen;
let display: Screen;

async function screenAt(place: number, role: 'kiosk' | 'display'): Promise<Screen> {
  const url = servers[place]?.url ?? '';
  return Screen.open(url, BRANCH, { kind: role }, await tokenAt(url, role));
}

async function tokenAt(url: string, role: string): Promise<string> {
  const response = await fetch(`${url}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ branchId: BRANCH, role }),
  });
  return ((await response.json()) as { token: string }).token;
}

interface Health {
  readonly ready: boolean;
  readonly degraded: boolean;
  readonly away: readonly string[];
}
const healthOf = async ({ url }: RunningServer) => (await (await fetch(`${url}/health`)).json()) as Health;
const allSay = async (degraded: boolean) =>
  (await Promise.all(servers.map(healthOf))).every((health) => health.ready && health.degraded === degraded);

beforeAll(async () => {
  [postgres, redis] = await Promise.all([ensurePostgres(), PrivateRedis.launch()]);
  database = await freshDatabase(postgres);
  const env = { DATABASE_URL: database.url, REDIS_URL: redis.url };
  servers = await Promise.all([RunningServer.launch({ env }), RunningServer.launch({ env })]);
  [kiosk, display] = [await screenAt(0, 'kiosk'), await screenAt(1, 'display')];
});
afterAll(async () => {
  for (const screen of [kiosk, display]) screen?.close();
  await Promise.all((servers ?? []).map((server) => server.dispose()));
  await redis.stop();
  await database.drop();
  await postgres.stop();
});

/** From the answer at the kiosk of one process to the display of the other, ms, in order of size. */
async function delays(): Promise<number[]> {
  const all: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const ack = await kiosk.send({ type: 'TakeTicket', services: ['transfer'] });
    if (!ack.ok) throw new Error(`no ticket: ${JSON.stringify(ack)}`);
    const answered = performance.now();
    await display.until((screen) => screen.version >= ack.version);
    all.push(performance.now() - answered);
  }
  return all.sort((one, other) => one - other);
}
const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? NaN;

describe('a ticket taken at one process', () => {
  test('is on the display of the other within 100 ms, by the bus', async () => {
    await until(() => allSay(false));
    const seen = await delays();
    console.log(`by the bus: ${seen.map(Math.round).join(' ')} ms`);
    expect(median(seen)).toBeLessThan(100);
  });

  test('is there within about a second while Redis is away, and both say that they are ready and degraded', async () => {
    await redis.kill();
    await until(() => allSay(true));
    for (const server of servers) expect(await healthOf(server)).toMatchObject({ away: ['redis'] });
    const seen = await delays();
    console.log(`without Redis: ${seen.map(Math.round).join(' ')} ms`);
    expect(median(seen)).toBeGreaterThan(100);
    expect(median(seen)).toBeLessThan(1_500);
  });

  test('comes by the bus again when Redis is back, without a restart', async () => {
    await redis.start();
    await until(() => allSay(false));
    expect(median(await delays())).toBeLessThan(100);
  });
});

test('each process knows the screens of both', async () => {
  const [one, two] = servers as [RunningServer, RunningServer];
  for (const { url } of [one, two]) {
    const headers = { authorization: `Bearer ${await tokenAt(url, 'manager')}` };
    const kinds = async () => {
      const response = await fetch(`${url}/api/branches/${BRANCH}/presence`, { headers });
      return ((await response.json()) as { screens: { kind: string }[] }).screens.map(({ kind }) => kind).sort();
    };
    await until(async () => (await kinds()).join() === 'display,kiosk');
  }
});

test('a process starts, takes commands and stops while Redis is away', async () => {
  await redis.kill();
  const third = await RunningServer.launch({ env: { DATABASE_URL: database.url, REDIS_URL: redis.url } });
  try {
    const screen = await Screen.open(third.url, BRANCH, { kind: 'kiosk' }, await tokenAt(third.url, 'kiosk'));
    expect(await screen.send({ type: 'TakeTicket', services: ['transfer'] })).toMatchObject({ ok: true });
    screen.close();
    const began = performance.now();
    await third.stop();
    expect(performance.now() - began).toBeLessThan(8_000);
  } finally {
    await third.dispose();
    await redis.start();
  }
});
