/** What came out of a printer: 8 dots in a millimetre, y downwards. */

export interface PrintedText {
  readonly kind: 'text';
  readonly x: number;
  /** Of its lower edge. */
  readonly y: number;
  readonly text: string;
  /** How many times as wide and as high as a plain letter of 12 by 24 dots. */
  readonly across: number;
  readonly down: number;
  readonly bold: boolean;
}
export interface PrintedImage {
  readonly kind: 'image';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** True is black, row after row. */
  readonly dots: readonly boolean[];
}
export interface Paper {
  readonly marks: (PrintedText | PrintedImage)[];
  /** Dots from the top to where the next line would be. */
  height: number;
  /** It came off the roll. */
  cut: boolean;
}

export const LETTER = { width: 12, height: 24 };

export function widthOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (sign > '\x7e' ? 2 : 1) * LETTER.width, 0);
}

/** The lines of a paper as one reads them, from the top; an image is a line of its own. */
export function linesOf({ marks }: Paper): readonly string[] {
  const rows = new Map<number, string>();
  for (const mark of marks) {
    const before = rows.get(mark.y) ?? '';
    rows.set(mark.y, before + (mark.kind === 'text' ? mark.text : `[${mark.width}x${mark.height}]`));
  }
  return [...rows].sort(([a], [b]) => a - b).map(([, text]) => text.trim());
}
