import { describe, expect, test } from '@jest/globals';
import { nextStage, type Stage } from '../../display/announce/stage.ts';
import type { DisplayCall } from '../../domain/views/views.ts';

const START = 1_000_000;

function call(callId: string, lastAt: number, times = 1): DisplayCall {
  return {
    callId,
    number: callId,
    segment: 'cash',
    counterId: 'c1',
    label: '1',
    zone: 'cash',
    at: lastAt,
    times,
    lastAt,
  };
}

/** What is shown at each second from the given calls on. */
function watch(stage: Stage, calls: readonly DisplayCall[], from: number, seconds: number): string[] {
  const seen: string[] = [];
  let current = stage;
  for (let second = 0; second <= seconds; second++) {
    current = nextStage(current, calls, from + second * 1000);
    seen.push(current.shown?.callId ?? '-');
  }
  return seen;
}

describe('the big panel of the display', () => {
  test('a page that was just opened shows the newest call and no older ones', () => {
    const stage = nextStage(undefined, [call('A001', START), call('A002', START + 1)], START + 2);
    expect(stage.shown?.callId).toBe('A002');
    expect(stage.waiting).toEqual([]);
  });

  test('a call keeps the panel for eight seconds', () => {
    const first = nextStage(undefined, [call('A001', START)], START);
    const seen = watch(first, [call('A001', START), call('A002', START + 1)], START, 9);
    expect(seen.lastIndexOf('A001')).toBe(7);
    expect(seen[8]).toBe('A002');
  });

  test('a call that comes later replaces an old one at once', () => {
    const first = nextStage(undefined, [call('A001', START)], START);
    const stage = nextStage(first, [call('A001', START), call('A002', START + 60_000)], START + 60_000);
    expect(stage.shown?.callId).toBe('A002');
  });

  test('what a page shows first does not keep a new call waiting', () => {
    const first = nextStage(undefined, [call('A001', START)], START + 30_000);
    const stage = nextStage(first, [call('A001', START), call('A002', START + 31_000)], START + 31_000);
    expect(stage.shown?.callId).toBe('A002');
  });

  test('several at once take turns, oldest first, and none is left out', () => {
    const first = nextStage(undefined, [call('A001', START)], START);
    const calls = ['A001', 'A004', 'A002', 'A003'].map((id) => call(id, START + Number(id.slice(1))));
    const seen = watch(first, calls, START, 30);
    expect([...new Set(seen)]).toEqual(['A001', 'A002', 'A003', 'A004']);
    expect(seen.filter((id) => id === 'A003').length).toBeGreaterThanOrEqual(4);
  });

  test('a recall of the call on the panel pulses again', () => {
    const first = nextStage(undefined, [call('A001', START)], START);
    const stage = nextStage(first, [call('A001', START + 20_000, 2)], START + 20_000);
    expect(stage.shown).toEqual({ callId: 'A001', times: 2, since: START + 20_000 });
  });

  test('a recall of an older call comes back on the panel', () => {
    const calls = [call('A001', START), call('A002', START + 1)];
    const first = nextStage(undefined, calls, START + 1);
    const stage = nextStage(first, [call('A001', START + 20_000, 2), call('A002', START + 1)], START + 20_000);
    expect(stage.shown?.callId).toBe('A001');
  });

  test('an undone call leaves the panel', () => {
    const first = nextStage(undefined, [call('A001', START), call('A002', START + 1)], START + 1);
    const stage = nextStage(first, [call('A001', START)], START + 1_000);
    expect(stage.shown?.callId).toBe('A001');
    expect(nextStage(stage, [], START + 2_000).shown).toBeUndefined();
  });
});
