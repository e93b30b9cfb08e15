import { randomFillSync } from 'node:crypto';

const BYTES = 16;
/** So many ids at once: asking the system for chance costs more than all the rest of a command's decision. */
const AT_ONCE = 256;

const chance = Buffer.alloc(BYTES * AT_ONCE);
let used = chance.length;

/** 128 random bits: a ticket's id is its link and cannot be guessed. */
export function newId(): string {
  if (used === chance.length) {
    randomFillSync(chance);
    used = 0;
  }
  used += BYTES;
  return chance.toString('base64url', used - BYTES, used);
}
