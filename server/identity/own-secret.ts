import type { Instant } from '../../domain/ids.ts';
import type { Clock, Identities, StaffAccount } from '../ports.ts';
import type { Caller } from './caller.ts';
import type { Identity } from './identity.ts';
import { hashSecret, secretFits, weakness } from './secrets.ts';
import { endSessions } from './session-book.ts';
import { LOCK_MS } from './sign-in.ts';

export type SecretKind = 'pin' | 'password';

export interface SecretChange {
  readonly kind: SecretKind;
  readonly old: string;
  readonly fresh: string;
  /** Whoever else is signed in as this person has to sign in anew. */
  readonly endOthers: boolean;
}

export type OwnSecretRefusal =
  /** The old one. It counts like a failed attempt to sign in. */
  | { readonly reason: 'wrong' }
  | { readonly reason: 'locked'; readonly until: Instant }
  | { readonly reason: 'pin-weak' | 'password-weak' | 'unchanged' }
  /** In a demo it is public, and has to stay what the sign-in page says. */
  | { readonly reason: 'demo' }
  /** Nobody who signed in with an account here, or one that has no such secret: the bank's directory keeps it. */
  | { readonly reason: 'no-secret' };

export interface OwnSecretOptions {
  readonly identities: Identities;
  readonly identity: Identity;
  readonly clock: Clock;
}

/** The holder of an account changes its PIN or its password, and has to know the old one. */
export class OwnSecret {
  constructor(private readonly options: OwnSecretOptions) {}

  /** Which of the two the person can change. */
  async kinds(caller: Caller): Promise<readonly SecretKind[]> {
    const account = await this.#accountOf(caller);
    return (['pin', 'password'] as const).filter((kind) => account !== undefined && hashIn(account, kind));
  }

  /** @returns how many other sessions it ended */
  async change(
    caller: Caller,
    { kind, old, fresh, endOthers }: SecretChange,
  ): Promise<{ readonly ended: number } | OwnSecretRefusal> {
    const { identities, clock } = this.options;
    const account = await this.#accountOf(caller);
    if (account === undefined || hashIn(account, kind) === undefined) return { reason: 'no-secret' };
    const { staffId, demo } = account;
    if (demo) return { reason: 'demo' };
    if (weakness(kind, fresh, staffId)) return { reason: `${kind}-weak` };
    if (fresh === old) return { reason: 'unchanged' };

    const until = await identities.beginAttempt(staffId, clock.now(), LOCK_MS);
    if (until !== undefined) return { reason: 'locked', until };
    if (!(await secretFits(old, hashIn(account, kind)))) return { reason: 'wrong' };
    const hash = await hashSecret(fresh);
    // Read again: somebody may have changed its rights while it was checked.
    const current = (await identities.account(staffId)) ?? account;
    await identities.saveAccount({ ...current, [kind === 'pin' ? 'pinHash' : 'passwordHash']: hash });
    await identities.clearAttempts(staffId);
    return { ended: endOthers ? await endSessions(this.options, staffId, caller.actor, caller.grantId) : 0 };
  }

  async #accountOf({ staffId, grantId }: Caller): Promise<StaffAccount | undefined> {
    return staffId === undefined || grantId === undefined ? undefined : this.options.identities.account(staffId);
  }
}

function hashIn({ pinHash, passwordHash }: StaffAccount, kind: SecretKind): string | undefined {
  return kind === 'pin' ? pinHash : passwordHash;
}
