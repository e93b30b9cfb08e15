import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export interface PrivatePostgres {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export interface KillablePostgres extends PrivatePostgres {
  /** kill -9 of the whole cluster, as a power cut would end it. */
  readonly kill: () => Promise<void>;
  /** Starts it again on its folder and port. Resolves when it answers. */
  readonly start: () => Promise<void>;
}

/**
 * A PostgreSQL server in a temporary folder on a free port of this machine, with fsync on as in a bank.
 * Rejects, and says what to install, when Debian's package is not there.
 */
export async function startPostgres(): Promise<KillablePostgres> {
  const bin = await findPrograms();
  const folder = await mkdtemp(join(tmpdir(), 'lobbyflow-pg-'));
  const user = await ownerOf(folder);
  const data = join(folder, 'data');
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    user,
  );

  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    fsync: 'on',
    max_connections: 200,
  };
  const server = spawn(
    'sh',
    [
      ...['-c', untilParentEnds, 'sh', folder, join(bin, 'postgres'), '-D', data],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { ...user, stdio: ['pipe', 'pipe', 'ignore'], cwd: '/' },
  );
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  const stop = () => {
    server.stdin.end();
    return ended;
  };
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const kill = async () => {
    const killed = new Promise((done) => server.stdout.once('data', done));
    server.stdin.write('kill\n');
    await killed;
  };
  const start = () => {
    server.stdin.write('start\n');
    return answering(url);
  };
  try {
    await answering(url);
  } catch (error) {
    const words = await readFile(join(folder, 'log'), 'utf8');
    await stop();
    throw new Error(`The private PostgreSQL did not start. It says: ${words}`, { cause: error });
  }
  return { url, stop, kill, start };
}

/**
 * Runs the server as long as this process holds the other end of the pipe: however the tests end, be it by kill -9, the server ends
 * and its folder goes. On the pipe it takes the words `kill` and `start`.
 */
const untilParentEnds = `
  folder=$1; shift
  run() { "$@" >> "$folder/log" 2>&1 & server=$!; }
  run "$@"
  while read -r word; do
    case $word in
      kill) kill -KILL $server $(cat /proc/$server/task/$server/children); wait $server 2>/dev/null; echo killed;;
      start) run "$@";;
    esac
  done
  kill -INT $server
  wait $server
  rm -rf "$folder"`;

async function findPrograms(): Promise<string> {
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => [] as string[]);
  for (const version of versions.sort((a, b) => Number(b) - Number(a))) {
    const bin = join(root, version, 'bin');
    if (await stat(join(bin, 'initdb')).catch(() => undefined)) return bin;
  }
  throw new Error('PostgreSQL is needed here, and it is not installed. On Debian: apt-get install postgresql.');
}

/** PostgreSQL refuses to run as root; then it runs as the user that its package made. */
async function ownerOf(folder: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  const [uid, gid] = [await id('-u'), await id('-g')];
  await chown(folder, uid, gid);
  return { uid, gid };
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? found(address.port) : failed(new Error('no free port')),
      );
    });
  });
}

async function answering(url: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(url, 'select 1');
    } catch (error) {
      if (attempt === 600) throw error;
      await delay(50);
    }
  }
}

/** One statement, on a connection of its own. */
export async function once(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(text);
  } finally {
    await client.end().catch(() => undefined);
  }
}
