import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** So long a screen may take to say goodbye when the server is stopped. */
const GOODBYE_MS = 1_000;

/**
 * Waits for those who are connected to leave, and then not any longer: a screen that is frozen or cut off never answers, and must
 * not keep the server from closing its database in order.
 */
export function goodbye(server: Server): (leaving: Promise<void>) => Promise<void> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return async (leaving) => {
    const late = setTimeout(() => {
      for (const socket of open) socket.destroy();
    }, GOODBYE_MS);
    await leaving;
    clearTimeout(late);
  };
}
