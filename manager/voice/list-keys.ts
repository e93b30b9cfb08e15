const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** Moves the focus to the next or the previous entry, unless somebody writes, chooses or means a shortcut of the browser. */
export function stepThrough(list: Element, event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const at = event.target as HTMLElement;
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  if (at.closest('input, textarea, select, dialog') !== null) return;
  const entries = [...list.querySelectorAll<HTMLElement>('button.entry')];
  const here = entries.findIndex((entry) => entry === at);
  const current = here < 0 ? entries.findIndex((entry) => entry.ariaCurrent === 'true') : here;
  const next = entries[Math.min(Math.max(current + step, 0), entries.length - 1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
