import { onScopeDispose } from 'vue';

/** Faster than this types no hand: it is the reader. */
const HAND_MS = 60;

/** What a tactile keypad under the screen does. Tab and Enter are the browser's own. */
export interface Keypad {
  readonly back: () => void;
  /** `*`: begins the voice, and says it again. */
  readonly star: () => void;
  readonly louder: () => void;
  readonly softer: () => void;
  /** Any key: who presses one has heard enough. */
  readonly any: () => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The whole kiosk by keys: arrows go from one to the next, Enter presses, Esc goes back. */
export function useKeypad(keypad: Keypad): void {
  let last = -Infinity;

  function key(event: KeyboardEvent): void {
    const byHand = event.timeStamp - last > HAND_MS;
    last = event.timeStamp;
    if (!byHand) return;
    keypad.any();
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      return moveFocus(step);
    }
    if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) keypad.back();
    else if (event.key === '*') keypad.star();
    else if (event.key === '+') keypad.louder();
    else if (event.key === '-') keypad.softer();
  }

  window.addEventListener('keydown', key);
  onScopeDispose(() => window.removeEventListener('keydown', key));
}

function moveFocus(step: number): void {
  const within = document.querySelector('dialog[open]') ?? document;
  const all = [...within.querySelectorAll<HTMLElement>('button:not(:disabled), a[href]')];
  const at = all.findIndex((each) => each === document.activeElement);
  const to = at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length;
  all[to]?.focus();
}
