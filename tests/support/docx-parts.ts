import { inflateRawSync } from 'node:zlib';

/** The parts of a .docx file by their path, read as any reader of zip files reads them: from the directory at the end. */
export function docxParts(file: Buffer): ReadonlyMap<string, string> {
  const end = file.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const parts = new Map<string, string>();
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, name, extra, note] = [20, 28, 30, 32].map((place) =>
      place === 20 ? file.readUInt32LE(at + place) : file.readUInt16LE(at + place),
    ) as [number, number, number, number];
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const bytes = file.subarray(start, start + packed);
    const text = file.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes);
    parts.set(file.toString('utf8', at + 46, at + 46 + name), text.toString('utf8'));
    at += 46 + name + extra + note;
  }
  return parts;
}

const TAG = /<(?:\?[^?]*\?|!--[^]*?--|(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<&]*(?:&[^"<&]*)*")*)\s*(\/?))>/g;

/** @returns what is wrong with it, in a few words; nothing when it is well-formed XML */
export function xmlFault(text: string): string | undefined {
  const open: string[] = [];
  let roots = 0;
  for (const [, closes, name = '', , alone] of text.matchAll(TAG)) {
    if (name === '') continue;
    if (closes === '/') {
      if (open.pop() !== name) return `</${name}> closes nothing`;
    } else {
      if (open.length === 0) roots += 1;
      if (alone !== '/') open.push(name);
    }
  }
  if (open.length > 0) return `<${String(open.at(-1))}> is not closed`;
  if (roots !== 1) return `${roots} roots`;
  if (/[<>]/.test(text.replace(TAG, ''))) return 'a tag that is none';
  return /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.test(text) ? 'an & that is none' : undefined;
}

/** All that can be read in it: the body, the head and the foot. */
export function wordsOf(parts: ReadonlyMap<string, string>): string {
  return [...parts]
    .filter(([name]) => /^word\/(?:document|header\d+|footer\d+)\.xml$/.test(name))
    .map(([, text]) => text.replace(/<w:p[ >]/g, '\n$&').replace(/<[^>]*>/g, ''))
    .join('\n')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
