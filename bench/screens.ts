import { socketSender, type SocketSender } from './wire.ts';

/** A process of screens that watch a hall, or a raw server, and one more who changes something. */

export type ScreensTask =
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly url: string;
      readonly count: number;
      /** Of the displays, and of who takes numbers; without them it is the raw server. */
      readonly token?: string;
      readonly sender?: string;
    }
  /** `bytes` for the raw server. */
  | { readonly kind: 'change'; readonly name: string; readonly bytes?: number }
  | { readonly kind: 'close'; readonly name: string };

class Audience {
  readonly screens: SocketSender[] = [];
  sender: SocketSender | undefined;
  #left = 0;
  #bytes = 0;
  #mark = '';
  #all: (() => void) | undefined;

  see(event: string): void {
    if (!event.startsWith('42["view"') || !event.includes(this.#mark)) return;
    this.#bytes = Buffer.byteLength(event);
    this.#left -= 1;
    if (this.#left === 0) this.#all?.();
  }

  /** Resolves when each screen has been sent a view with this mark in it. */
  async change(event: string, body: string, mark: string): Promise<{ readonly ms: number; readonly bytes: number }> {
    this.#mark = mark;
    this.#left = this.screens.length;
    const all = new Promise<void>((resolve) => (this.#all = resolve));
    const begin = performance.now();
    await Promise.all([this.sender?.emit(event, body), all]);
    return { ms: performance.now() - begin, bytes: this.#bytes };
  }
}

const audiences = new Map<string, Audience>();
let changes = 0;

async function open({ name, url, count, token, sender }: Extract<ScreensTask, { kind: 'open' }>): Promise<void> {
  const audience = new Audience();
  audiences.set(name, audience);
  for (let place = 0; place < count; place += 1) {
    const screen = await socketSender(url, token, (event) => audience.see(event));
    if (token !== undefined) await screen.emit('hello', hello);
    audience.screens.push(screen);
  }
  audience.sender = await socketSender(url, sender);
}

const hello = JSON.stringify({ protocol: 1, branchId: 'b1', audience: { kind: 'display' } });

/** Somebody takes a number: it changes how many wait, which every display shows. */
async function change(audience: Audience, bytes: number | undefined) {
  changes += 1;
  if (bytes !== undefined)
    return audience.change('broadcast', JSON.stringify({ bytes, round: changes }), `"round":${changes},`);
  const command = { type: 'TakeTicket', services: ['transfer'] };
  return audience.change('command', JSON.stringify({ commandId: crypto.randomUUID(), command }), '"version"');
}

async function act(task: ScreensTask): Promise<object> {
  const audience = audiences.get(task.name);
  if (task.kind === 'open') await open(task);
  else if (task.kind === 'change') return audience === undefined ? {} : change(audience, task.bytes);
  else for (const screen of [...(audience?.screens ?? []), audience?.sender]) screen?.close();
  return {};
}

process.on('message', (task: ScreensTask) => void act(task).then((answer) => process.send?.(answer)));
