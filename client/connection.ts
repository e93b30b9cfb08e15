import { io, type Socket } from 'socket.io-client';
import type { Audience, BranchProfile } from '../domain/views/views.ts';
import type { OutsideCommand } from '../protocol/commands.ts';
import type {
  Ack,
  ClientToServerEvents,
  Problem,
  ServerToClientEvents,
  SoundReport,
  ViewMessage,
  Welcome,
} from '../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';

/** One live line to one branch, without any screen: screens use it through `useBranch`, bots as it is. */

const ACK_MS = 3_000;
/** Longer than this for a connection attempt, or without a beat, and the line is taken for dead: a cut cable says nothing. */
const DEAD_MS = { connecting: 5_000, silent: 15_000 };
const RETRY_MS = { first: 500, longest: 4_000 };
/** Worth saying hello again: the server will be able to answer soon. */
const PASSING: readonly Problem['code'][] = ['busy', 'too-fast', 'store-away', 'shutting-down'];

export type SendResult =
  | Ack
  /** Not connected: nothing was sent, and nothing will be. */
  | { readonly ok: false; readonly unsent: true }
  /** Sent, and no answer. Send again with this `commandId`: if it was done after all, the answer is the same. */
  | { readonly ok: false; readonly unconfirmed: true; readonly commandId: string };

export interface ConnectionOptions {
  /** Origin of the server; absent in a browser: where the page came from. */
  readonly url?: string;
  readonly branchId: string;
  readonly audience: Audience;
  /** Asked anew before each connect; while it gives none, the line stays shut. Absent for a phone, which needs none. */
  readonly token?: (() => string | undefined) | undefined;
  readonly onView: (message: ViewMessage) => void;
  readonly onProfile: (profile: BranchProfile) => void;
  /** A sign of life that makes what is shown current: `at` is the server's clock. */
  readonly onAlive: (at: number) => void;
  /** `undefined` when a hello was accepted. */
  readonly onProblem: (problem: Problem | undefined) => void;
  /** How many times it tried since it was last connected; 0 when connected. */
  readonly onAttempt?: (attempts: number) => void;
}

export interface Connection {
  /** True after the server accepted the hello: commands may be sent. */
  readonly ready: () => boolean;
  /** Makes an id, or takes that of an unconfirmed command; retries the same id once. Never queues while not connected. */
  readonly send: (command: OutsideCommand, commandId?: string) => Promise<SendResult>;
  /** Of a display: how its sound is. @returns whether it is the one that speaks; undefined when no answer came */
  readonly sound: (report: SoundReport) => Promise<boolean | undefined>;
  readonly lookAt: (audience: Audience) => void;
  /** Connects again, with the token of now. */
  readonly reconnect: () => void;
  readonly close: () => void;
}

