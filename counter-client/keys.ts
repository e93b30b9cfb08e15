/** What a key asks for. The function keys are those of the key card; a cheap numeric keypad works as a caller. */
export const KEY_ACTIONS = [
  'primary',
  'recall',
  'no-show',
  'transfer',
  'hold',
  'pause',
  'start',
  'more',
  'find',
  'undo',
  'help',
] as const;
export type KeyAction = (typeof KEY_ACTIONS)[number];

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'repeat' | 'timeStamp'
>;

/** Which key does what: `F2`, `Ctrl+K`, `?`, `NumpadEnter`; `Numpad00` is its zero pressed twice. The first is printed on the button. */
export type Bindings = Readonly<Record<KeyAction, readonly string[]>>;

export const USUAL_KEYS: Bindings = {
  primary: ['F2', 'NumpadEnter'],
  recall: ['F3', 'NumpadMultiply'],
  'no-show': ['F4', 'NumpadSubtract'],
  transfer: ['F6', 'NumpadDivide'],
  hold: ['F7', 'NumpadDecimal'],
  pause: ['F8', 'Numpad00'],
  start: ['F9', 'NumpadAdd'],
  more: ['F10'],
  find: ['Ctrl+K'],
  undo: ['Ctrl+Z'],
  help: ['?'],
};

/** They stay with the browser, or with dialogs. */
const TAKEN = /^(F1|F5|F11|F12|Ctrl\+.|Escape|Tab|Enter| |\d|Numpad\d)$/;
/** One that also writes a character: a teller may turn those off. */
const WRITES = /^(Numpad|.$)/;
const DOUBLE_ZERO_MS = 600;

/** Keys that dialogs answer to, as they are printed on the keyboard. */
export const DIALOG_KEYS = { close: 'Esc', send: 'Enter' };

const ON_KEYPAD: Readonly<Record<string, string>> = {
  ...{ NumpadEnter: 'Enter', NumpadMultiply: '*', NumpadSubtract: '-', NumpadDivide: '/', NumpadDecimal: '.' },
  ...{ NumpadAdd: '+', Numpad00: '0 0' },
};

/** As it is printed on the key. */
export function printed(key: string): string {
  return ON_KEYPAD[key] ?? key.replace('+', ' ');
}

/** The key that was pressed, as it is bound; nothing for one that cannot be. */
export function keyOf({ key, code, ctrlKey, altKey, metaKey, shiftKey }: KeyPress): string | undefined {
  if (altKey || metaKey) return undefined;
  if (ctrlKey) return shiftKey || !/^[a-z]$/i.test(key) ? undefined : `Ctrl+${key.toUpperCase()}`;
  if (code.startsWith('Numpad')) return code;
  if (/^F\d+$/.test(key)) return shiftKey ? undefined : key;
  return key.length === 1 ? key.toLowerCase() : key;
}

/** Whether somebody may choose this key. */
export function mayBind(key: string): boolean {
  return !TAKEN.test(key) && (/^F\d+$/.test(key) || WRITES.test(key));
}

/** @param singleKeys whether keys that also write a character count; a teller may turn them off */
export function createKeyReader(
  singleKeys: () => boolean,
  bindings: () => Bindings = () => USUAL_KEYS,
): (press: KeyPress) => KeyAction | undefined {
  let zeroAt = Number.NEGATIVE_INFINITY;

  /** The keypad's zero counts when it is pressed twice. */
  function twice({ timeStamp }: KeyPress): string | undefined {
    const second = timeStamp - zeroAt < DOUBLE_ZERO_MS;
    zeroAt = second ? Number.NEGATIVE_INFINITY : timeStamp;
    return second ? 'Numpad00' : undefined;
  }

  return (press) => {
    if (press.repeat) return undefined;
    const pressed = keyOf(press);
    if (pressed === undefined || (!singleKeys() && WRITES.test(pressed))) return undefined;
    // With another key between them they are not one press.
    if (pressed !== 'Numpad0') zeroAt = Number.NEGATIVE_INFINITY;
    const key = pressed === 'Numpad0' ? twice(press) : pressed;
    return key === undefined ? undefined : KEY_ACTIONS.find((action) => bindings()[action].includes(key));
  };
}

/** True where a key means a letter for a field, not an action. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=radio], [type=checkbox]), select, textarea');
}

/** The digit of a press, on the main keys or on the keypad with or without its lock. */
export function digitOf({ code, ctrlKey, altKey, metaKey }: KeyPress): number | undefined {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  return digit === undefined || ctrlKey || altKey || metaKey ? undefined : Number(digit);
}
