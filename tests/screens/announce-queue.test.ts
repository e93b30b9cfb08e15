import { describe, expect, test } from '@jest/globals';
import {
  createAnnounceQueue,
  fullnessFor,
  type Announcement,
  type Fullness,
  type QueueMemory,
} from '../../display/announce/queue.ts';
import type { DisplayCall } from '../../domain/views/views.ts';

const START = 1_000_000;
const PLAY_MS = 2_000;

function call(callId: string, lastAt: number, times = 1): DisplayCall {
  return {
    callId,
    number: callId,
    segment: 'cash',
    counterId: 'c1',
    label: '1',
    zone: 'cash',
    at: START,
    times,
    lastAt,
  };
}

/** An announcer with a clock that is turned by hand. `sound` says how each announcement goes. */
function bench(options: { memory?: QueueMemory; sound?: 'plays' | 'hangs' | 'fails' | 'throws' } = {}) {
  const sound = options.sound ?? 'plays';
  let now = START;
  let timers: { at: number; then: () => void }[] = [];
  const began: string[] = [];
  const modes: Fullness[] = [];
  const stalled: string[] = [];
  const items: Announcement[] = [];

  function after(ms: number, then: () => void): () => void {
    const timer = { at: now + ms, then };
    timers.push(timer);
    return () => (timers = timers.filter((one) => one !== timer));
  }
  const queue = createAnnounceQueue(
    {
      now: () => now,
      after,
      play() {
        if (sound === 'throws') throw new Error('no sound card');
        if (sound === 'fails') return Promise.reject(new Error('synthesis-failed'));
        return new Promise((resolve) => {
          if (sound === 'plays') after(PLAY_MS, resolve);
        });
      },
      expectedMs: () => PLAY_MS,
      languages: () => ['zh-CN', 'en'],
      prepare: () => {},
      began(item, fullness) {
        began.push(`${item.callId}#${item.times}`);
        modes.push(fullness);
        items.push(item);
      },
      ended(item, how) {
        if (how === 'stalled') stalled.push(item.callId);
      },
    },
    options.memory ?? { since: START - 1, keys: [] },
  );
  /** Turns the clock, and lets promises settle after each timer. */
  async function turn(ms: number): Promise<void> {
    const end = now + ms;
    await Promise.resolve();
    for (;;) {
      const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      timers = timers.filter((timer) => timer !== due);
      now = Math.max(now, due.at);
      due.then();
      for (let tick = 0; tick < 5; tick++) await Promise.resolve();
    }
    now = end;
    for (let tick = 0; tick < 5; tick++) await Promise.resolve();
  }
  return { queue, began, modes, stalled, items, turn };
}

describe('the queue of announcements', () => {
  test('says each call once, however often it is shown', async () => {
    const { queue, began, turn } = bench();
    const calls = [call('A001', START)];
    queue.offer(calls);
    queue.offer(calls);
    await turn(10_000);
    queue.offer(calls);
    await turn(10_000);
    expect(began).toEqual(['A001#1']);
  });

  test('says the oldest first, one at a time', async () => {
    const { queue, began, turn } = bench();
    queue.offer([call('A003', START + 3), call('A001', START + 1), call('A002', START + 2)]);
    expect(began).toEqual(['A001#1']);
    await turn(PLAY_MS);
    expect(began).toEqual(['A001#1', 'A002#1']);
    await turn(PLAY_MS);
    expect(began).toEqual(['A001#1', 'A002#1', 'A003#1']);
  });

  test('says a recall again, and replaces one that still waits', async () => {
    const { queue, began, turn } = bench();
    queue.offer([call('A001', START), call('A002', START + 1)]);
    queue.offer([call('A001', START), call('A002', START + 500, 2)]);
    await turn(30_000);
    queue.offer([call('A001', START + 30_000, 2), call('A002', START + 500, 2)]);
    await turn(10_000);
    expect(began).toEqual(['A001#1', 'A002#2', 'A001#2']);
  });

  test('gives what it says as a value of its own that nothing can change', () => {
    const { queue, items } = bench();
    queue.offer([call('A001', START)]);
    expect(Object.isFrozen(items[0])).toBe(true);
  });

  test('goes on after a sound that never ends, and says that it stalled', async () => {
    const { queue, began, stalled, turn } = bench({ sound: 'hangs' });
    queue.offer([call('A001', START), call('A002', START + 1)]);
    await turn(PLAY_MS + 2_999);
    expect(began).toEqual(['A001#1']);
    await turn(1);
    expect(began).toEqual(['A001#1', 'A002#1']);
    expect(stalled).toEqual(['A001']);
  });

  test.each(['fails', 'throws'] as const)('goes on after a sound that %s', async (sound) => {
    const { queue, began, turn } = bench({ sound });
    queue.offer([call('A001', START), call('A002', START + 1)]);
    await turn(1);
    expect(began).toEqual(['A001#1', 'A002#1']);
  });

  test('becomes shorter the longer the line is', async () => {
    expect([1, 2, 3, 5, 6, 20].map(fullnessFor)).toEqual(['full', 'full', 'short', 'short', 'number', 'number']);
    const { queue, modes, turn } = bench();
    queue.offer(Array.from({ length: 7 }, (_, index) => call(`A00${index}`, START + index)));
    await turn(7 * PLAY_MS);
    expect(modes).toEqual(['number', 'number', 'short', 'short', 'short', 'full', 'full']);
  });

  test('drops what is older than 45 seconds when its turn comes', async () => {
    const { queue, began, turn } = bench({ sound: 'hangs' });
    queue.offer(Array.from({ length: 12 }, (_, index) => call(`A${index}`, START + index)));
    await turn(120_000);
    expect(began).toEqual(Array.from({ length: 10 }, (_, index) => `A${index}#1`));
  });

  test('does not say a waiting call that was undone', async () => {
    const { queue, began, turn } = bench();
    queue.offer([call('A001', START), call('A002', START + 1)]);
    queue.offer([call('A001', START)]);
    await turn(20_000);
    expect(began).toEqual(['A001#1']);
  });

  test('says a call that a rush has pushed out of the view: it was not taken back', async () => {
    const { queue, began, turn } = bench();
    const calls = Array.from({ length: 23 }, (_, index) => call(`A${index}`, START + index));
    queue.offer(calls.slice(0, 2));
    queue.offer(calls.slice(3));
    await turn(PLAY_MS);
    expect(began).toEqual(['A0#1', 'A1#1']);
  });

  test('says nothing of before the page was opened', async () => {
    const { queue, began, turn } = bench({ memory: { since: START, keys: [] } });
    queue.offer([call('A001', START - 5_000), call('A002', START)]);
    await turn(10_000);
    expect(began).toEqual([]);
  });

  test('a reload says what was not said, even of the same millisecond, and nothing twice', async () => {
    const before = bench();
    before.queue.offer([call('A001', START)]);
    const after = bench({ memory: before.queue.memory() });
    after.queue.offer([call('A001', START), call('A002', START)]);
    await after.turn(10_000);
    expect(after.began).toEqual(['A002#1']);
  });

  test('forgets what waits when it is stopped', async () => {
    const { queue, began, turn } = bench();
    queue.offer([call('A001', START), call('A002', START + 1)]);
    queue.stop();
    await turn(10_000);
    expect(began).toEqual(['A001#1']);
  });
});
