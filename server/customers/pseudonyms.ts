import { createHmac } from 'node:crypto';
import { keptSecret } from '../identity/secret.ts';
import type { Identifier } from '../customer-ports.ts';

export interface PseudonymKey {
  readonly id: string;
  readonly key: string;
}

/**
 * What is kept instead of a card, a phone or an ID number: a keyed digest that nobody can turn back or guess through without the key.
 * The first key makes new ones; the others still find what was kept under them.
 */
export class Pseudonyms {
  constructor(private readonly keys: readonly [PseudonymKey, ...PseudonymKey[]]) {}

  /** The name of the key stands in front, so that it can be seen which ones are still in use. */
  of(identifier: Identifier): string {
    return pseudonym(this.keys[0], identifier);
  }

  /** Under each key that was ever used. */
  all(identifier: Identifier): readonly string[] {
    return this.keys.map((key) => pseudonym(key, identifier));
  }
}

function pseudonym({ id, key }: PseudonymKey, { kind, value }: Identifier): string {
  return `${id}.${createHmac('sha256', key)
    .update(`${kind} ${plain(kind, value)}`)
    .digest('base64url')}`;
}

/** However it was written: with spaces and dashes, or with the country in front. */
function plain(kind: Identifier['kind'], value: string): string {
  if (kind === 'qr') return value;
  const bare = value
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
  return kind === 'phone' ? bare.replace(/^(?:00)?86(?=1\d{10}$)/, '') : bare;
}

/**
 * @param given `k2:…,k1:…`, the one in use first; without it, one is made and kept in the data folder
 */
export function pseudonymsOf(given: string | undefined, dataFolder: string): Pseudonyms {
  if (given === undefined) return new Pseudonyms([{ id: 'k0', key: keptSecret(dataFolder, 'customer-key') }]);
  const [first, ...older] = given.split(',').map((entry) => {
    const [id = '', key = ''] = entry.trim().split(':');
    return { id, key };
  });
  if (first === undefined) throw new Error('LOBBYFLOW_CUSTOMER_KEYS names no key');
  return new Pseudonyms([first, ...older]);
}
