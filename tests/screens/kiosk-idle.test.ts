import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { effectScope, ref } from 'vue';
import { useIdle } from '../../kiosk/use-idle.ts';

/** K8 to the second: 30 s of quiet (60 s in large type or with the voice), then 20 s to say "I am still here", as often as one likes. */
describe('K8 somebody walks away', () => {
  const listeners = new Map<string, () => void>();
  beforeEach(() => {
    jest.useFakeTimers();
    Object.assign(globalThis, {
      window: {
        addEventListener: (type: string, listener: () => void) => listeners.set(type, listener),
        removeEventListener: (type: string) => listeners.delete(type),
      },
    });
  });
  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(globalThis, 'window');
  });

  function started(quietSeconds = 30) {
    const used = ref(true);
    const gone = jest.fn();
    const scope = effectScope();
    const idle = scope.run(() => useIdle({ quietSeconds: () => quietSeconds, watching: () => used.value, gone }));
    if (idle === undefined) throw new Error('the scope is closed');
    return { idle, used, gone, scope };
  }
  const seconds = (count: number) => jest.advanceTimersByTime(count * 1_000);

  test.each([30, 60])('after %d s of quiet it asks, and counts down from 20', (quiet) => {
    const { idle, gone } = started(quiet);
    seconds(quiet - 1);
    expect(idle.left.value).toBeUndefined();
    seconds(1);
    expect(idle.left.value).toBe(20);
    seconds(19);
    expect(idle.left.value).toBe(1);
    expect(gone).not.toHaveBeenCalled();
    seconds(1);
    expect(gone).toHaveBeenCalledTimes(1);
    expect(idle.left.value).toBeUndefined();
  });

  test('every touch and key starts the quiet anew', () => {
    const { idle } = started();
    for (const type of ['pointerdown', 'keydown', 'pointerdown']) {
      seconds(29);
      listeners.get(type)?.();
    }
    seconds(29);
    expect(idle.left.value).toBeUndefined();
  });

  test('one answer extends it, as often as one likes; a stray touch does not hide the question', () => {
    const { idle, gone } = started();
    for (let time = 0; time < 12; time += 1) {
      seconds(45);
      listeners.get('pointerdown')?.();
      expect(idle.left.value).toBe(5);
      idle.stay();
      expect(idle.left.value).toBeUndefined();
    }
    expect(gone).not.toHaveBeenCalled();
  });

  test('nothing is asked while nobody has begun, and nothing after the end', () => {
    const { idle, used, gone, scope } = started();
    used.value = false;
    seconds(500);
    expect([idle.left.value, gone.mock.calls.length]).toEqual([undefined, 0]);
    used.value = true;
    scope.stop();
    seconds(500);
    expect(gone).not.toHaveBeenCalled();
  });
});
