import { describe, expect, test } from '@jest/globals';
import { createKeyReader, digitOf, keyOf, mayBind, USUAL_KEYS, type KeyPress } from '../../counter-client/keys.ts';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  const plain = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, repeat: false, timeStamp: 0 };
  return { key, code: key, ...plain, ...more };
}

describe('the keys of the counter', () => {
  const read = createKeyReader(() => true);

  test.each([
    ['F2', 'primary'],
    ['F3', 'recall'],
    ['F4', 'no-show'],
    ['F6', 'transfer'],
    ['F7', 'hold'],
    ['F8', 'pause'],
    ['F9', 'start'],
  ])('%s is %s', (key, action) => {
    expect(read(press(key))).toBe(action);
  });

  test.each(['F1', 'F5', 'F11', 'F12'])('%s stays with the browser', (key) => {
    expect(read(press(key))).toBeUndefined();
  });

  test.each([
    ['Enter', 'NumpadEnter', 'primary'],
    ['*', 'NumpadMultiply', 'recall'],
    ['-', 'NumpadSubtract', 'no-show'],
    ['/', 'NumpadDivide', 'transfer'],
    ['.', 'NumpadDecimal', 'hold'],
    ['+', 'NumpadAdd', 'start'],
  ])('%s of the keypad is %s: %s', (key, code, action) => {
    expect(read(press(key, { code }))).toBe(action);
  });

  test('the same sign on the main keys is nothing', () => {
    expect(read(press('-', { code: 'Minus' }))).toBeUndefined();
    expect(read(press('Enter', { code: 'Enter' }))).toBeUndefined();
  });

  test('zero twice on the keypad is pause, once is nothing', () => {
    const zero = (timeStamp: number) => read(press('0', { code: 'Numpad0', timeStamp }));
    expect(zero(1_000)).toBeUndefined();
    expect(zero(1_300)).toBe('pause');
    expect(zero(1_400)).toBeUndefined();
    expect(zero(5_000)).toBeUndefined();
    read(press('/', { code: 'NumpadDivide', timeStamp: 5_100 }));
    expect(zero(5_200)).toBeUndefined();
    expect(zero(5_300)).toBe('pause');
  });

  test('a key that is held down counts once', () => {
    expect(read(press('F2', { repeat: true }))).toBeUndefined();
  });

  test('Ctrl K finds and Ctrl Z undoes; other keys with Ctrl stay with the browser', () => {
    expect(read(press('k', { ctrlKey: true }))).toBe('find');
    expect(read(press('Z', { ctrlKey: true }))).toBe('undo');
    expect(read(press('F4', { ctrlKey: true }))).toBeUndefined();
    expect(read(press('F4', { altKey: true }))).toBeUndefined();
  });

  test('keys that write a character can be turned off; function keys stay', () => {
    const quiet = createKeyReader(() => false);
    expect(quiet(press('?'))).toBeUndefined();
    expect(quiet(press('*', { code: 'NumpadMultiply' }))).toBeUndefined();
    expect(quiet(press('F3'))).toBe('recall');
  });

  test('a key can be given to another action, and then the old one is free', () => {
    const own = createKeyReader(
      () => true,
      () => ({ ...USUAL_KEYS, recall: ['F7', 'NumpadMultiply'], hold: ['y', 'NumpadDecimal'] }),
    );
    expect(own(press('F7'))).toBe('recall');
    expect(own(press('Y', { code: 'KeyY' }))).toBe('hold');
    expect(own(press('F3'))).toBeUndefined();
  });

  test.each(['F1', 'F5', 'F11', 'F12', 'Escape', 'Tab', 'Enter', '7', 'Numpad7', 'Ctrl+W'])(
    '%s cannot be taken from the browser or a dialog',
    (key) => {
      expect(mayBind(key)).toBe(false);
    },
  );
  test.each(['F2', 'F13', 'y', '+', 'NumpadAdd'])('%s can be chosen', (key) => {
    expect(mayBind(key)).toBe(true);
  });

  test('what cannot be bound has no name, and digits count with and without the lock of the keypad', () => {
    expect(keyOf(press('F4', { altKey: true }))).toBeUndefined();
    expect(digitOf(press('3', { code: 'Digit3' }))).toBe(3);
    expect(digitOf(press('PageDown', { code: 'Numpad3' }))).toBe(3);
    expect(digitOf(press('3', { code: 'Digit3', ctrlKey: true }))).toBeUndefined();
  });
});
