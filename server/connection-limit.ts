import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';

/** Refused before anything is read, so that it costs next to nothing. */
const FULL = [
  'HTTP/1.1 503 Service Unavailable',
  'Retry-After: 5',
  'Content-Type: text/plain',
  'Connection: close',
  '',
  'Too many connections from this address. Close some, and try again.\n',
].join('\r\n');

/** At most so many open connections from one address, and together, whatever they send or do not send. */
export function limitConnections(
  server: Server,
  limits: { readonly perAddress: number; readonly together: number },
  log: Logger,
): void {
  const open = new Map<string, number>();
  let together = 0;
  let warned = false;
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const ofAddress = (open.get(address) ?? 0) + 1;
    if (ofAddress > limits.perAddress || together >= limits.together) {
      if (!warned) log.warn({ address, ofAddress, together }, 'too many connections; some are refused');
      warned = true;
      socket.on('error', () => socket.destroy());
      socket.end(FULL);
      socket.destroySoon();
      return;
    }
    open.set(address, ofAddress);
    together += 1;
    socket.once('close', () => {
      together -= 1;
      const left = (open.get(address) ?? 1) - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
      if (together < limits.together / 2) warned = false;
    });
  });
}
