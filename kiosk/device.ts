/**
 * Sizes on a kiosk are in millimetres: a finger and an eye do not care about pixels. What a panel measures comes from the device's
 * profile, in the address that the kiosk is started with: `?inch=21.5&edge=850` (docs/kiosk.md).
 */
export interface Panel {
  readonly layout: 'portrait' | 'landscape';
  /** CSS px in 1 mm. */
  readonly pixelsPerMm: number;
  /** px from the top: what is above is out of reach from a wheelchair. */
  readonly reachTop: number;
  /** `tight`: no room for second lines, for letters do not get smaller with the panel. */
  readonly room: 'tight' | 'wide';
}

const MM_PER_INCH = 25.4;
const WIDE_MM = 320;
/** The highest that somebody in a wheelchair reaches, above the floor. */
const REACH_MM = 1220;
/** A panel that is mounted too high keeps half of itself for what is said. */
const HIGHEST_REACH = 0.5;
/** Common panels: a 32-inch standing kiosk, a 15.6-inch one on a table or a wall. `edge` is the height of its lower edge, mm. */
const USUAL = { portrait: { inch: 32, edge: 700 }, landscape: { inch: 15.6, edge: 900 } } as const;

export function panelOf(profile: URLSearchParams, width: number, height: number): Panel {
  const layout = height > width ? 'portrait' : 'landscape';
  const inch = within(profile.get('inch'), 7, 100) ?? USUAL[layout].inch;
  const edge = within(profile.get('edge'), 0, REACH_MM) ?? USUAL[layout].edge;
  const pixelsPerMm = Math.hypot(width, height) / (inch * MM_PER_INCH);
  const outOfReach = height - (REACH_MM - edge) * pixelsPerMm;
  return {
    layout,
    pixelsPerMm,
    reachTop: Math.round(Math.min(Math.max(0, outOfReach), height * HIGHEST_REACH)),
    room: layout === 'landscape' || width / pixelsPerMm < WIDE_MM ? 'tight' : 'wide',
  };
}

function within(text: string | null, least: number, most: number): number | undefined {
  const value = Number(text);
  return text !== null && text !== '' && value >= least && value <= most ? value : undefined;
}

/** Tells the style sheets: `--mm`, `--reach`, `data-layout`, `data-room`. Again when the panel is turned. */
export function fitDevice(): void {
  const profile = new URLSearchParams(location.search);
  const fit = (): void => {
    const panel = panelOf(profile, window.innerWidth, window.innerHeight);
    const { style, dataset } = document.documentElement;
    style.setProperty('--mm', `${panel.pixelsPerMm.toFixed(3)}px`);
    style.setProperty('--reach', `${panel.reachTop}px`);
    dataset['layout'] = panel.layout;
    dataset['room'] = panel.room;
  };
  fit();
  window.addEventListener('resize', fit);
}
