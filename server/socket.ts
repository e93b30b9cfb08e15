import type { Server as HttpServer } from 'node:http';
import type { Logger } from 'pino';
import { Server, type Socket } from 'socket.io';
import type { BranchId } from '../domain/ids.ts';
import type { SpeakerAnswer } from '../protocol/display.ts';
import {
  soundSchema,
  type Ack,
  type ClientToServerEvents,
  type Problem,
  type ServerToClientEvents,
  type ViewMessage,
  type Welcome,
} from '../protocol/messages.ts';
import { speakerOf } from './displays/speaker.ts';
import { parse, type Door } from './door.ts';
import { every } from './every.ts';
import { FanOut, type FanOutOptions } from './fan-out.ts';
import type { Hosts } from './hosts.ts';
import { CUSTOMER, type Caller } from './identity/caller.ts';
import type { Verifier } from './identity/caller-of.ts';
import type { Clock, Presence, PresentScreen } from './ports.ts';
import { badMessage, BUSY, NOT_SIGNED_IN, STORE_AWAY } from './problems.ts';
import { RateLimit } from './rate-limit.ts';
import { Reader } from './reader.ts';
import { isSameOrigin } from './same-origin.ts';

/** How long a connection may outlive its token, its session or its pairing. */
const CHECK_MS = 5_000;
/** No proper message comes near this; a bigger one ends the connection before it is read. */
const MAX_MESSAGE_BYTES = 16 * 1024;
/** A screen says hello when it connects, and when somebody looks at something else. */
const HELLOS_PER_SECOND = 20;
/** Of one connection, and not yet answered. */
const MAX_UNANSWERED = 1_000;
/** Whoever is connected and then says nothing of our protocol is let go after this. */
const SILENT_MS = 10_000;

interface SocketData {
  /** As shown in the handshake. */
  token: string | undefined;
  /** Of the last hello. */
  branchId?: BranchId;
  room?: string;
  /** How it is present. */
  screen?: PresentScreen;
  /** Ends its presence. */
  absent?: () => void;
  commands: RateLimit;
  hellos: RateLimit;
  reader: Reader;
  unanswered: number;
}
type Io = Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>;
type Client = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>;

export interface SocketDoorOptions {
  readonly httpServer: HttpServer;
  readonly door: Door;
  readonly hosts: Hosts;
  readonly tokens: Verifier;
  readonly presence: Presence;
  readonly clock: Clock;
  readonly log: Logger;
  /** Commands per second of one connection. */
  readonly commandsPerSecond: number;
  readonly viewSent?: FanOutOptions['sent'];
  readonly publicUrl?: string | undefined;
}

export interface SocketDoor {
  /** Connections that are open now. */
  readonly count: () => number;
  /** The connections by the kind of what they show; `none` for those that have not said it. */
  readonly screens: () => readonly {
    readonly kind: string;
    readonly connections: number;
    readonly oldestMs?: number;
  }[];
  /** Disconnects everybody. */
  readonly close: () => Promise<void>;
}

