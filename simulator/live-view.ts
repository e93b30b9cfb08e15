import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Audience, View } from '../domain/views/views.ts';
import type { OutsideCommand } from '../protocol/commands.ts';
import type { Ack, ClientToServerEvents, ServerToClientEvents, ViewMessage, Welcome } from '../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import type { Pace } from './pace.ts';

const ANSWER_MS = 5_000;
const RETRY_MS = 2_000;

/** Who is shown views of this kind. */
export type AudienceOf<V extends View> = Extract<Audience, { kind: V['kind'] }>;

/** The socket door with one audience: the newest view, and commands. It comes back by itself after every cut. */
export class LiveView<V extends View> {
  readonly #socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  readonly #listeners = new Set<() => void>();
  #latest: ViewMessage | undefined;

  /** @param token asked for on every connect, because a server that was started anew may not know the old one */
  constructor(
    url: string,
    private readonly hello: { readonly branchId: string; readonly audience: AudienceOf<V> },
    token: () => Promise<string>,
    private readonly pace: Pace,
  ) {
    this.#socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelayMax: RETRY_MS,
      auth: (give) =>
        void token().then(
          (value) => give({ token: value }),
          () => undefined,
        ),
    });
    this.#socket.on('connect', () => this.#sayHello());
    this.#socket.on('view', (message) => this.#take(message));
    this.#socket.on('disconnect', (reason) => {
      this.#take(undefined);
      // Cut by the server: the client does not come back from that by itself.
      if (reason === 'io server disconnect') setTimeout(() => this.#connect(), RETRY_MS);
    });
    pace.signal.addEventListener('abort', () => {
      this.#socket.disconnect();
      this.#take(undefined);
    });
  }

  /** Undefined while there is no connection. */
  get view(): V | undefined {
    // The server answers an audience with its own kind of view.
    return this.#latest?.view as V | undefined;
  }

  /** Waits for the next view or the loss of the connection, at most so many minutes of the hall. */
  async change(minutes: number): Promise<void> {
    const before = this.view;
    await this.holds(minutes, (view) => view === before);
  }

  /** Waits so many minutes of the hall. @returns whether the view was `still` so all the time */
  async holds(minutes: number, still: (view: V | undefined) => boolean): Promise<boolean> {
    const isStill = () => still(this.view);
    if (!isStill()) return false;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#listeners.delete(check);
        resolve();
      };
      const check = () => {
        if (this.pace.signal.aborted || !isStill()) end();
      };
      const timer = setTimeout(end, this.pace.ms(minutes));
      this.#listeners.add(check);
    });
    this.pace.signal.throwIfAborted();
    return isStill();
  }

  /** Undefined when the server did not answer: whether it was done shows in the next view. */
  send(command: OutsideCommand): Promise<Ack | undefined> {
    if (!this.#socket.connected) return Promise.resolve(undefined);
    const message = { commandId: randomUUID(), command };
    return new Promise((resolve) => {
      this.#socket
        .timeout(ANSWER_MS)
        .emit('command', message, (error: Error | null, ack?: Ack) => resolve(error === null ? ack : undefined));
    });
  }

  #sayHello(): void {
    this.#socket
      .timeout(ANSWER_MS)
      .emit('hello', { protocol: PROTOCOL_VERSION, ...this.hello }, (error: Error | null, welcome?: Welcome) => {
        if (error === null && welcome?.ok) return this.#take(welcome);
        this.#socket.disconnect();
        setTimeout(() => this.#connect(), RETRY_MS);
      });
  }

  #connect(): void {
    if (!this.pace.signal.aborted) this.#socket.connect();
  }

  #take(message: ViewMessage | undefined): void {
    const known = this.#latest;
    const older = message && known && (message.version - known.version || message.at - known.at) < 0;
    if (older) return;
    this.#latest = message;
    for (const listener of this.#listeners) listener();
  }
}
