import { hash, verify } from '@node-rs/argon2';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** PINs, passwords and links: how they are checked, and what of them is kept. */

/** What OWASP asks of argon2id at the least; about 30 ms. */
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };
const LEAST = { pin: 6, password: 10 };

/** @returns argon2id, with its salt and cost in it */
export function hashSecret(secret: string): Promise<string> {
  return hash(secret, COST);
}

let nobody: Promise<string> | undefined;
/** Takes the same time when there is no hash, so that nobody learns which numbers exist. */
export async function secretFits(secret: string, kept: string | undefined): Promise<boolean> {
  nobody ??= hashSecret(randomBytes(32).toString('base64url'));
  return (await verify(kept ?? (await nobody), secret)) && kept !== undefined;
}

/** What is wrong with a new PIN or password, if anything. */
export function weakness(kind: 'pin' | 'password', secret: string, staffId: string): 'short' | 'guessable' | undefined {
  if (secret.length < LEAST[kind] || (kind === 'pin' && !/^\d+$/.test(secret))) return 'short';
  const low = secret.toLowerCase();
  const steps = new Set([...low].slice(1).map((letter, at) => letter.charCodeAt(0) - low.charCodeAt(at)));
  // One letter again and again, or one after the other up or down.
  const plain = steps.size === 1 && [-1, 0, 1].includes([...steps][0] ?? 0);
  return plain || (staffId.length >= 4 && low.includes(staffId.toLowerCase())) ? 'guessable' : undefined;
}

/** Unguessable: 256 bits. */
export function randomKey(): string {
  return randomBytes(32).toString('base64url');
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Takes the same time whatever is different. */
export function sameDigest(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());
}
