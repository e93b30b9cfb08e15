import { LETTER, widthOf, type Paper, type PrintedImage, type PrintedText } from './paper.ts';

/** Reads ESC/POS as a thermal printer for Chinese does. A command that it does not know is a fault of whoever sent it. */

const CHINESE = new TextDecoder('gb18030', { fatal: true });
/** ESC 2: 30 dots from line to line. */
const USUAL_SPACING = 30;
const [LF, DLE, ESC, FS, GS] = [0x0a, 0x10, 0x1b, 0x1c, 0x1d];

export interface ReaderOptions {
  /** A line or an image came out. False when the paper has come to its end: nothing more is read until there is some. */
  readonly fed: (dots: number) => boolean;
  readonly cut: (paper: Paper) => void;
  /** Answers to whoever sent this. */
  readonly answer: (byte: number) => void;
  readonly status: (what: number) => number;
  /** GS r: what its paper sensors say. */
  readonly sensors: () => number;
  /** Dots across the paper. */
  readonly dots: number;
}

type Unplaced = Omit<PrintedText, 'y'>;

export class EscPosReader {
  paper: Paper = { marks: [], height: 0, cut: false };
  #waiting: number[] = [];
  #line: Unplaced[] = [];
  #stored: Omit<PrintedImage, 'x' | 'y'> | undefined;
  #x = 0;
  #left = 0;
  #width: number;
  #align = 0;
  #across = 1;
  #down = 1;
  #bold = false;
  #spacing = USUAL_SPACING;
  #chinese = false;

  constructor(private readonly options: ReaderOptions) {
    this.#width = options.dots;
  }

  get idle(): boolean {
    return this.#waiting.length === 0;
  }

  receive(bytes: Iterable<number>): void {
    this.#waiting.push(...bytes);
  }

