import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/**
 * Senders that cost little, so that the server is measured and not they: Socket.IO over a WebSocket, and HTTP with keep-alive,
 * both written by hand for exactly what the bench needs. One message is under way at a time.
 */
export interface Sender {
  /** The body is JSON. @returns the answer, JSON too */
  ask(body: string): Promise<string>;
  close(): void;
}

/** @param url `http://127.0.0.1:4600` @param see is shown each event that the server sends, as JSON */
export async function socketSender(
  url: string,
  token: string | undefined,
  see?: (event: string) => void,
): Promise<SocketSender> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  );
  const sender = new SocketSender(socket, see);
  await sender.handshake(token);
  return sender;
}

export class SocketSender implements Sender {
  #unread: Buffer = Buffer.alloc(0);
  #upgraded = false;
  #token: string | undefined;
  #answer: ((answer: string) => void) | undefined;
  #connected: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly see?: (event: string) => void,
  ) {
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', (error) => this.#connected?.reject(error));
    socket.on('close', () => this.#connected?.reject(new Error('the server closed the connection')));
  }

  /** Resolves when the server has let it in. */
  handshake(token: string | undefined): Promise<void> {
    this.#token = token;
    return new Promise((resolve, reject) => {
      this.#connected = { resolve, reject };
    });
  }

  ask(body: string): Promise<string> {
    return this.emit('command', body);
  }

  emit(event: string, body: string): Promise<string> {
    return new Promise((answer) => {
      this.#answer = answer;
      this.#send(`421["${event}",${body}]`);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  /** A masked frame, with a mask of zeros: allowed, and free. */
  #send(text: string): void {
    const length = Buffer.byteLength(text);
    const long = length > 125;
    const frame = Buffer.alloc((long ? 8 : 6) + length);
    frame[0] = 0x81;
    frame[1] = 0x80 | (long ? 126 : length);
    if (long) frame.writeUInt16BE(length, 2);
    frame.write(text, long ? 8 : 6);
    this.socket.write(frame);
  }

  #read(chunk: Buffer): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    if (!this.#upgraded) {
      const end = this.#unread.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.#upgraded = true;
      this.#unread = this.#unread.subarray(end + 4);
    }
    for (let frame = this.#frame(); frame !== undefined; frame = this.#frame()) this.#take(frame);
  }

  #frame(): string | undefined {
    const bytes = this.#unread;
    if (bytes.length < 2) return undefined;
    const short = (bytes[1] ?? 0) & 0x7f;
    const head = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (bytes.length < head) return undefined;
    const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
    if (bytes.length < head + length) return undefined;
    this.#unread = bytes.subarray(head + length);
    return bytes.toString('utf8', head, head + length);
  }

  /** Engine.IO and Socket.IO: open, connected, ping, acknowledgement, event. */
  #take(frame: string): void {
    if (frame.startsWith('43')) this.#answer?.(frame.slice(frame.indexOf('[') + 1, -1));
    else if (frame.startsWith('42')) this.see?.(frame);
    else if (frame === '2') this.#send('3');
    else if (frame.startsWith('0'))
      this.#send(`40${this.#token === undefined ? '' : JSON.stringify({ token: this.#token })}`);
    else if (frame.startsWith('40')) this.#connected?.resolve();
  }
}

/** POSTs to one address over one connection. */
export function httpSender(address: string, token: string | undefined): Promise<Sender> {
  const { hostname, port, pathname } = new URL(address);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  const head =
    `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\n` +
    (token === undefined ? '' : `Authorization: Bearer ${token}\r\n`);
  let answer: ((body: string) => void) | undefined;
  let unread = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    unread += chunk;
    const end = unread.indexOf('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(unread)?.[1]);
    if (end < 0 || unread.length < end + 4 + length) return;
    const body = unread.slice(end + 4);
    unread = '';
    answer?.(body);
  });
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () =>
      resolve({
        ask: (body) =>
          new Promise((answered) => {
            answer = answered;
            socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
          }),
        close: () => socket.destroy(),
      }),
    );
  });
}
