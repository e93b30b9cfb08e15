import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';

/** Where a dragged thing is, and the drop target under it. */
export interface Drag<Item> {
  readonly item: Item;
  readonly x: number;
  readonly y: number;
  readonly over?: string;
}

const PRESS_MS = 250;
const MOVE_PX = 8;

/**
 * Drags one thing onto an element with `data-drop="<id>"`. A mouse lifts it by moving 8 px; a finger by a press of 250 ms,
 * so that a swipe still scrolls. Escape, or a drop elsewhere, cancels. Only ever an accelerator: tapping does the same.
 */
export function useTicketDrag<Item>(options: {
  readonly enabled: () => boolean;
  readonly drop: (item: Item, targetId: string) => void;
}): { drag: ShallowRef<Drag<Item> | undefined>; start: (item: Item, event: PointerEvent) => void } {
  const drag = shallowRef<Drag<Item>>();
  let stop: (() => void) | undefined;

  function start(item: Item, event: PointerEvent) {
    if (!options.enabled() || !event.isPrimary || event.button !== 0) return;
    stop?.();
    const origin = { x: event.clientX, y: event.clientY };
    const listening = new AbortController();
    const press = setTimeout(() => lift(origin.x, origin.y), PRESS_MS);
    const end = () => {
      clearTimeout(press);
      listening.abort();
      drag.value = undefined;
      stop = undefined;
    };
    stop = end;

    function lift(x: number, y: number) {
      clearTimeout(press);
      const over = targetAt(x, y);
      drag.value = { item, x, y, ...(over !== undefined && { over }) };
    }
    function moved(move: PointerEvent) {
      const far = Math.hypot(move.clientX - origin.x, move.clientY - origin.y) > MOVE_PX;
      if (drag.value || (far && move.pointerType !== 'touch')) lift(move.clientX, move.clientY);
      else if (far) end();
    }
    function released() {
      const { over } = drag.value ?? {};
      if (drag.value) swallowNextClick();
      end();
      if (over !== undefined) options.drop(item, over);
    }
    const { signal } = listening;
    window.addEventListener('pointermove', moved, { signal });
    window.addEventListener('pointerup', released, { signal });
    window.addEventListener('pointercancel', end, { signal });
    window.addEventListener('keydown', (key) => key.key === 'Escape' && end(), { signal });
    // A lifted ticket must neither scroll the page nor open the menu of a long press.
    window.addEventListener('touchmove', (touch) => drag.value && touch.preventDefault(), { signal, passive: false });
    window.addEventListener('contextmenu', (menu) => drag.value && menu.preventDefault(), { signal });
  }

  onScopeDispose(() => stop?.());
  return { drag, start };
}

function targetAt(x: number, y: number): string | undefined {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-drop]')?.dataset['drop'];
}

/** The click that the browser sends after a drop would open the ticket. */
function swallowNextClick() {
  const swallow = (click: Event) => click.stopPropagation();
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
}