/** The socket door: hello, command and sound in; view, beat and profile out. */
export function openSocketDoor(options: SocketDoorOptions): SocketDoor {
  const { httpServer, door, hosts, tokens, presence, clock, log, commandsPerSecond } = options;
  const io: Io = new Server(httpServer, {
    transports: ['websocket', 'polling'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    connectTimeout: SILENT_MS,
    allowRequest: (request, decide) => decide(null, isSameOrigin(request)),
  });
  const fanOut = new FanOut({
    hosts,
    clock,
    log,
    sendView,
    sendBeat: (branchId, at) => io.to(branchRoom(branchId)).emit('beat', { at }),
    publicUrl: options.publicUrl,
    ...(options.viewSent && { sent: options.viewSent }),
    sendProfile: (branchId, profile) => io.to(branchRoom(branchId)).emit('profile', { profile }),
  });
  io.of('/').adapter.on('delete-room', (room: string) => {
    const branchId = branchOfViewRoom(room);
    if (branchId !== undefined) fanOut.left(branchId, room);
  });

  /** To everybody in the room at once, but to who is behind with reading only when it has read, and then only the newest. */
  function sendView(room: string, message: ViewMessage): void {
    const behind: string[] = [];
    for (const id of io.of('/').adapter.rooms.get(room) ?? []) {
      const socket = io.of('/').sockets.get(id);
      if (socket === undefined || !socket.data.reader.behind) continue;
      behind.push(id);
      socket.data.reader.whenRead(() => socket.data.room === room && socket.emit('view', message));
    }
    io.to(room).except(behind).emit('view', message);
  }

  const callerOf = ({ token }: SocketData): Promise<Caller | undefined> =>
    token === undefined ? Promise.resolve(CUSTOMER) : tokens.verify(token);

  async function hello(socket: Client, message: unknown): Promise<Welcome> {
    const caller = await callerOf(socket.data);
    const asked = door.hello(message, caller);
    if (!asked.ok) return asked;
    const { branchId, audience } = asked.hello;
    const room = viewRoom(branchId, JSON.stringify(audience));
    // In the room before the view is made: a change in between is sent, not lost.
    leave(socket);
    fanOut.watch(branchId, room, audience);
    void socket.join([room, branchRoom(branchId)]);
    Object.assign(socket.data, { branchId, room });
    const welcome = await door.welcome(asked.hello);
    // Another hello may have come meanwhile, or the end of the connection.
    if (socket.data.room !== room || !socket.connected) return welcome;
    if (!welcome.ok) leave(socket);
    else if (audience.kind !== 'ticket' && caller !== undefined) {
      const { kind, ...place } = audience;
      show(socket, branchId, { kind, actor: caller.actor, ...place, since: clock.now() });
    }
    return welcome;
  }

  function show({ data }: Client, branchId: BranchId, screen: PresentScreen): void {
    data.absent?.();
    data.absent = presence.arrived(branchId, screen);
    data.screen = screen;
  }

  async function command(socket: Client, message: unknown): Promise<Ack> {
    const caller = await callerOf(socket.data);
    if (caller === undefined) return { ok: false, problem: NOT_SIGNED_IN };
    const branchId = caller.branchId ?? socket.data.branchId;
    if (branchId === undefined)
      return { ok: false, problem: badMessage('It is not known which branch this is for. Say hello first.') };
    return door.command(branchId, message, caller);
  }

  async function sound(socket: Client, message: unknown): Promise<SpeakerAnswer | { ok: false; problem: Problem }> {
    const { branchId, screen } = socket.data;
    if (branchId === undefined || screen?.kind !== 'display')
      return { ok: false, problem: badMessage('Only a display has a sound to report. Say hello as one first.') };
    const report = parse(soundSchema, message);
    if (!report.ok) return report;
    const { sound: before } = screen;
    if (before?.state !== report.value.state || before.screen !== report.value.screen)
      show(socket, branchId, { ...screen, sound: report.value });
    const { screens } = await presence.screens(branchId);
    return { ok: true, speaks: speakerOf(screens, screen) === report.value.screen };
  }

  /** Whose session was ended, or who was revoked, sees nothing more. */
  const endChecks = every(clock, CHECK_MS, () => {
    for (const socket of io.sockets.sockets.values())
      void callerOf(socket.data).then(
        (caller) => caller === undefined && socket.disconnect(true),
        () => undefined,
      );
  });

  io.use((socket, next) => {
    socket.data.token = shownToken(socket.handshake.auth['token']);
    socket.data.commands = new RateLimit(clock, commandsPerSecond);
    socket.data.hellos = new RateLimit(clock, HELLOS_PER_SECOND);
    socket.data.reader = new Reader(socket.conn);
    socket.data.unanswered = 0;
    next();
  });
  io.on('connection', (socket) => {
    const { hellos, commands } = socket.data;
    socket.on('hello', (message, answer) => take(socket, hellos, answer, () => hello(socket, message)));
    socket.on('sound', (message, answer) => take(socket, hellos, answer, () => sound(socket, message)));
    socket.on('command', (message, answer) => take(socket, commands, answer, () => command(socket, message)));
    socket.on('disconnect', () => socket.data.absent?.());
    socket.onAny((event: string, ...rest: unknown[]) => {
      if (event === 'hello' || event === 'command' || event === 'sound') return;
      const problem = badMessage('There is no such message; there are hello, command and sound.');
      take(socket, commands, rest.at(-1), () => Promise.resolve({ ok: false, problem }));
    });
  });

  /** One message of a screen: at most so many in a second and at a time; who does not heed that, or reads no answer, is cut off. */
  function take<T extends { ok: true } | { ok: false }>(
    socket: Client,
    limit: RateLimit,
    answer: unknown,
    handle: () => Promise<T | { ok: false; problem: Problem }>,
  ): void {
    const { data } = socket;
    const tooMany = limit.take() ?? (data.unanswered >= MAX_UNANSWERED ? BUSY : undefined);
    if (limit.flooded || data.reader.lost) {
      socket.disconnect(true);
      // Who does not read would not answer the farewell either.
      socket.request.socket.destroy();
      return;
    }
    data.unanswered += 1;
    reply(
      answer,
      (tooMany === undefined ? handle() : Promise.resolve({ ok: false, problem: tooMany } as const)).finally(
        () => (data.unanswered -= 1),
      ),
    );
  }

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

  function connectionsOf(kind: string): number {
    let connections = 0;
    for (const [room, members] of io.of('/').adapter.rooms)
      if (kindOfViewRoom(room) === kind) connections += members.size;
    return connections;
  }

  return {
    count: () => io.engine.clientsCount,
    screens: () => {
      const ages = fanOut.ages();
      const kinds = [...ages].map(([kind, oldestMs]) => ({ kind, oldestMs, connections: connectionsOf(kind) }));
      const known = kinds.reduce((sum, { connections }) => sum + connections, 0);
      return [...kinds, { kind: 'none', connections: Math.max(0, io.engine.clientsCount - known) }];
    },
    close: async () => {
      endChecks();
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
  socket.data.absent?.();
  delete socket.data.absent;
  delete socket.data.screen;
}

const branchRoom = (branchId: BranchId) => `branch ${branchId}`;
const viewRoom = (branchId: BranchId, audience: string) => `view ${branchId} ${audience}`;
const kindOfViewRoom = (room: string) => /^view \S+ \{.*"kind":"(\w+)"/.exec(room)?.[1];
const branchOfViewRoom = (room: string) => /^view (\S+) /.exec(room)?.[1];