/** A random UUID of version 4. (`crypto.randomUUID` is missing on a page that came over plain http.) */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** @throws when no answer comes in time, or the line breaks */
function answered<T>(ask: (answer: (error: Error | null, result: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => ask((error, result) => (error === null ? resolve(result) : reject(error))));
}

/** Connects as soon as it may, and again for ever whenever the line is lost, until `close`. */
export function connect(options: ConnectionOptions): Connection {
  let audience = options.audience;
  let shownVersion: number | undefined;
  /** What a message must be newer than. */
  let newest: { version: number; at: number; day?: string } | undefined;
  let welcomed = false;
  let attempts = 0;
  let again: ReturnType<typeof setTimeout> | undefined;
  let hellos = 0;
  let heardAt = 0;

  const socketOptions = {
    forceNew: true,
    autoConnect: options.token === undefined || options.token() !== undefined,
    reconnectionDelay: RETRY_MS.first,
    reconnectionDelayMax: RETRY_MS.longest,
    timeout: DEAD_MS.connecting,
    transports: ['websocket', 'polling'],
    // For a proxy before several servers: a branch's screens come to the same one. The server itself asks the hello.
    query: { branch: options.branchId },
    auth: (give: (data: object) => void) => {
      const token = options.token?.();
      give(token === undefined ? {} : { token });
    },
  };
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> =
    options.url === undefined ? io(socketOptions) : io(options.url, socketOptions);

  function take(message: ViewMessage): void {
    const day = 'day' in message.view ? message.view.day : undefined;
    // Versions start again each business day.
    const nextDay = day !== undefined && newest?.day !== undefined && day > newest.day;
    if (newest !== undefined && !nextDay) {
      if (message.version < newest.version) return;
      if (message.version === newest.version && message.at < newest.at) return;
    }
    newest = { version: message.version, at: message.at, ...(day === undefined ? {} : { day }) };
    shownVersion = message.version;
    options.onView(message);
  }

  function laterBy(retry: () => void): void {
    clearTimeout(again);
    again = setTimeout(retry, Math.min(RETRY_MS.first * 2 ** Math.min(attempts, 6), RETRY_MS.longest));
  }

  async function hello(): Promise<void> {
    const mine = ++hellos;
    try {
      const message = {
        ...{ protocol: PROTOCOL_VERSION, branchId: options.branchId, audience },
        ...(shownVersion === undefined ? {} : { lastVersion: shownVersion }),
      };
      const welcome = await answered<Welcome>((answer) => socket.timeout(ACK_MS).emit('hello', message, answer));
      if (mine !== hellos) return;
      if (!welcome.ok) {
        options.onProblem(welcome.problem);
        if (PASSING.includes(welcome.problem.code)) retryHello();
        return;
      }
      welcomed = true;
      heardAt = Date.now();
      attempts = 0;
      options.onAttempt?.(0);
      options.onProblem(undefined);
      options.onProfile(welcome.profile);
      take(welcome);
      options.onAlive(welcome.at);
    } catch {
      if (mine === hellos && socket.connected) retryHello();
    }
  }

  function retryHello(): void {
    options.onAttempt?.(++attempts);
    laterBy(() => void hello());
  }

  socket.on('connect', () => {
    // Another process, or a restarted one, may answer now: its word is the newest there is.
    newest = undefined;
    void hello();
  });
  socket.on('disconnect', (reason) => {
    welcomed = false;
    hellos++;
    // The client library does not come back by itself from this one.
    if (reason === 'io server disconnect') laterBy(() => socket.connect());
  });
  socket.on('connect_error', (error: Error & { data?: Problem }) => {
    options.onAttempt?.(++attempts);
    if (error.data?.code !== undefined) options.onProblem(error.data);
    if (!socket.active) laterBy(() => socket.connect());
  });
  socket.on('view', (message) => {
    take(message);
    if (welcomed) options.onAlive(message.at);
  });
  socket.on('beat', ({ at }) => {
    if (welcomed) options.onAlive(at);
  });
  socket.onAny(() => (heardAt = Date.now()));
  const watchdog = setInterval(() => {
    if (welcomed && Date.now() - heardAt > DEAD_MS.silent) reconnect();
  }, 1_000);
  socket.on('profile', ({ profile }) => {
    newest = undefined;
    options.onProfile(profile);
  });

  function reconnect(): void {
    socket.disconnect();
    if (options.token === undefined || options.token() !== undefined) socket.connect();
  }

  function connectedAgain(): Promise<boolean> {
    if (welcomed) return Promise.resolve(true);
    const until = Date.now() + ACK_MS;
    return new Promise((resolve) => {
      const look = setInterval(() => {
        if (!welcomed && Date.now() < until) return;
        clearInterval(look);
        resolve(welcomed);
      }, 100);
    });
  }

  async function send(command: OutsideCommand, commandId: string = newCommandId()): Promise<SendResult> {
    if (!welcomed || !socket.connected) return { ok: false, unsent: true };
    for (const attempt of [1, 2]) {
      if (attempt === 2 && !(await connectedAgain())) break;
      try {
        return await answered<Ack>((answer) => socket.timeout(ACK_MS).emit('command', { commandId, command }, answer));
      } catch {
        // No answer in time, or the line broke: the same id once more.
      }
    }
    return { ok: false, unconfirmed: true, commandId };
  }

  async function sound(report: SoundReport): Promise<boolean | undefined> {
    if (!welcomed || !socket.connected) return undefined;
    try {
      type Told = Parameters<Parameters<ClientToServerEvents['sound']>[1]>[0];
      const told = await answered<Told>((answer) => socket.timeout(ACK_MS).emit('sound', report, answer));
      return told.ok ? told.speaks : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    ready: () => welcomed,
    send,
    sound,
    lookAt(next) {
      audience = next;
      newest = undefined;
      shownVersion = undefined;
      if (socket.connected) void hello();
    },
    reconnect,
    close() {
      clearTimeout(again);
      clearInterval(watchdog);
      socket.close();
    },
  };
}
