import type { DisplaySettings } from '../protocol/display.ts';

/** Type sizes for the farthest seat, in design pixels of a screen 1080 high (D1, D2). */
export interface Sizes {
  readonly history: number;
  readonly rows: number;
  readonly caption: number;
}

/** Capitals are so much of the size of the type. */
const CAPITAL = 0.733;
/** Minutes of arc: what is read with ease, and what is read at all (ISO 9241-3). */
const EASY = 22;
const LEGIBLE = 16;
/** Captions are for seats within this; from farther away there are the numbers and the voice. Metres. */
const CAPTIONS_WITHIN = 5;
/** What the layout has room for. */
const HISTORY = { least: 92, five: 96, most: 116 };
const CAPTION = { least: 44, most: 52 };

/** The type size whose capitals are seen under so many minutes of arc. */
export function sizeFor(arcMinutes: number, metres: number, diagonalInches: number): number {
  const screenHeight = diagonalInches * 0.0254 * (9 / Math.hypot(16, 9));
  const capital = 2 * metres * Math.tan(((arcMinutes / 60 / 2) * Math.PI) / 180);
  return (capital / CAPITAL) * (1080 / screenHeight);
}

export function sizesFor({ diagonalInches, farthestSeatMetres }: DisplaySettings['screen']): Sizes {
  const history = Math.ceil(sizeFor(EASY, farthestSeatMetres, diagonalInches));
  const caption = Math.ceil(sizeFor(LEGIBLE, Math.min(farthestSeatMetres, CAPTIONS_WITHIN), diagonalInches));
  return {
    history: Math.min(HISTORY.most, Math.max(HISTORY.least, history)),
    rows: history <= HISTORY.five ? 5 : 4,
    caption: Math.min(CAPTION.most, Math.max(CAPTION.least, caption)),
  };
}
