import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Manner = 'good' | 'silent' | 'dripping' | 'failing' | 'page' | 'nonsense' | 'huge' | 'elsewhere' | 'cut';

/** The bank's system as it is on good and on bad days. */
export class FakeDirectory {
  manner: Manner = 'good';
  asked = 0;
  #drips = new Set<NodeJS.Timeout>();
  readonly #people: Readonly<Record<string, object>>;
  readonly #server = createServer((request, response) => {
    this.asked += 1;
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => this.#answer(body, response));
  });

  private constructor(people: Readonly<Record<string, object>>) {
    this.#people = people;
  }

  /** @param people by the value that is asked for */
  static async start(people: Readonly<Record<string, object>>): Promise<FakeDirectory> {
    const directory = new FakeDirectory(people);
    directory.#server.listen(0, '127.0.0.1');
    await once(directory.#server, 'listening');
    return directory;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/customers`;
  }

  async stop(): Promise<void> {
    for (const drip of this.#drips) clearInterval(drip);
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(body: string, response: ServerResponse): void {
    const json = (value: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    switch (this.manner) {
      case 'good': {
        const person = this.#people[(JSON.parse(body) as { value: string }).value];
        if (person === undefined) response.statusCode = 404;
        return void json(person ?? {});
      }
      case 'silent':
        return;
      case 'dripping': {
        response.write('{"tier":"');
        this.#drips.add(setInterval(() => response.write('g'), 50));
        return;
      }
      case 'failing':
        response.statusCode = 500;
        return void json({ error: `no ${body}` });
      case 'page':
        return void response.setHeader('content-type', 'text/html').end('<h1>Please sign in</h1>');
      case 'nonsense':
        return void json({ tier: { name: ['gold'] }, careNeeds: 'many' });
      case 'huge':
        return void response.end(`{"tier":"${'g'.repeat(200_000)}"}`);
      case 'elsewhere':
        response.statusCode = 307;
        return void response.setHeader('location', 'http://127.0.0.1:9/').end();
      case 'cut':
        return void response.destroy();
    }
  }
}
