import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { Server, type Socket } from 'socket.io';
import type { BranchId } from '../domain/ids.ts';
import type { Ack, ClientToServerEvents, Problem, ServerToClientEvents, Welcome } from '../protocol/messages.ts';
import type { Door } from './door.ts';
import { every } from './every.ts';
import { FanOut } from './fan-out.ts';
import type { Hosts } from './hosts.ts';
import { CUSTOMER, type Caller } from './identity/caller.ts';
import type { Tokens } from './identity/tokens.ts';
import type { Clock } from './ports.ts';
import { badMessage, NOT_SIGNED_IN, STORE_AWAY } from './problems.ts';
import { RateLimit } from './rate-limit.ts';

const BEAT_MS = 5_000;
/** No proper message comes near this; a bigger one ends the connection before it is read. */
const MAX_MESSAGE_BYTES = 16 * 1024;

interface SocketData {
  /** As shown in the handshake. */
  token: string | undefined;
  /** Of the last hello. */
  branchId?: BranchId;
  room?: string;
  commands: RateLimit;
}
type Io = Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>;
type Client = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>;

export interface SocketDoorOptions {
  readonly httpServer: HttpServer;
  readonly door: Door;
  readonly hosts: Hosts;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly log: Logger;
  /** Commands per second of one connection. */
  readonly commandsPerSecond: number;
}

export interface SocketDoor {
  /** Connections that are open now. */
  readonly count: () => number;
  /** Disconnects everybody. */
  readonly close: () => Promise<void>;
}

/** The socket door: hello and command in; view, beat and profile out. */
export function openSocketDoor(options: SocketDoorOptions): SocketDoor {
  const { httpServer, door, hosts, tokens, clock, log, commandsPerSecond } = options;
  const io: Io = new Server(httpServer, {
    transports: ['websocket', 'polling'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
  });
  const fanOut = new FanOut({
    hosts,
    clock,
    log,
    sendView: (room, message) => io.to(room).emit('view', message),
    sendProfile: (branchId, profile) => io.to(branchRoom(branchId)).emit('profile', { profile }),
  });
  io.of('/').adapter.on('delete-room', (room: string) => {
    const branchId = branchOfViewRoom(room);
    if (branchId !== undefined) fanOut.left(branchId, room);
  });
  const endBeat = every(clock, BEAT_MS, (at) => io.emit('beat', { at }));

  const callerOf = ({ token }: SocketData): Promise<Caller | undefined> =>
    token === undefined ? Promise.resolve(CUSTOMER) : tokens.verify(token);

  async function hello(socket: Client, message: unknown): Promise<Welcome> {
    const asked = door.hello(message, await callerOf(socket.data));
    if (!asked.ok) return asked;
    const { branchId, audience } = asked.hello;
    const room = viewRoom(branchId, JSON.stringify(audience));
    // In the room before the view is made: a change in between is sent, not lost.
    leave(socket);
    fanOut.watch(branchId, room, audience);
    void socket.join([room, branchRoom(branchId)]);
    Object.assign(socket.data, { branchId, room });
    const welcome = await door.welcome(asked.hello);
    if (!welcome.ok && socket.data.room === room) leave(socket);
    return welcome;
  }

  async function command(socket: Client, message: unknown): Promise<Ack> {
    const wait = socket.data.commands.take();
    if (wait !== undefined) return { ok: false, problem: wait };
    const caller = await callerOf(socket.data);
    if (caller === undefined) return { ok: false, problem: NOT_SIGNED_IN };
    const branchId = caller.branchId ?? socket.data.branchId;
    if (branchId === undefined)
      return { ok: false, problem: badMessage('It is not known which branch this is for. Say hello first.') };
    return door.command(branchId, message, caller);
  }

  io.use((socket, next) => {
    socket.data.token = shownToken(socket.handshake.auth['token']);
    socket.data.commands = new RateLimit(clock, commandsPerSecond);
    next();
  });
  io.on('connection', (socket) => {
    socket.on('hello', (message, answer) => reply(answer, hello(socket, message)));
    socket.on('command', (message, answer) => reply(answer, command(socket, message)));
    socket.onAny((event: string, ...rest: unknown[]) => {
      if (event === 'hello' || event === 'command') return;
      const problem = badMessage(`There is no message "${event.slice(0, 40)}"; there are hello and command.`);
      reply(rest.at(-1), Promise.resolve({ ok: false, problem }));
    });
  });

  /** Who gave no way to answer gets none: that message is dropped after it was handled. */
  function reply<T extends { ok: true } | { ok: false }>(
    answer: unknown,
    result: Promise<T | { ok: false; problem: Problem }>,
  ): void {
    result
      .catch((error: unknown) => {
        log.error({ err: error }, 'a message could not be handled');
        return { ok: false, problem: STORE_AWAY } as const;
      })
      .then((message) => {
        if (isAnswer(answer)) answer(message);
      })
      .catch((error: unknown) => log.warn({ err: error }, 'an answer could not be sent'));
  }

  return {
    count: () => io.engine.clientsCount,
    close: async () => {
      endBeat();
      fanOut.stop();
      await io.close();
    },
  };
}

/** What is not a string is no token of ours: it is told so when it asks for something. */
function shownToken(token: unknown): string | undefined {
  if (token === undefined || token === null || token === '') return undefined;
  return typeof token === 'string' ? token : 'not a token';
}

function isAnswer(value: unknown): value is (message: unknown) => void {
  return typeof value === 'function';
}

function leave(socket: Client): void {
  for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room);
  delete socket.data.room;
}

const branchRoom = (branchId: BranchId) => `branch ${branchId}`;
const viewRoom = (branchId: BranchId, audience: string) => `view ${branchId} ${audience}`;
const branchOfViewRoom = (room: string) => /^view (\S+) /.exec(room)?.[1];
