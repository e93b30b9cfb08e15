const MM_PER_INCH = 25.4;
/** Narrower panels have no room for second lines: letters do not get smaller with the panel. */
const WIDE_MM = 320;
/** Common panels: a 32-inch standing kiosk, a 15.6-inch one on a table or a wall. */
const USUAL_INCHES = { portrait: 32, landscape: 15.6 };

/**
 * Sizes on a kiosk are in millimetres, for a finger and an eye do not care about pixels. Sets `--mm` (CSS px in 1 mm of
 * the panel) from the panel's diagonal: `?inch=21.5` in the address, else a common one. `data-layout` and `data-room` are for the
 * style sheets.
 */
export function fitDevice(): void {
  const asked = Number(new URLSearchParams(location.search).get('inch'));
  const fit = (): void => {
    const { innerWidth: width, innerHeight: height } = window;
    const layout = height > width ? 'portrait' : 'landscape';
    const inches = asked >= 7 && asked <= 100 ? asked : USUAL_INCHES[layout];
    const { style, dataset } = document.documentElement;
    const pixelsPerMm = Math.hypot(width, height) / (inches * MM_PER_INCH);
    style.setProperty('--mm', `${pixelsPerMm.toFixed(3)}px`);
    dataset['layout'] = layout;
    dataset['room'] = layout === 'landscape' || width / pixelsPerMm < WIDE_MM ? 'tight' : 'wide';
  };
  fit();
  window.addEventListener('resize', fit);
}
