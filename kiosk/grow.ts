const GROW_MS = 250;

/** The number comes out of the tile that was touched. Not where motion is unwanted. */
export function growFrom(element: HTMLElement, from: DOMRect): void {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const to = element.getBoundingClientRect();
  const across = from.x + from.width / 2 - (to.x + to.width / 2);
  const down = from.y + from.height / 2 - (to.y + to.height / 2);
  element.animate(
    [
      { transform: `translate(${across}px, ${down}px) scale(0.25)`, opacity: 0.2 },
      { transform: 'none', opacity: 1 },
    ],
    { duration: GROW_MS, easing: 'cubic-bezier(0.2, 0, 0, 1)' },
  );
}
