/** Tar, as far as backups need it (ustar: plain files and folders), so that any `tar` can look into one. */

const BLOCK = 512;
const LONGEST_NAME = 100;

export interface TarEntry {
  /** Folders end with a slash. */
  readonly name: string;
  /** Bytes; 0 for a folder. */
  readonly size: number;
}

export function tarHeader({ name, size }: TarEntry): Buffer {
  const header = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > LONGEST_NAME) throw new Error(`The name ${name} is too long for a backup.`);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  header.write(name, 0);
  header.write(octal(name.endsWith('/') ? 0o700 : 0o600, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(0, 11), 136);
  header.write('        ', 148);
  header.write(name.endsWith('/') ? '5' : '0', 156);
  header.write('ustar\x0000', 257);
  header.write(`${octal(checksum(header), 6)} `, 148);
  return header;
}

/** Fills a file of this size up to a whole number of blocks. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

export const tarEnd = Buffer.alloc(2 * BLOCK);

/** Reads the entries of a tar in order. The bytes of each must be read before the next is asked for. Throws when it is cut off or damaged. */
export async function* readTar(
  source: AsyncIterable<Buffer>,
): AsyncGenerator<TarEntry & { readonly bytes: AsyncIterable<Buffer> }> {
  const reader = new Reader(source);
  for (;;) {
    const header = await reader.exactly(BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const number = (from: number, to: number) => Number.parseInt(header.toString('latin1', from, to).trim(), 8);
    if (number(148, 154) !== checksum(header)) throw new Error('A header in the backup is damaged.');
    const name = header.toString('utf8', 0, header.indexOf(0));
    const size = number(124, 135);
    yield { name, size, bytes: reader.upTo(size) };
    await reader.exactly(tarPadding(size).length);
  }
  // To the very end: only then has gzip compared its own checksum.
  await reader.drain();
}

/** Of a header whose checksum field counts as blanks. */
function checksum(header: Buffer): number {
  return header.reduce((sum, byte, place) => sum + (place >= 148 && place < 156 ? 0x20 : byte), 0);
}

class Reader {
  readonly #source: AsyncIterator<Buffer>;
  #rest = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async exactly(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.upTo(length)) parts.push(part);
    return Buffer.concat(parts);
  }

  async *upTo(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (this.#rest.length === 0) await this.#more();
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  async drain(): Promise<void> {
    for (let next = await this.#source.next(); next.done !== true; next = await this.#source.next());
  }

  async #more(): Promise<void> {
    const next = await this.#source.next();
    if (next.done === true) throw new Error('The backup ends too early.');
    this.#rest = Buffer.from(next.value);
  }
}
