import { isMap, isScalar, isSeq, visit, type Document, type LineCounter } from 'yaml';

/** The line (from 1) of the place that `path` leads to, or of the nearest place above it that is in the file. */
export function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      if (isMap(node) || isSeq(node) || isScalar(node)) offset = node.range?.[0] ?? offset;
    } else break;
  }
  return lines.linePos(offset).line;
}

/** What makes a document unreadable, with its offset in the text; references to an anchor that is not there, too. */
export function syntaxErrors(document: Document): readonly { readonly offset: number; readonly message: string }[] {
  const errors = document.errors.map(({ pos, message }) => ({ offset: pos[0], message }));
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document)) return;
      errors.push({ offset: alias.range?.[0] ?? 0, message: `*${alias.source} refers to an anchor that is not there` });
    },
  });
  return errors;
}
