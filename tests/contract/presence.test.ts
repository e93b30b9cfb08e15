import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Presence, PresentScreen } from '../../server/ports.ts';
import { presenceHere } from '../../server/presence/here.ts';
import { redisPresence } from '../../server/presence/redis.ts';
import type { Redis } from '../../server/redis/connection.ts';
import { PrivateRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const kiosk: PresentScreen = { kind: 'kiosk', actor: 'device:kiosk-1', since: 1_000 };
const counter: PresentScreen = { kind: 'counter', actor: 'staff:1001', counterId: 'c1', since: 2_000 };
const sound = { screen: 'by-the-door', state: 'chime' } as const;
const display: PresentScreen = { kind: 'display', actor: 'device:display', zone: 'hall', sound, since: 3_000 };

async function actors(presence: Presence, branchId: string): Promise<string[]> {
  return (await presence.screens(branchId)).screens.map(({ actor }) => actor).sort();
}

interface Harness {
  open(): Promise<Presence>;
  end(): Promise<void>;
}
const single = (): Promise<Harness> =>
  Promise.resolve({ open: () => Promise.resolve(presenceHere()), end: () => Promise.resolve() });

class OnRedis implements Harness {
  readonly lines: Redis[] = [];
  constructor(readonly server: PrivateRedis) {}

  static async launch(): Promise<OnRedis> {
    return new OnRedis(await PrivateRedis.launch());
  }

  async open(keptMs?: number): Promise<Presence> {
    const line = this.server.line();
    this.lines.push(line);
    const { commands } = line;
    await until(() => commands.isReady);
    return redisPresence({ commands, ...(keptMs !== undefined && { keptMs }) });
  }

  end(): Promise<void> {
    return this.server.stop();
  }
}

describe.each([
  { name: 'in one process', find: single },
  { name: 'on Redis', find: (): Promise<Harness> => OnRedis.launch() },
])('presence $name', ({ find }) => {
  let harness: Harness;
  let presence: Presence;
  beforeAll(async () => void (harness = await find()));
  afterEach(() => presence.close());
  afterAll(() => harness.end());

  test('who has arrived is there, as it is, until it leaves', async () => {
    presence = await harness.open();
    expect(await presence.screens('a')).toEqual({ screens: [], complete: true });
    const leave = presence.arrived('a', kiosk);
    presence.arrived('a', counter);
    presence.arrived('a', display);
    const { screens, complete } = await presence.screens('a');
    expect([...screens].sort((one, other) => one.since - other.since)).toEqual([kiosk, counter, display]);
    expect(complete).toBe(true);
    expect(presence.here()).toEqual({ kiosk: 1, display: 1, counter: 1, manager: 0, rating: 0 });
    leave();
    leave();
    expect(await actors(presence, 'a')).toEqual(['device:display', 'staff:1001']);
    expect(presence.here()).toMatchObject({ kiosk: 0, counter: 1 });
  });

  test('branches are apart, and two of a kind are two', async () => {
    presence = await harness.open();
    const leave = presence.arrived('x', kiosk);
    presence.arrived('x', kiosk);
    presence.arrived('y', counter);
    expect(await actors(presence, 'x')).toEqual(['device:kiosk-1', 'device:kiosk-1']);
    leave();
    expect(await actors(presence, 'x')).toEqual(['device:kiosk-1']);
    expect(await actors(presence, 'y')).toEqual(['staff:1001']);
  });
});

describe('presence of several processes', () => {
  let redis: OnRedis;
  beforeAll(async () => void (redis = await OnRedis.launch()));
  afterAll(() => redis.end());

  test('each sees the screens of all; those of a process that stops are gone at once', async () => {
    const [one, two] = [await redis.open(), await redis.open()];
    one.arrived('a', kiosk);
    const leave = two.arrived('a', counter);
    for (const each of [one, two])
      await until(async () => (await actors(each, 'a')).join() === 'device:kiosk-1,staff:1001');
    expect(one.here()).toMatchObject({ kiosk: 1, counter: 0 });
    leave();
    await until(async () => (await actors(one, 'a')).join() === 'device:kiosk-1');
    await one.close();
    await until(async () => (await actors(two, 'a')).length === 0);
    await two.close();
  });

  test('those of a process that was killed are gone after a while, and those of a living one stay', async () => {
    const keptMs = 300;
    const living = await redis.open(keptMs);
    const killed = await redis.open(keptMs);
    living.arrived('b', counter);
    killed.arrived('b', kiosk);
    await until(async () => (await actors(living, 'b')).length === 2);
    const began = performance.now();
    redis.lines.at(-1)?.close();
    await until(async () => (await actors(living, 'b')).join() === 'staff:1001');
    const other = await redis.open(keptMs);
    // Three times as long as anything is kept that nobody says again.
    await until(() => performance.now() - began > 3 * keptMs);
    expect(await actors(other, 'b')).toEqual(['staff:1001']);
    await Promise.all([living.close(), other.close()]);
  });

  test('without Redis each knows its own and says that it is not all; Redis comes back empty, and all is there again', async () => {
    const [one, two] = [await redis.open(), await redis.open()];
    one.arrived('c', kiosk);
    await redis.server.kill();
    await until(async () => !(await one.screens('c')).complete);
    two.arrived('c', counter);
    expect(await one.screens('c')).toEqual({ screens: [kiosk], complete: false });
    await redis.server.start();
    // Sooner than it is all said again anyway.
    for (const each of [one, two])
      await until(async () => (await actors(each, 'c')).join() === 'device:kiosk-1,staff:1001', 5_000);
    await Promise.all([one.close(), two.close()]);
  });

  test('a frozen Redis holds nobody up', async () => {
    const one = await redis.open();
    one.arrived('d', kiosk);
    redis.server.freeze();
    const began = performance.now();
    expect(await one.screens('d')).toEqual({ screens: [kiosk], complete: false });
    expect(performance.now() - began).toBeLessThan(3_000);
    redis.server.thaw();
    await one.close();
  });

  test('what somebody else wrote there is passed over', async () => {
    const one = await redis.open();
    const { commands } = redis.lines.at(-1) ?? {};
    await commands?.sAdd('lobbyflow:presence:e', 'strange');
    await commands?.hSet('lobbyflow:presence:e:strange', { a: '{', b: '{"kind":"robot"}', c: JSON.stringify(display) });
    expect(await one.screens('e')).toEqual({ screens: [display], complete: true });
    await one.close();
  });
});
