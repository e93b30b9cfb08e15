import type { Logger } from 'pino';
import { MINUTE, type Instant } from '../../domain/ids.ts';
import type { Clock, Identities, StaffAccount, StaffSession } from '../ports.ts';
import type { Caller } from './caller.ts';
import type { Tokens } from './tokens.ts';

/** Another process may have ended a session or revoked a device, or made the first administrator: known here after this. */
const KNOWN_FOR_MS = 5_000;
/** Clocks of two processes may differ, and what is written takes its time. */
const OVERLAP_MS = 60_000;
/** More people and devices than one process has. */
const REMEMBERED = 20_000;
/** Doing something is noted this often. */
const NOTE_MS = MINUTE;

export interface IdentityOptions {
  readonly tokens: Tokens;
  readonly identities: Identities;
  readonly clock: Clock;
  readonly log: Logger;
  readonly demo: boolean;
  /** A person who has done nothing for so long is signed out. */
  readonly idleMs: number;
}

interface Standing {
  /** 0 when it was ended. */
  readonly expiresAt: Instant;
  /** Infinity for a device: it need not do anything. */
  readonly usedAt: Instant;
}

/** Who holds a token, and whether it still holds: sessions can be ended and devices revoked before their tokens run out. */
export class Identity {
  readonly #options: IdentityOptions;
  readonly #standings = new Map<string, Standing>();
  /** When it was last asked what has ended, and up to when the answer is known. */
  #askedAt: Instant;
  #knownUntil: Instant;
  #asking: Promise<void> | undefined;
  #claimed: { readonly knownAt: Instant; readonly is: boolean } | undefined;

  constructor(options: IdentityOptions) {
    this.#options = options;
    this.#askedAt = this.#knownUntil = options.clock.now();
  }

  /** @returns undefined for a token that is forged, expired, ended or revoked */
  async verify(token: string): Promise<Caller | undefined> {
    const caller = await this.#options.tokens.verify(token);
    if (caller === undefined) return undefined;
    if (caller.grantId === undefined) return (await this.isOpen()) ? caller : undefined;
    return this.stillHolds(await this.#standingOf(caller, caller.grantId)) ? caller : undefined;
  }

  /** The person did something, so that they are not signed out for doing nothing. */
  used({ grantId, staffId }: Caller): void {
    const { clock, identities, log } = this.#options;
    const now = clock.now();
    const known = grantId === undefined ? undefined : this.#standings.get(grantId);
    if (grantId === undefined || staffId === undefined || known === undefined || now - known.usedAt < NOTE_MS) return;
    this.#standings.set(grantId, { ...known, usedAt: now });
    identities
      .touchSession(grantId, now)
      .catch((error: unknown) => log.warn({ err: error }, 'the use of a session was not noted'));
  }

  /** It was ended or revoked: known in this process at once. */
  forget(grantId: string): void {
    this.#standings.delete(grantId);
  }

  /** Whether sessions are given without an account (decision 0005): in a demo, and until there is an administrator. */
  async isOpen(): Promise<boolean> {
    return this.#options.demo || !(await this.isClaimed());
  }

  /** Whether somebody can sign in who may make accounts. */
  async isClaimed(): Promise<boolean> {
    const now = this.#options.clock.now();
    const known = this.#claimed;
    // Once there is one there always is: the last one cannot be removed.
    if (known !== undefined && (known.is || now - known.knownAt < KNOWN_FOR_MS)) return known.is;
    try {
      const is = (await this.#options.identities.accounts()).some(isAdministrator);
      this.#claimed = { knownAt: now, is };
      return is;
    } catch (error) {
      if (known === undefined) throw error;
      return known.is;
    }
  }

  /** The accounts have changed. */
  forgetClaim(): void {
    this.#claimed = undefined;
  }

  /** Whether a session that has not been ended is still good. */
  stillHolds({ expiresAt, usedAt }: Pick<StaffSession, 'expiresAt' | 'usedAt'>): boolean {
    return this.#options.clock.now() < Math.min(expiresAt, usedAt + this.#options.idleMs);
  }

  async #standingOf(caller: Caller, grantId: string): Promise<Standing> {
    await this.#learnWhatEnded();
    const known = this.#standings.get(grantId);
    // What has ended stays ended: it is not asked for again.
    if (known !== undefined && (this.stillHolds(known) || this.#options.clock.now() >= known.expiresAt)) return known;
    // Not known yet; or they have done nothing here for long, but perhaps in another process.
    const read = await (caller.staffId === undefined ? this.#device(grantId) : this.#session(grantId));
    if (this.#standings.size >= REMEMBERED) this.#standings.clear();
    this.#standings.set(grantId, read);
    return read;
  }

  /** One question for everybody, each few seconds. While the database is away a hall goes on with whom it knows. */
  async #learnWhatEnded(): Promise<void> {
    const { clock, identities, log } = this.#options;
    const now = clock.now();
    if (this.#asking === undefined && now - this.#askedAt < KNOWN_FOR_MS) return;
    this.#asking ??= identities
      .endedSince(this.#knownUntil - OVERLAP_MS)
      .then(
        (ended) => {
          for (const id of ended) this.#standings.delete(id);
          this.#knownUntil = now;
        },
        (error: unknown) => log.warn({ err: error }, 'it could not be read which sessions have ended'),
      )
      .finally(() => {
        this.#askedAt = now;
        this.#asking = undefined;
      });
    await this.#asking;
  }

  async #session(id: string): Promise<Standing> {
    const session = await this.#options.identities.session(id);
    const expiresAt = session === undefined || session.endedAt !== undefined ? 0 : session.expiresAt;
    return { expiresAt, usedAt: session?.usedAt ?? 0 };
  }

  async #device(id: string): Promise<Standing> {
    const device = await this.#options.identities.device(id);
    const expiresAt = device === undefined || device.revokedAt !== undefined ? 0 : Infinity;
    return { expiresAt, usedAt: Infinity };
  }
}

/** Somebody who may make accounts for all branches, and can sign in. */
export function isAdministrator({ grants, passwordHash, disabled, demo }: StaffAccount): boolean {
  const administers = grants.some(({ role, branchId }) => role === 'administrator' && branchId === undefined);
  return administers && passwordHash !== undefined && !disabled && !demo;
}
