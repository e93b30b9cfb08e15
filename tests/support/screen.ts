import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { Audience, BranchProfile, View } from '../../domain/views/views.ts';
import type { OutsideCommand } from '../../protocol/commands.ts';
import type { Ack, ClientToServerEvents, ServerToClientEvents, ViewMessage, Welcome } from '../../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';

const PATIENCE_MS = 10_000;

/** A screen at the socket door: the views that it got, in order, and the commands that it sends. */
export class Screen {
  /** Every view that it was sent, the welcome's first. */
  readonly views: ViewMessage[] = [];
  readonly profiles: BranchProfile[] = [];
  readonly beats: number[] = [];
  readonly #waiters = new Set<() => void>();

  constructor(readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>) {
    socket.on('view', (message) => this.#note(() => this.views.push(message)));
    socket.on('profile', ({ profile }) => this.#note(() => this.profiles.push(profile)));
    socket.on('beat', ({ at }) => this.#note(() => this.beats.push(at)));
  }

  static async connect(url: string, token?: unknown): Promise<Screen> {
    const socket: Screen['socket'] = io(url, {
      auth: { token },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return new Screen(socket);
  }

  static async open(url: string, branchId: string, audience: Audience, token?: string): Promise<Screen> {
    const screen = await Screen.connect(url, token);
    const welcome = await screen.hello({ protocol: PROTOCOL_VERSION, branchId, audience });
    if (!welcome.ok) throw new Error(`not welcome: ${JSON.stringify(welcome.problem)}`);
    screen.profiles.push(welcome.profile);
    screen.views.push(welcome);
    return screen;
  }

  hello(message: unknown): Promise<Welcome> {
    return this.socket.timeout(PATIENCE_MS).emitWithAck('hello', message as never);
  }

  send(command: OutsideCommand, commandId: string = randomUUID()): Promise<Ack> {
    return this.sendAnything({ commandId, command });
  }

  /** Whatever it is, also what no screen of ours would send. */
  sendAnything(message: unknown): Promise<Ack> {
    return this.socket.timeout(PATIENCE_MS).emitWithAck('command', message as never);
  }

  get version(): number {
    return this.views.at(-1)?.version ?? 0;
  }

  /** The latest view, which is of the kind asked for. */
  view<K extends View['kind']>(kind: K): Extract<View, { kind: K }> {
    const view = this.views.at(-1)?.view;
    if (view?.kind !== kind) throw new Error(`no ${kind} view, but ${view?.kind}`);
    return view as Extract<View, { kind: K }>;
  }

  /** Resolves as soon as `condition` holds, looking after each message. */
  until(condition: (screen: this) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!condition(this)) return;
        clearTimeout(late);
        this.#waiters.delete(check);
        resolve();
      };
      const late = setTimeout(() => {
        this.#waiters.delete(check);
        reject(new Error(`not in time: ${condition.toString()}; last view ${JSON.stringify(this.views.at(-1))}`));
      }, PATIENCE_MS);
      this.#waiters.add(check);
      check();
    });
  }

  close(): void {
    this.socket.disconnect();
  }

  #note(keep: () => void): void {
    keep();
    for (const check of [...this.#waiters]) check();
  }
}
