import { createHash, randomInt } from 'node:crypto';
import type { Locale } from '../../domain/config.ts';
import type { CodeRecords } from '../inbox-ports.ts';
import type { Mailer } from '../mail-ports.ts';
import { newId } from '../new-id.ts';
import { same } from '../identity/same.ts';
import type { Clock } from '../ports.ts';
import { CODE_WORDS } from './words.ts';

export const CODE_MINUTES = 10;
const TRIES = 5;

export type CodeVerdict = { readonly ok: true } | { readonly ok: false; readonly left: number };

/** That a mail address belongs to whoever gives it: six digits that were sent there. The address is not kept. */
export class Codes {
  constructor(private readonly parts: { codes: CodeRecords; mailer: Mailer; clock: Clock }) {}

  /** @returns what to send back together with the code */
  async send(mail: string, language: Locale): Promise<string> {
    const { codes, mailer, clock } = this.parts;
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const now = clock.now();
    const id = newId();
    await codes.keep({ id, digest: digestOf(id, mail, code), until: now + CODE_MINUTES * 60_000 }, now);
    const { subject, text } = CODE_WORDS[language];
    await mailer.send({ id: `feedback-code ${id}`, to: mail, subject, text: text(code, CODE_MINUTES) });
    return id;
  }

  /** @returns undefined when it is over: too late, used, or tried too often */
  async check(id: string, mail: string, code: string): Promise<CodeVerdict | undefined> {
    const kept = await this.parts.codes.tried(id, this.parts.clock.now(), TRIES);
    if (kept === undefined) return undefined;
    return same(kept.digest, digestOf(id, mail, code)) ? { ok: true } : { ok: false, left: kept.left };
  }

  /** What it proved is kept: it is good once. */
  used(id: string): Promise<void> {
    return this.parts.codes.used(id);
  }
}

function digestOf(id: string, mail: string, code: string): string {
  return createHash('sha256').update(`${id} ${mail.toLowerCase()} ${code}`).digest('base64url');
}
