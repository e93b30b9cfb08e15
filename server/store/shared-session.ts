import type { Exchange, FromWorker } from './embedded-messages.ts';
import { closeStatementMessage, framesOf, queryMessage } from './wire-frames.ts';

/**
 * PGlite has one session; a pool has many connections. This lets them share it: exchanges run one after the other, and a connection
 * that has opened a transaction keeps the session until the transaction ends, while the others wait.
 */
export class SharedSession {
  readonly #run: (bytes: Uint8Array) => Uint8Array;
  readonly #post: (message: FromWorker, transfer?: ArrayBuffer[]) => void;
  readonly #waiting: Exchange[] = [];
  #holder: number | undefined;

  constructor(run: (bytes: Uint8Array) => Uint8Array, post: (message: FromWorker, transfer?: ArrayBuffer[]) => void) {
    this.#run = run;
    this.#post = post;
  }

  accept(exchange: Exchange): void {
    this.#waiting.push(exchange);
    for (let next = this.#takeNext(); next; next = this.#takeNext()) this.#exchange(next);
  }

  #takeNext(): Exchange | undefined {
    if (this.#holder === undefined) return this.#waiting.shift();
    const index = this.#waiting.findIndex(({ connection }) => connection === this.#holder);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  #exchange({ connection, bytes }: Exchange): void {
    const request = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (request[0] === 'X'.charCodeAt(0)) {
      if (this.#holder === connection) this.#run(queryMessage('rollback'));
      if (this.#holder === connection) this.#holder = undefined;
      return;
    }
    const answer = this.#run(freshNames(request));
    const { status, notifications, fatal } = inspect(Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength));
    this.#post({ kind: 'answer', connection, bytes: answer });
    if (status === undefined || fatal) throw new Error(`The embedded database has failed. ${fatal ?? ''}`);
    this.#holder = status === 'I' ? undefined : connection;
    if (notifications.length > 0) this.#post({ kind: 'notify', bytes: Buffer.concat(notifications) });
  }
}

/** Each connection believes that the names of prepared statements are its own: preparing one takes over the name. */
function freshNames(request: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (const { type, start, end } of framesOf(request)) {
    const name = type === 'P' ? request.toString('utf8', start + 5, request.indexOf(0, start + 5)) : '';
    if (name !== '') parts.push(closeStatementMessage(name));
    parts.push(request.subarray(start, end));
  }
  return parts.length === 1 ? request : Buffer.concat(parts);
}

/** How the session stands after the answer (`I` idle, `T` or `E` in a transaction, nothing: it broke off), and what else was in it. */
function inspect(answer: Buffer): { status?: string; notifications: Buffer[]; fatal?: string } {
  const found: { status?: string; notifications: Buffer[]; fatal?: string } = { notifications: [] };
  for (const { type, start, end } of framesOf(answer)) {
    if (type === 'Z') found.status = String.fromCharCode(answer[start + 5] ?? 0);
    else if (type === 'A') found.notifications.push(answer.subarray(start, end));
    else if (type === 'E') {
      const text = answer.toString('utf8', start + 5, end).replaceAll('\0', ' ');
      if (/ V(PANIC|FATAL) /.test(text)) found.fatal = text;
    }
  }
  return found;
}
