import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body, as they came. */
  readonly data: string;
}

/** A mail server that keeps what it is given. It knows one name with one password, and no TLS. */
export class SmtpSink {
  readonly received: Received[] = [];
  /** What the next recipients are answered instead of yes. */
  readonly answers: string[] = [];
  readonly password = 'a good password';
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => void this.#talk(socket).catch(() => socket.destroy()));
  #port = 0;

  static async open(): Promise<SmtpSink> {
    const sink = new SmtpSink();
    await sink.back();
    return sink;
  }

  /** @param host by which name of this machine it is reached */
  url(host = '127.0.0.1'): string {
    return `smtp://lobbyflow@${host}:${this.#port}`;
  }

  /** It is there again, on the same port. */
  async back(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async away(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #talk(socket: Socket): Promise<void> {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {});
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 sink');
    let from = '';
    let to: string[] = [];
    let data: string[] | undefined;
    for await (const line of createInterface(socket)) {
      if (data !== undefined) {
        if (line !== '.') data.push(line.replace(/^\./, ''));
        else {
          this.received.push({ from, to, data: data.join('\r\n') });
          [data, to] = [undefined, []];
          say('250 kept');
        }
        continue;
      }
      const [, verb = '', rest = ''] = /^(\S+) ?(.*)$/.exec(line) ?? [];
      switch (verb.toUpperCase()) {
        case 'EHLO':
          say('250-sink');
          say('250 AUTH PLAIN');
          break;
        case 'AUTH':
          say(this.#knows(rest) ? '235 welcome' : '535 5.7.8 the name or the password is wrong');
          break;
        case 'MAIL':
          from = addressIn(rest);
          say('250 yes');
          break;
        case 'RCPT': {
          const answer = this.answers.shift();
          if (answer === undefined) to.push(addressIn(rest));
          say(answer ?? '250 yes');
          break;
        }
        case 'DATA':
          data = [];
          say('354 go on');
          break;
        case 'QUIT':
          socket.end('221 bye\r\n');
          break;
        default:
          // Also to STARTTLS.
          say('502 not here');
      }
    }
  }

  #knows(plain: string): boolean {
    const [, name, password] = Buffer.from(plain.replace(/^PLAIN /i, ''), 'base64')
      .toString()
      .split('\0');
    return name === 'lobbyflow' && password === this.password;
  }
}

function addressIn(rest: string): string {
  return /<([^>]*)>/.exec(rest)?.[1] ?? '';
}
