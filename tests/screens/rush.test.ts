import { expect, test } from '@jest/globals';
import { createPlayer } from '../../display/announce/player.ts';
import { createAnnounceQueue } from '../../display/announce/queue.ts';
import { nextRecent, rowsToShow, SEEN_MS, type Recent } from '../../display/announce/recent.ts';
import { nextStage, type Stage } from '../../display/announce/stage.ts';
import { displayCall, TurnedClock, viewAt } from '../support/display-calls.ts';

const START = 1_000_000;
const CALLS = 200;
/** Two minutes. */
const RUSH_MS = 120_000;
const STEP_MS = 200;
const FEW = 5;

const never = () => new Promise<void>(() => {});

/** A display through the rush: what it spoke and what it showed, and when. */
async function liveThrough(soundCard: 'works' | 'broken') {
  const clock = new TurnedClock(START);
  const calls = Array.from({ length: CALLS }, (_, each) =>
    displayCall(`A${100 + each}`, START + 1 + (each * RUSH_MS) / CALLS),
  );
  const spoken: { key: string; at: number }[] = [];
  const stalled: string[] = [];
  const sound = (ms: number) => (soundCard === 'broken' ? never() : new Promise<void>((end) => clock.after(ms, end)));
  const player = createPlayer({
    chime: () => sound(1_200),
    spoken: () => Promise.resolve({ ms: 4_000, say: () => sound(4_000) }),
    sayTwice: () => true,
    lower: () => {},
  });
  const queue = createAnnounceQueue(
    {
      now: () => clock.now,
      after: clock.after,
      languages: () => ['zh-CN', 'en'],
      ...player,
      began: ({ callId, times }) => spoken.push({ key: `${callId}#${times}`, at: clock.now }),
      ended: ({ callId }, how) => how === 'stalled' && stalled.push(callId),
    },
    { since: START, keys: [] },
  );

  const shownMs = new Map<string, number>();
  const firstShown = new Map<string, number>();
  let stage: Stage | undefined = nextStage(undefined, [], START);
  let recent: Recent | undefined = nextRecent(undefined, [], START);
  let densest = 0;
  while (clock.now < START + RUSH_MS + 30_000) {
    const view = viewAt(calls, clock.now);
    stage = nextStage(stage, view, clock.now);
    recent = nextRecent(recent, view, clock.now);
    const rows = rowsToShow(recent, FEW, stage.shown?.callId, clock.now);
    densest = Math.max(densest, rows.calls.length);
    const seen = new Set([...rows.calls.map(({ callId }) => callId), ...(stage.shown ? [stage.shown.callId] : [])]);
    for (const callId of seen) {
      shownMs.set(callId, (shownMs.get(callId) ?? 0) + STEP_MS);
      if (!firstShown.has(callId)) firstShown.set(callId, clock.now);
    }
    queue.offer(view);
    await clock.turn(STEP_MS);
  }
  return { calls, spoken, stalled, shownMs, firstShown, densest };
}

test.each(['works', 'broken'] as const)(
  'D5 200 calls in two minutes, and the sound card %s: each is seen 8 s and at once, none is spoken twice or out of order',
  async (soundCard) => {
    const { calls, spoken, stalled, shownMs, firstShown, densest } = await liveThrough(soundCard);
    for (const { callId, lastAt } of calls) {
      expect([callId, shownMs.get(callId) ?? 0]).toEqual([callId, expect.any(Number)]);
      expect(shownMs.get(callId)).toBeGreaterThanOrEqual(SEEN_MS);
      // The picture never waits for the sound.
      expect((firstShown.get(callId) ?? Infinity) - lastAt).toBeLessThanOrEqual(STEP_MS);
    }
    expect(densest).toBeLessThanOrEqual(16);
    const keys = spoken.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const order = keys.map((key) => calls.findIndex(({ callId }) => key === `${callId}#1`));
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    // What is spoken is news still.
    for (const { key, at } of spoken)
      expect(at - (calls.find(({ callId }) => key === `${callId}#1`)?.lastAt ?? 0)).toBeLessThanOrEqual(45_000);
    expect(stalled.length).toBe(soundCard === 'broken' ? spoken.length - 1 : 0);
  },
);