  /** Reads on until it waits for more bytes, or for paper. */
  run(): void {
    for (;;) {
      const used = this.#step(this.#waiting);
      if (used === 0) return;
      this.#waiting.splice(0, used);
      if (this.#stopped) return void (this.#stopped = false);
    }
  }

  #stopped = false;

  /** DLE DC4 8. */
  forget(): void {
    this.#waiting = [];
    this.#line = [];
    this.#reset();
    this.paper = { marks: [], height: 0, cut: false };
  }

  /** @returns how many bytes it has used; 0 when the command is not complete */
  #step(bytes: readonly number[]): number {
    const [first = -1, second = -1, third = 0, fourth = 0] = bytes;
    if (first === -1) return 0;
    const needs = (count: number, act: () => void) => (bytes.length < count ? 0 : (act(), count));
    switch (first) {
      case LF:
        return needs(1, () => this.#feed());
      case DLE:
        if (second === 0x04) return needs(3, () => this.options.answer(this.options.status(third)));
        if (second === 0x14) return needs(10, () => this.forget());
        break;
      case ESC:
        switch (String.fromCharCode(second)) {
          case '@':
            return needs(2, () => this.#reset());
          case '2':
            return needs(2, () => (this.#spacing = USUAL_SPACING));
          case '3':
            return needs(3, () => (this.#spacing = third));
          case 'a':
            return needs(3, () => (this.#align = third % 48));
          case 'E':
            return needs(3, () => (this.#bold = third % 48 === 1));
          case '$':
            return needs(4, () => (this.#x = third + 256 * fourth));
          case '\\':
            return needs(4, () => (this.#x += third + 256 * fourth));
          case 'M':
          case ' ':
          case '{':
          case 't':
          case 'R':
          case '-':
            return needs(3, () => {});
        }
        break;
      case FS:
        switch (String.fromCharCode(second)) {
          case '&':
            return needs(2, () => (this.#chinese = true));
          case '.':
            return needs(2, () => (this.#chinese = false));
          case 'S':
            return needs(4, () => {});
          case 'C':
          case '-':
            return needs(3, () => {});
          case '(':
            return needs(5 + fourth + 256 * (bytes[4] ?? 0), () => {});
        }
        break;
      case GS:
        switch (String.fromCharCode(second)) {
          case '!':
            return needs(3, () => ([this.#across, this.#down] = [(third >> 4) + 1, (third & 15) + 1]));
          case 'L':
            return needs(4, () => (this.#left = third + 256 * fourth));
          case 'W':
            return needs(4, () => (this.#width = third + 256 * fourth));
          case 'B':
          case 'a':
            return needs(3, () => {});
          case 'V':
            return needs(4, () => this.#cut());
          case 'r':
            return needs(3, () => this.options.answer(this.options.sensors()));
          case '8':
            return this.#storeImage(bytes);
          case '(':
            return needs(7, () => this.#printImage());
        }
        break;
      default:
        if (first >= 0x20) return this.#text(bytes);
    }
    if (second === -1) return 0;
    throw new Error(`unknown to this printer: ${first.toString(16)} ${second.toString(16)}`);
  }

  #reset(): void {
    [this.#x, this.#left, this.#width, this.#align] = [0, 0, this.options.dots, 0];
    [this.#across, this.#down, this.#bold, this.#chinese] = [1, 1, false, false];
    this.#spacing = USUAL_SPACING;
  }

  #text(bytes: readonly number[]): number {
    let end = 0;
    while (end < bytes.length && (bytes[end] ?? 0) >= 0x20) {
      const lead = bytes[end] ?? 0;
      const more = this.#chinese && lead >= 0x81 ? ((bytes[end + 1] ?? 0x40) <= 0x39 ? 4 : 2) : 1;
      if (end + more > bytes.length) break;
      end += more;
    }
    if (end === 0) return 0;
    const text = CHINESE.decode(Uint8Array.from(bytes.slice(0, end)));
    this.#line.push({ kind: 'text', x: this.#x, text, across: this.#across, down: this.#down, bold: this.#bold });
    this.#x += widthOf(text) * this.#across;
    return end;
  }

  /** Room that is left of the line, by its alignment. */
  #indent(width: number): number {
    return this.#left + Math.max(0, Math.floor(((this.#width - width) * this.#align) / 2));
  }

  #feed(): void {
    const height = Math.max(this.#spacing, ...this.#line.map(({ down }) => down * LETTER.height));
    const indent = this.#indent(this.#x);
    this.paper.height += height;
    for (const text of this.#line) {
      if (indent + text.x + widthOf(text.text) * text.across > this.options.dots)
        throw new Error(`does not fit on the paper: ${text.text}`);
      this.paper.marks.push({ ...text, x: indent + text.x, y: this.paper.height });
    }
    [this.#line, this.#x] = [[], 0];
    this.#stopped = !this.options.fed(height);
  }

  /** GS 8 L: a picture for later. */
  #storeImage(bytes: readonly number[]): number {
    const number = (at: number, length: number) =>
      Array.from({ length }, (_, index) => (bytes[at + index] ?? 0) << (8 * index)).reduce((a, b) => a + b, 0);
    if (bytes.length < 7 || bytes.length < 7 + number(3, 4)) return 0;
    const [width, height] = [number(13, 2), number(15, 2)];
    const row = (width + 7) >> 3;
    const dots = Array.from({ length: width * height }, (_, index) => {
      const [x, y] = [index % width, Math.floor(index / width)];
      return (((bytes[17 + y * row + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1;
    });
    this.#stored = { kind: 'image', width, height, dots };
    return 7 + number(3, 4);
  }

  #printImage(): void {
    if (this.#stored === undefined) throw new Error('no picture is stored');
    this.paper.marks.push({ ...this.#stored, x: this.#indent(this.#stored.width), y: this.paper.height });
    this.paper.height += this.#stored.height;
    this.#stopped = !this.options.fed(this.#stored.height);
  }

  #cut(): void {
    const paper = { ...this.paper, cut: true };
    this.paper = { marks: [], height: 0, cut: false };
    this.options.cut(paper);
  }
}
