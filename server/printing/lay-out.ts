/** Lines of fixed width, as a ticket printer sets them. */

/** A word; or one Chinese sign with the marks after it that must not begin a line. */
const PIECES = /[^\s\u2e80-\uffff]+|[\u2e80-\uffff][，。、：；！？）」』》〉]*|\s+/gu;

/** Columns that a text takes: everything beyond ASCII is printed from the wide Chinese font. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += sign > '\x7e' ? 2 : 1;
  return width;
}

/**
 * Breaks a text between words. Only a word that is longer than a line is broken itself.
 * @param columns at least 2: room for one sign
 */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(PIECES) ?? []) {
    if (widthOf(line + piece.trimEnd()) > columns && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = '';
    }
    if (line !== '' || piece.trim() !== '') line += piece;
    while (widthOf(line.trimEnd()) > columns) {
      const head = headOf(line, columns);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

function headOf(text: string, columns: number): string {
  let head = '';
  for (const sign of text) {
    if (widthOf(head + sign) > columns) break;
    head += sign;
  }
  return head;
}

/** A text of the branch is text, whatever signs of the receipt language are in it. */
export function escaped(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replace(/[\\|{}~_"`^\-=]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`);
}
