import { randomBytes } from 'node:crypto';
import { readdir, unlink } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import { join, relative, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Holding a data folder for this process alone. */
interface FolderLock {
  release(): Promise<void>;
}

export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

interface Holder {
  readonly pid?: number;
  readonly since?: string;
  /** False while it is still looking whether somebody else holds the folder. */
  readonly holding: boolean;
}

const pattern = /^\.lock-[0-9a-f]{12}$/;
/** Most systems allow about 104 bytes in a socket's path. */
const longestPath = 103;

/**
 * Takes the folder, or rejects with a `FolderInUseError` that says who has it. The lock is a listening socket in the folder: the
 * system lets go of it when the process dies, however it dies, so none is ever left behind to be cleared by hand. It also holds
 * between containers that share the folder on one machine, where process numbers say nothing.
 *
 * Everybody first announces himself and then looks at the others, so of two who come together at least one sees the other.
 * Between two who are both still looking, the smaller name wins.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const mine = `.lock-${randomBytes(6).toString('hex')}`;
  let holding = false;
  const since = new Date().toISOString();
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(JSON.stringify({ pid: process.pid, since, holding } satisfies Holder));
  });
  await listen(server, socketPath(folder, mine));
  server.unref();
  const release = async () => {
    await unlink(join(folder, mine)).catch(() => undefined);
    await new Promise((done) => server.close(done));
  };

  for (;;) {
    const others = await lookAround(folder, mine);
    const rival = others.find(({ name, holder }) => holder.holding || name < mine);
    if (rival) {
      await release();
      throw new FolderInUseError(inUse(folder, rival.holder));
    }
    if (others.length === 0) break;
    await delay(20);
  }
  holding = true;
  return { release };
}

/** The living among the others; sockets of the dead are swept away. */
async function lookAround(folder: string, mine: string): Promise<{ name: string; holder: Holder }[]> {
  const names = (await readdir(folder)).filter((name) => pattern.test(name) && name !== mine);
  const answers = await Promise.all(names.map(async (name) => ({ name, holder: await ask(socketPath(folder, name)) })));
  const living: { name: string; holder: Holder }[] = [];
  for (const { name, holder } of answers) {
    if (holder) living.push({ name, holder });
    else await unlink(join(folder, name)).catch(() => undefined);
  }
  return living;
}

/** Asks who listens there; nothing when nobody does. Somebody who does not answer (frozen, very busy) still holds it. */
async function ask(path: string): Promise<Holder | undefined> {
  for (let attempt = 1; attempt <= 50; attempt += 1) {
    const answer = await askOnce(path);
    if (answer !== 'cut off') return answer;
    // It was just leaving, most likely; then it is gone the next time.
    await delay(20);
  }
  return { holding: true };
}

function askOnce(path: string): Promise<Holder | 'cut off' | undefined> {
  return new Promise((answer, fail) => {
    const socket = createConnection(path);
    let text = '';
    socket.setTimeout(2000, () => {
      answer({ holding: true });
      socket.destroy();
    });
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') answer(undefined);
      else if (error.code === 'ECONNRESET' || error.code === 'EPIPE') answer('cut off');
      else fail(error);
    });
    socket.on('close', () => answer(text === '' ? 'cut off' : (JSON.parse(text) as Holder)));
  });
}

function inUse(folder: string, { pid, since }: Holder): string {
  const who = pid === undefined ? 'another process' : `process ${pid} (running since ${since})`;
  return (
    `The data folder ${resolve(folder)} is in use by ${who}. ` +
    'Two processes on one folder would lose data, so this one stops. ' +
    'Stop the other one first, or set LOBBYFLOW_DATA to another folder.'
  );
}

/** A short way to a socket in the folder. Throws when there is none that the system can take. */
export function socketPath(folder: string, name: string): string {
  const absolute = resolve(folder, name);
  const short = relative(process.cwd(), absolute);
  const path = short.length < absolute.length ? short : absolute;
  if (Buffer.byteLength(path) > longestPath) {
    throw new Error(`The path of the data folder ${resolve(folder)} is too long; choose one of at most 80 characters.`);
  }
  return path;
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((done, fail) => server.once('error', fail).listen(path, done));
}
