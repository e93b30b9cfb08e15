import { readFileSync } from 'node:fs';
import type { CustomerDirectory, CustomerProfile, Identifier, IdentifierKind } from '../customer-ports.ts';
import { profileOf, profileSchema } from './profile.ts';
import type { Pseudonyms } from './pseudonyms.ts';

const KINDS: readonly IdentifierKind[] = ['card', 'phone', 'qr', 'id-number'];

/**
 * Customers in a file, for a demo or a small bank: one a line, with the columns `card, phone, qr, id-number, tier, manager, careNeeds,
 * language, consent, channel, name, appointment`; several values in one cell are separated by spaces. An appointment is
 * `branch time service`, the time as in the port. Only digests of the numbers stay in memory.
 * Throws, with the line, when the file does not fit.
 */
export function csvDirectory(file: string, pseudonyms: Pseudonyms): CustomerDirectory {
  const people = new Map<string, CustomerProfile>();
  const [head = [], ...lines] = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map(cellsOf);
  lines.forEach((cells, index) => {
    if (cells.every((cell) => cell === '')) return;
    const line = Object.fromEntries(head.map((name, column) => [name, cells[column] ?? '']));
    const parsed = profileSchema.safeParse(fieldsOf(line));
    // The line itself is not repeated: it holds a person.
    if (!parsed.success)
      throw new Error(`${file}, line ${index + 2}: ${String(parsed.error.issues[0]?.path[0])} does not fit`);
    const profile = profileOf(parsed.data);
    for (const kind of KINDS) if (line[kind]) people.set(pseudonyms.of({ kind, value: line[kind] }), profile);
  });
  return { find: (identifier: Identifier) => Promise.resolve(people.get(pseudonyms.of(identifier))) };
}

function fieldsOf(line: Readonly<Record<string, string>>): Record<string, unknown> {
  const list = (name: string) => (line[name] ?? '').split(' ').filter((word) => word !== '');
  return {
    tier: line['tier'] || undefined,
    manager: line['manager'] || undefined,
    careNeeds: list('careNeeds'),
    language: line['language'] || undefined,
    consent: Object.fromEntries(list('consent').map((channel) => [channel, true])),
    channel: line['channel'] || undefined,
    name: line['name'] || undefined,
    appointments: appointmentOf(list('appointment')),
  };
}

function appointmentOf([branch, at, ...services]: readonly string[]): unknown {
  return branch === undefined ? undefined : [{ branch, at, services }];
}

/** The cells of a line; one in quotes may hold commas, and two quotes are one. */
function cellsOf(line: string): string[] {
  return [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
    (quoted?.replaceAll('""', '"') ?? bare ?? '').trim(),
  );
}
