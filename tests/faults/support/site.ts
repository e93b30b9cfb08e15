import { rmSync } from 'node:fs';
import { pino } from 'pino';
import { openStore } from '../../../server/store/open-store.ts';
import type { StoredCommit } from '../../../server/ports.ts';
import { bigHallFolder } from '../../support/big-hall.ts';
import { startPostgres, type KillablePostgres } from '../../../bench/private-postgres.ts';
import { PrivateRedis } from '../../support/redis.ts';
import { RunningServer } from '../../support/running-server.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import type { Place } from './place.ts';
import type { Ask } from './server.ts';

/** `embedded`: one server with its own database. `shared`: two server processes on one PostgreSQL and one Redis. */
export type Mode = 'embedded' | 'shared';

const WINDOWS = 6;
const SERVICE = 'deposit-withdrawal';
const silent = pino({ level: 'silent' });

/** One server, and the networks on both its sides. */
export interface SiteServer {
  readonly process: RunningServer;
  /** Between people, screens and this server. */
  readonly front: TcpProxy;
  /** Between this server and PostgreSQL. */
  readonly store?: TcpProxy;
}

export interface Site extends Place {
  readonly mode: Mode;
  readonly servers: readonly SiteServer[];
  readonly postgres?: KillablePostgres;
  readonly redis?: PrivateRedis;
  /** Everything that the log of the day holds. */
  readLog(): Promise<readonly StoredCommit[]>;
  /** The version that the log has reached now. */
  head(): Promise<number>;
  close(): Promise<void>;
}

interface SiteOptions {
  /** More of the environment of the servers. */
  readonly env?: Readonly<Record<string, string>>;
  readonly entry?: string;
}

function openHall() {
  const { folder, branchId, counters, tellers } = bigHallFolder(WINDOWS);
  return {
    env: { LOBBYFLOW_BRANCHES: folder, LOG_LEVEL: 'warn' },
    hall: { branchId, counters, tellers, service: SERVICE },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export async function embeddedSite({
  env = {},
  entry = 'tests/faults/support/server.ts',
}: SiteOptions = {}): Promise<Site> {
  const { hall, remove, ...open } = openHall();
  const process = await RunningServer.launch({ entry, env: { ...open.env, ...env } });
  const front = await TcpProxy.to(process.port);
  const readLog = async () => (await process.ask({ logOf: hall.branchId } satisfies Ask)) as readonly StoredCommit[];
  return {
    mode: 'embedded',
    servers: [{ process, front }],
    doors: [`http://127.0.0.1:${front.port}`],
    hall,
    readLog,
    head: async () => (await readLog()).length,
    async close() {
      await front.close();
      await process.dispose();
      remove();
    },
  };
}

export async function sharedSite({ env = {}, entry = 'server/main.ts' }: SiteOptions = {}): Promise<Site> {
  const { hall, remove, ...open } = openHall();
  const [postgres, redis] = await Promise.all([startPostgres(), PrivateRedis.launch()]);
  const launch = async (): Promise<SiteServer> => {
    const store = await TcpProxy.to(Number(new URL(postgres.url).port));
    const url = new URL(postgres.url);
    url.port = String(store.port);
    const common = { DATABASE_URL: url.href, REDIS_URL: redis.url, LOBBYFLOW_SECRET: 'faults'.repeat(8) };
    const process = await RunningServer.launch({ entry, env: { ...open.env, ...common, ...env } });
    return { process, front: await TcpProxy.to(process.port), store };
  };
  const servers = [await launch(), await launch()];
  const log = () => readPostgres(hall.branchId, postgres.url);
  return {
    mode: 'shared',
    servers,
    postgres,
    redis,
    doors: servers.map(({ front }) => `http://127.0.0.1:${front.port}`),
    hall,
    readLog: log,
    head: async () => (await log()).length,
    async close() {
      for (const { process, front, store } of servers) {
        await front.close();
        await process.dispose();
        await store?.close();
      }
      await redis.stop();
      await postgres.stop();
      remove();
    },
  };
}

async function readPostgres(branchId: string, databaseUrl: string): Promise<readonly StoredCommit[]> {
  const { store, close } = await openStore({ databaseUrl, log: silent });
  try {
    const [day] = await store.unclosedDays(branchId);
    return await store.read(branchId, day ?? '', 0);
  } finally {
    await close();
  }
}
