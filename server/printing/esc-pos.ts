import { commands, transform } from 'receiptline';

/** Dots from line to line (ESC 3 n): a letter is 24 high, a double one 48. */
const PITCH = { plain: '\x22', double: '\x3e' };

/**
 * ESC/POS with Chinese signs in GB18030. Rules are drawn with a sign of the Chinese font, which every printer sold in China has;
 * of its other code pages nobody knows. Lines of large letters stand further apart.
 */
const ESC_POS = {
  ...commands.escpos,
  hr: (width: number) => `\x1bt\x00\x1c&${'\xa9\xa4'.repeat(width >> 1)}`,
  large: false,
  wh(size: number): string {
    this.large = true;
    return commands.escpos.wh(size);
  },
  lf(): string {
    const pitch = this.large ? PITCH.double : PITCH.plain;
    this.large = false;
    return `\x1b3${pitch}\n`;
  },
};

/**
 * A document as the bytes for the printer: cut at the end, and then a question that is answered only when all before it is
 * printed.
 */
export function escPos(document: string, columns: number): Buffer {
  const job = transform(document, {
    cpl: columns,
    encoding: 'gb18030',
    command: ESC_POS,
    spacing: true,
    cutting: true,
  });
  return Buffer.from(job, 'binary');
}
