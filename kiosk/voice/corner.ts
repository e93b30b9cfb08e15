import { onScopeDispose } from 'vue';

const HOLD_MS = 2_000;
const CORNER_MM = 25;
/** A finger that rests is never quite still. */
const STILL_MM = 8;

/** The marked corner at the lower right: who cannot see the screen feels its edge, and holds there for two seconds. */
export function useCorner(held: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from: PointerEvent | undefined;
  const mm = (): number => parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm')) || 3;

  function down(event: PointerEvent): void {
    const reach = CORNER_MM * mm();
    if (window.innerWidth - event.clientX > reach || window.innerHeight - event.clientY > reach) return;
    from = event;
    timer = setTimeout(held, HOLD_MS);
  }
  function up(): void {
    clearTimeout(timer);
  }
  function move(event: PointerEvent): void {
    if (from !== undefined && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > STILL_MM * mm())
      up();
  }

  const listeners = { pointerdown: down, pointerup: up, pointercancel: up, pointermove: move } as const;
  for (const [type, listener] of Object.entries(listeners)) window.addEventListener(type, listener as EventListener);
  onScopeDispose(() => {
    up();
    for (const [type, listener] of Object.entries(listeners))
      window.removeEventListener(type, listener as EventListener);
  });
}
