/** About the width of a text in em: a Chinese character is one, a Latin letter or digit a little over half. */
export function widthInEm(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e7f' ? 1 : 0.56), 0);
}

/** The largest type size, up to `largest`, at which `text` fits into `width` (same unit). */
export function fitText(text: string, width: number, largest: number): number {
  return Math.min(largest, Math.floor(width / Math.max(1, widthInEm(text))));
}
