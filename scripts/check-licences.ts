import { readFileSync } from 'node:fs';

/**
 * Every package of the lock file has a licence that dependency-rules.json allows, and none is of a version that is known to be
 * bad. That list is kept here because not every bank's registry can be asked for one: whoever hears of a bad version adds a line.
 */

interface Rules {
  readonly allowed: readonly string[];
  /** Packages that name their licence only in a file of theirs. */
  readonly unstated: Readonly<Record<string, string>>;
  readonly bad: readonly (Bad & { readonly name: string; readonly why: string })[];
}
type Bad = { readonly versions: readonly string[] } | { readonly below: string; readonly from?: string };
interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly link?: boolean;
}

const rules = JSON.parse(readFileSync(new URL('dependency-rules.json', import.meta.url), 'utf8')) as Rules;
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };

/** `MIT`, `(MIT OR CC0-1.0)`, `Apache-2.0 AND MIT`. */
function allowed(licence: string): boolean {
  const bare = licence.replace(/^\(|\)$/g, '');
  if (bare.includes(' OR ')) return bare.split(' OR ').some(allowed);
  if (bare.includes(' AND ')) return bare.split(' AND ').every(allowed);
  return rules.allowed.includes(bare);
}

function isBefore(version: string, other: string): boolean {
  const numbers = (text: string) => (text.split('-')[0] ?? '').split('.').map(Number);
  const [own, theirs] = [numbers(version), numbers(other)];
  const different = own.findIndex((part, index) => part !== theirs[index]);
  return different >= 0 && (own[different] ?? 0) < (theirs[different] ?? 0);
}

function isBad(bad: Bad, version: string): boolean {
  if ('versions' in bad) return bad.versions.includes(version);
  return isBefore(version, bad.below) && !(bad.from !== undefined && isBefore(version, bad.from));
}

const faults = Object.entries(lock.packages).flatMap(([place, { version = '', license, link }]) => {
  if (place === '' || link) return [];
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const licence = license ?? rules.unstated[name];
  const bad = rules.bad.filter((each) => each.name === name && isBad(each, version));
  return [
    ...(licence === undefined ? [`${name} ${version} states no licence`] : []),
    ...(licence !== undefined && !allowed(licence) ? [`${name} ${version} has the licence ${licence}`] : []),
    ...bad.map(({ why }) => `${name} ${version} is known to be bad: ${why}`),
  ];
});

for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
