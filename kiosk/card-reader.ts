import { onScopeDispose } from 'vue';

/** A reader types faster than any hand. */
const GAP_MS = 60;
const SHORTEST = 8;

/**
 * A card or code reader that pretends to be a keyboard: many keys in one breath, and Enter. Of a bank card's track only the number
 * is passed on.
 */
export function useCardReader(read: (value: string, isCard: boolean) => void): void {
  let typed = '';
  let last = 0;

  function key(event: KeyboardEvent): void {
    if (event.timeStamp - last > GAP_MS) typed = '';
    last = event.timeStamp;
    if (event.key.length === 1) typed += event.key;
    if (event.key !== 'Enter' || typed.length < SHORTEST) return;
    // Else the button that has the focus would take it for a press.
    event.preventDefault();
    event.stopPropagation();
    const value = typed;
    typed = '';
    const card = cardNumberIn(value);
    read(card ?? value, card !== undefined);
  }

  window.addEventListener('keydown', key, { capture: true });
  onScopeDispose(() => window.removeEventListener('keydown', key, { capture: true }));
}

/** `;6222020200112233445=2512…?` of a stripe, or the bare number of a chip. */
export function cardNumberIn(typed: string): string | undefined {
  return /^(?:%B|;)?(\d{12,19})(?:[=^?].*)?$/.exec(typed)?.[1];
}
