/** What a key asks for. The function keys are those of the key card; a cheap numeric keypad works as a caller. */
export type KeyAction =
  'primary' | 'recall' | 'no-show' | 'transfer' | 'hold' | 'pause' | 'start' | 'find' | 'undo' | 'more' | 'help';

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'repeat' | 'timeStamp'
>;

/** F1, F5, F11 and F12 stay with the browser. */
const FUNCTION_KEYS: Readonly<Record<string, KeyAction>> = {
  F2: 'primary',
  F3: 'recall',
  F4: 'no-show',
  F6: 'transfer',
  F7: 'hold',
  F8: 'pause',
  F9: 'start',
  F10: 'more',
};

const NUMPAD: Readonly<Record<string, KeyAction>> = {
  NumpadEnter: 'primary',
  NumpadMultiply: 'recall',
  NumpadSubtract: 'no-show',
  NumpadDivide: 'transfer',
  NumpadDecimal: 'hold',
  NumpadAdd: 'start',
};

const WITH_CONTROL: Readonly<Record<string, KeyAction>> = { k: 'find', z: 'undo' };

/** Keys that dialogs answer to, as they are printed on the keyboard. */
export const DIALOG_KEYS = { close: 'Esc', send: 'Enter' };

const DOUBLE_ZERO_MS = 600;

/** What is printed on a button for its action. */
export const BADGES: Readonly<Record<KeyAction, string>> = {
  primary: 'F2',
  recall: 'F3',
  'no-show': 'F4',
  transfer: 'F6',
  hold: 'F7',
  pause: 'F8',
  start: 'F9',
  more: 'F10',
  find: 'Ctrl K',
  undo: 'Ctrl Z',
  help: '?',
};

/** @param singleKeys whether keys that also write a character (the keypad's and `?`) count; a teller may turn them off */
export function createKeyReader(singleKeys: () => boolean): (press: KeyPress) => KeyAction | undefined {
  let zeroAt = Number.NEGATIVE_INFINITY;

  function single(press: KeyPress): KeyAction | undefined {
    if (press.code === 'Numpad0') {
      const twice = press.timeStamp - zeroAt < DOUBLE_ZERO_MS;
      zeroAt = twice ? Number.NEGATIVE_INFINITY : press.timeStamp;
      return twice ? 'pause' : undefined;
    }
    return press.key === '?' ? 'help' : NUMPAD[press.code];
  }

  return (press) => {
    if (press.repeat || press.altKey || press.metaKey) return undefined;
    if (press.ctrlKey) return press.shiftKey ? undefined : WITH_CONTROL[press.key.toLowerCase()];
    const fixed = press.shiftKey ? undefined : FUNCTION_KEYS[press.key];
    return fixed ?? (singleKeys() ? single(press) : undefined);
  };
}

/** True where a key means a letter for a field, not an action. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=radio], [type=checkbox]), select, textarea');
}
