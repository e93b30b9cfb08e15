import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { inProcessBus } from '../../server/bus/in-process.ts';
import { redisBus } from '../../server/bus/redis.ts';
import type { Bus, BusMessage } from '../../server/ports.ts';
import type { Redis } from '../../server/redis/connection.ts';
import { until } from '../support/until.ts';
import { PrivateRedis } from '../support/redis.ts';

const log = pino({ level: 'silent' });
const message = (version: number): BusMessage => ({ branchId: 'b1', day: '2026-11-24', version });

const servers: PrivateRedis[] = [];
async function launch(): Promise<PrivateRedis> {
  const server = await PrivateRedis.launch();
  servers.push(server);
  return server;
}
afterAll(async () => {
  for (const server of servers) await server.stop();
});

interface Harness {
  /** Another process's bus, or the same one where there is only one process. */
  open(): Promise<Bus>;
  /** Resolves when all that was published before has been heard by who hears. */
  delivered(): Promise<unknown>;
}

function inProcess(): Promise<Harness> {
  const open = () => Promise.resolve(inProcessBus());
  const delivered = () => new Promise((resolve) => setImmediate(resolve));
  return Promise.resolve({ open, delivered });
}

/** Several processes on one Redis, each with lines of its own. */
async function onRedis(): Promise<Harness> {
  const server = await launch();
  const lines: Redis[] = [];
  const open = async () => {
    const line = server.line();
    lines.push(line);
    const bus = redisBus({ ...line, log });
    await until(() => bus.connected());
    return bus;
  };
  const marker = await open();
  let count = 1_000;
  const delivered = async () => {
    const expected = (count += 1);
    // One more message of each process: Redis gives each listener all of a line's messages in their order.
    let heard = 0;
    const leave = marker.subscribe(({ version }) => (heard += version === expected ? 1 : 0));
    const open = lines.filter(({ commands }) => commands.isReady);
    for (const { commands } of open)
      await commands.publish('lobbyflow:branches', JSON.stringify({ ...message(expected), branchId: 'marker' }));
    await until(() => heard === open.length);
    leave();
  };
  return { open, delivered };
}

describe.each([
  { name: 'in the process', find: inProcess },
  { name: 'on Redis', find: onRedis },
])('a bus: $name', ({ find }) => {
  let harness: Harness;
  const buses: Bus[] = [];
  const open = async () => {
    const bus = await harness.open();
    buses.push(bus);
    return bus;
  };
  const hear = (bus: Bus, heard: string[], name = '') =>
    bus.subscribe(({ branchId, version }) => {
      if (branchId === 'b1') heard.push(`${name}${version}`);
    });
  beforeAll(async () => void (harness = await find()));
  afterEach(async () => void (await Promise.all(buses.splice(0).map((bus) => bus.close()))));

  test('every listener hears every message, in order, and not within publish', async () => {
    const bus = await open();
    const heard: string[] = [];
    hear(bus, heard, 'one ');
    hear(bus, heard, 'two ');
    bus.publish(message(1));
    bus.publish(message(2));
    expect(heard).toEqual([]);
    await harness.delivered();
    expect(heard.filter((text) => text.startsWith('one'))).toEqual(['one 1', 'one 2']);
    expect(heard.filter((text) => text.startsWith('two'))).toEqual(['two 1', 'two 2']);
  });

  test('who has left hears nothing more, not even what is on its way', async () => {
    const bus = await open();
    const heard: string[] = [];
    const leave = hear(bus, heard);
    bus.publish(message(1));
    await harness.delivered();
    bus.publish(message(2));
    leave();
    bus.publish(message(3));
    await harness.delivered();
    expect(heard).toEqual(['1']);
  });

  test('one function may listen twice, and leaves once', async () => {
    const bus = await open();
    const heard: number[] = [];
    const listen = ({ branchId, version }: BusMessage) => void (branchId === 'b1' && heard.push(version));
    const leave = bus.subscribe(listen);
    bus.subscribe(listen);
    bus.publish(message(1));
    await harness.delivered();
    leave();
    bus.publish(message(2));
    await harness.delivered();
    expect(heard).toEqual([1, 1, 2]);
  });

  test('a closed bus is silent', async () => {
    const bus = await open();
    const heard: string[] = [];
    hear(bus, heard);
    await bus.close();
    bus.publish(message(1));
    await harness.delivered();
    expect(heard).toEqual([]);
  });
});

describe('the bus on Redis', () => {
  let server: PrivateRedis;
  const open = () => {
    const line = server.line();
    return { bus: redisBus({ ...line, log }), ...line };
  };
  beforeAll(async () => void (server = await launch()));

  test('brings what one process says to the others', async () => {
    const [one, two] = [open(), open()];
    const heard: BusMessage[] = [];
    two.bus.subscribe((said) => heard.push(said));
    await until(() => one.bus.connected() && two.bus.connected());
    one.bus.publish(message(7));
    await until(() => heard.length > 0);
    expect(heard).toEqual([message(7)]);
    await Promise.all([one.bus.close(), two.bus.close()]);
  });

  test('passes over what is no message, and takes one with more in it than is known today', async () => {
    const { bus, commands } = open();
    const heard: BusMessage[] = [];
    bus.subscribe((said) => heard.push(said));
    await until(() => bus.connected());
    const garbage = ['', '{', 'null', '[]', '{"branchId":"b1"}', '{"branchId":"b1","day":"today","version":1}'];
    const wrong = [
      { ...message(1), version: 0 },
      { ...message(1), version: '1' },
    ].map((each) => JSON.stringify(each));
    for (const text of [...garbage, ...wrong]) await commands.publish('lobbyflow:branches', text);
    await commands.publish('lobbyflow:branches', JSON.stringify({ ...message(8), events: [] }));
    await until(() => heard.length > 0);
    expect(heard).toEqual([message(8)]);
    await bus.close();
  });

  test('knows when it is deaf, publishes into the void meanwhile, and hears again by itself', async () => {
    const { bus } = open();
    const heard: BusMessage[] = [];
    bus.subscribe((said) => heard.push(said));
    await until(() => bus.connected());
    await server.kill();
    await until(() => !bus.connected());
    bus.publish(message(1));
    await server.start();
    await until(() => bus.connected());
    bus.publish(message(2));
    await until(() => heard.length > 0);
    expect(heard).toEqual([message(2)]);
    await bus.close();
  });

  test('a frozen Redis is a deaf bus, although its lines are open', async () => {
    const { bus, commands, subscriber } = open();
    await until(() => bus.connected());
    server.freeze();
    await until(() => !bus.connected());
    expect([commands.isReady, subscriber.isReady]).toEqual([true, true]);
    server.thaw();
    await until(() => bus.connected());
    await bus.close();
  });

  test('starts while Redis is away, and hears when it has come', async () => {
    const late = await PrivateRedis.planned();
    servers.push(late);
    const line = late.line();
    const bus = redisBus({ ...line, log });
    const heard: BusMessage[] = [];
    bus.subscribe((said) => heard.push(said));
    expect(bus.connected()).toBe(false);
    await late.start();
    await until(() => bus.connected());
    bus.publish(message(3));
    await until(() => heard.length > 0);
    await bus.close();
  });
});

test('a single process hears no other', () => {
  expect(inProcessBus().connected()).toBe(false);
});
