import { createDecipheriv, createECDH, hkdfSync, randomBytes, type ECDH } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { importJWK, jwtVerify } from 'jose';

/** A notice as the browser reads it, and what the push service saw of it. */
export interface Received {
  readonly notice: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Who signed: `sub` of VAPID, and the key. */
  readonly contact: unknown;
  readonly key: string;
}

/** A push service with its browsers: it checks who sends (RFC 8292) and reads what only the browser can (RFC 8291). */
export class FakePushService {
  readonly received: Received[] = [];
  /** Of the next answers; then 201 again. */
  readonly answers: number[] = [];
  readonly #browsers = new Map<string, { readonly ecdh: ECDH; readonly auth: Buffer }>();

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async open(): Promise<FakePushService> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const service = new FakePushService(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => void service.#take(request, response));
    return service;
  }

  /** What `pushManager.subscribe` gives. */
  subscribe(): { readonly endpoint: string; readonly keys: { readonly p256dh: string; readonly auth: string } } {
    const ecdh = createECDH('prime256v1');
    const [p256dh, auth, id] = [ecdh.generateKeys(), randomBytes(16), randomBytes(12).toString('base64url')];
    this.#browsers.set(`/${id}`, { ecdh, auth });
    const keys = { p256dh: p256dh.toString('base64url'), auth: auth.toString('base64url') };
    return { endpoint: `${this.origin}/${id}`, keys };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const status = this.answers.shift() ?? 201;
    const browser = this.#browsers.get(request.url ?? '');
    if (status === 201 && browser !== undefined) {
      const [, token = '', key = ''] = /^vapid t=(\S+), k=(\S+)$/.exec(request.headers.authorization ?? '') ?? [];
      const point = Buffer.from(key, 'base64url');
      const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
      const verifier = await importJWK({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256');
      const { payload } = await jwtVerify(token, verifier, { audience: this.origin });
      const notice: unknown = JSON.parse(opened(Buffer.concat(chunks), browser));
      this.received.push({ notice, headers: request.headers, contact: payload.sub, key });
    }
    response.writeHead(browser === undefined ? 404 : status).end();
  }
}

/** RFC 8291 and the one record of RFC 8188. */
function opened(body: Buffer, { ecdh, auth }: { readonly ecdh: ECDH; readonly auth: Buffer }): string {
  const salt = body.subarray(0, 16);
  const sender = body.subarray(21, 21 + (body[20] ?? 0));
  const sealed = body.subarray(21 + sender.length);
  const derived = (key: Uint8Array, with_: Uint8Array, info: string | Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', key, with_, info, length));
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender]);
  const secret = derived(ecdh.computeSecret(sender), auth, info, 32);
  const key = derived(secret, salt, 'Content-Encoding: aes128gcm\0', 16);
  const nonce = derived(secret, salt, 'Content-Encoding: nonce\0', 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return text.subarray(0, text.lastIndexOf(2)).toString();
}
