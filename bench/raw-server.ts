import { createServer } from 'node:http';
import express from 'express';
import { Server } from 'socket.io';

/**
 * What the frameworks do by themselves, to be measured beside the hall: the same message in, an answer of the same size out, and
 * nothing in between. Also a broadcast of given bytes to all connections.
 */

/** As long as the usual answer of the hall. */
const ANSWER = {
  ok: true,
  version: 12_345,
  answer: {
    called: { ticketId: '0123456789abcdefghijkl', number: 'B0123', callId: '0123456789abcdefghijkl', counterId: 'c1' },
  },
};

const app = express();
app.disable('x-powered-by');
app.set('etag', false);
app.post('/api/branches/:branchId/commands', express.json(), (_request, response) => void response.json(ANSWER));

const server = createServer(app);
const io = new Server(server, { transports: ['websocket', 'polling'], serveClient: false, perMessageDeflate: false });
io.on('connection', (socket) => {
  socket.on('command', (_message: unknown, answer: (ack: unknown) => void) => answer(ANSWER));
  // The given number of bytes, to everybody.
  socket.on('broadcast', ({ bytes, round }: { bytes: number; round: number }, answer: (ack: unknown) => void) => {
    io.emit('view', { round, view: 'x'.repeat(Math.max(0, bytes - 40)) });
    answer(ANSWER);
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
// The bench is gone, however it ended.
process.on('disconnect', () => process.exit());
