import type { CaseFileRefusal } from '../../protocol/cases.ts';

/** What may lie with a case, and how it is known: by its bytes, its ending and its media type, which must all say the same. */

export type CaseFileType = 'pdf' | 'png' | 'jpg' | 'docx' | 'xlsx' | 'txt';

const OFFICE = 'application/vnd.openxmlformats-officedocument';
export const MEDIA_TYPES: Readonly<Record<CaseFileType, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  docx: `${OFFICE}.wordprocessingml.document`,
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  txt: 'text/plain',
};
const ENDINGS: Readonly<Record<string, CaseFileType>> = {
  ...{ pdf: 'pdf', png: 'png', jpg: 'jpg', jpeg: 'jpg', docx: 'docx', xlsx: 'xlsx', txt: 'txt' },
};
export const FILE_ENDINGS: readonly string[] = Object.keys(ENDINGS);

const MAGIC: readonly (readonly [CaseFileType, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpg', [0xff, 0xd8, 0xff]],
];
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** Names in the list of a zip file's contents, which is never compressed. */
const PARTS: readonly (readonly [CaseFileType, string])[] = [
  ['docx', 'word/document.xml'],
  ['xlsx', 'xl/workbook.xml'],
];
const MACROS = 'vbaProject.bin';

/** What the bytes are, whatever is said of them; undefined for everything that is not taken. */
export function fileTypeOf(bytes: Buffer): CaseFileType | undefined {
  const known = MAGIC.find(([, start]) => start.every((byte, place) => bytes[place] === byte))?.[0];
  if (known !== undefined) return known;
  if (bytes.subarray(0, ZIP.length).equals(ZIP)) {
    if (bytes.includes(MACROS)) return undefined;
    return PARTS.find(([, part]) => bytes.includes(part))?.[0];
  }
  return isText(bytes) ? 'txt' : undefined;
}

/** UTF-8 without control characters but for tabs and line ends. */
function isText(bytes: Buffer): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.length > 0 && !/[\p{Cc}]/u.test(text.replace(/[\t\r\n]/g, ''));
  } catch {
    return false;
  }
}

/** @returns the media type that it is kept under, or why it is not taken */
export function checkFile(
  bytes: Buffer,
  name: string,
  claimed: string,
): { readonly ok: true; readonly mediaType: string } | { readonly ok: false; readonly code: CaseFileRefusal } {
  if (name.length > 120 || name.trim() !== name || /[\p{Cc}/\\]/u.test(name) || !/[^.]\.[a-z0-9]+$/i.test(name))
    return { ok: false, code: 'file-name' };
  const ending = ENDINGS[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
  if (ending === undefined) return { ok: false, code: 'file-type' };
  const said = claimed.split(';')[0]?.trim().toLowerCase();
  const mediaType = MEDIA_TYPES[ending];
  if (said !== mediaType || fileTypeOf(bytes) !== ending) return { ok: false, code: 'file-not-its-type' };
  return { ok: true, mediaType };
}
