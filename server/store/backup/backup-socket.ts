import { unlink } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Logger } from 'pino';
import { socketPath } from '../folder-lock.ts';

/**
 * How a running server is asked for a backup: by a socket in its data folder. Who may open it is what the folder's rights say,
 * and that is who could copy the files as well; nothing of it is in the network.
 */
const NAME = '.backup';

/** Whoever connects is sent one backup. Only the holder of the folder's lock may call this. */
export async function offerBackups(
  folder: string,
  send: (target: Writable) => Promise<void>,
  log: Logger,
): Promise<{ close(): Promise<void> }> {
  const path = socketPath(folder, NAME);
  // Left behind by one that was killed.
  await unlink(join(folder, NAME)).catch(() => undefined);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    send(socket).catch((error: unknown) => {
      log.error({ err: error }, 'a backup that was asked for could not be made');
      socket.destroy();
    });
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(path, done));
  server.unref();
  return {
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Asks the server that runs on this folder. @returns false when none runs; nothing was written then */
export async function askForBackup(folder: string, target: Writable): Promise<boolean> {
  const socket = createConnection(socketPath(folder, NAME));
  const connected = await new Promise<boolean>((answer, fail) => {
    socket.once('connect', () => answer(true));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') answer(false);
      else fail(error);
    });
  });
  if (connected) await pipeline(socket, target);
  return connected;
}
