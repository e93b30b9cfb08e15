import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { until } from '../../support/until.ts';

/** A client at the socket door made of bare bytes, so that it can misbehave: not read, break off, send nonsense. */
export class BareClient {
  /** What came, frames and all. */
  heard = '';

  private constructor(readonly socket: Socket) {
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => (this.heard += bytes.toString()));
  }

  /** A line on which nothing was said yet. */
  static async dial(port: number): Promise<BareClient> {
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new BareClient(socket);
  }

  /** A web socket that has joined, with a token. */
  static async join(port: number, token: string): Promise<BareClient> {
    const client = await BareClient.dial(port);
    client.upgrade();
    // What is said before the server's first word is lost, and what is said before it lets us in ends the line.
    await until(() => client.heard.includes('0{"sid"') || client.gone);
    client.say(`40${JSON.stringify({ token })}`);
    await until(() => client.heard.includes('40{"sid"') || client.gone);
    return client;
  }

  upgrade(): void {
    const key = randomBytes(16).toString('base64');
    this.socket.write(
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: hall\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
  }

  /** One text frame, masked with zeros. */
  say(text: string): void {
    const body = Buffer.from(text);
    const long = body.length > 125;
    const head = Buffer.from([
      0x81,
      0x80 | (long ? 126 : body.length),
      ...(long ? [body.length >> 8, body.length & 255] : []),
    ]);
    if (!this.socket.destroyed) this.socket.write(Buffer.concat([head, Buffer.alloc(4), body]));
  }

  forget(): void {
    this.heard = '';
  }

  get gone(): boolean {
    return this.socket.destroyed;
  }
}
