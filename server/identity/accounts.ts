import type { BranchId, StaffId } from '../../domain/ids.ts';
import type { Clock, Grant, Identities, StaffAccount } from '../ports.ts';
import type { Caller } from './caller.ts';
import { isAdministrator, type Identity } from './identity.ts';
import { NETWORK_ROLES } from './permissions.ts';
import { digestOf, hashSecret, randomKey, sameDigest, weakness } from './secrets.ts';
import { endSessions } from './session-book.ts';

const LINK_MS = 3 * 24 * 3_600_000;
/** An account as others see it: no hashes. */
export interface ShownAccount extends Pick<StaffAccount, 'staffId' | 'name' | 'grants' | 'disabled' | 'demo'> {
  readonly hasPin: boolean;
  readonly hasPassword: boolean;
  /** Until when a link that was handed out can be used. */
  readonly linkUntil?: number | undefined;
}

export type LinkRefusal = { readonly reason: 'unknown-link' | 'pin-weak' | 'password-weak' | 'secret-missing' };
export type AccountRefusal = {
  readonly reason: 'out-of-reach' | 'last-administrator' | 'unknown-account' | 'role-needs-branch';
};

export interface AccountsOptions {
  readonly identities: Identities;
  readonly identity: Identity;
  readonly clock: Clock;
}

/** Makes and changes accounts, and hands out the links with which people set their own PIN and password. */
export class Accounts {
  constructor(private readonly options: AccountsOptions) {}

  /** Those that have to do with a place that the caller reaches. */
  async list(caller: Caller): Promise<readonly ShownAccount[]> {
    const { branchId: mine } = caller;
    const accounts = await this.options.identities.accounts();
    return accounts
      .filter(({ grants }) => mine === undefined || grants.some(({ branchId }) => (branchId ?? mine) === mine))
      .map(shown);
  }

  /** Makes the account, or changes it. Who is disabled is signed out. */
  async save(
    caller: Caller,
    staffId: StaffId,
    what: { readonly name: string; readonly grants: readonly Grant[]; readonly disabled: boolean },
  ): Promise<ShownAccount | AccountRefusal> {
    const { identities, identity } = this.options;
    const before = await identities.account(staffId);
    if (!withinReach(caller, [...what.grants, ...(before?.grants ?? [])])) return { reason: 'out-of-reach' };
    if (what.grants.some(({ role, branchId }) => branchId === undefined && !NETWORK_ROLES.includes(role)))
      return { reason: 'role-needs-branch' };
    const after: StaffAccount = { demo: false, ...before, staffId, ...what };
    if (before !== undefined && isAdministrator(before) && !isAdministrator(after) && (await this.#isLast(staffId)))
      return { reason: 'last-administrator' };
    await identities.saveAccount(after);
    identity.forgetClaim();
    // What somebody may do is in their token: they sign in anew for what has changed.
    if (before !== undefined && (after.disabled || !sameGrants(before, after)))
      await endSessions(this.options, staffId, caller.actor);
    return shown(after);
  }

  /** A link with which its holder, once and for three days, sets the PIN and the password of the account. */
  async makeLink(caller: Caller, staffId: StaffId): Promise<{ link: string; until: number } | AccountRefusal> {
    const { identities, clock } = this.options;
    const account = await identities.account(staffId);
    if (account === undefined) return { reason: 'unknown-account' };
    if (!withinReach(caller, account.grants)) return { reason: 'out-of-reach' };
    const link = `${staffId}.${randomKey()}`;
    const until = clock.now() + LINK_MS;
    await identities.saveAccount({ ...account, link: { digest: digestOf(link), until } });
    return { link, until };
  }

  /** Whose link it is, and what they have to choose. */
  async ofLink(
    link: string,
  ): Promise<{ staffId: StaffId; name: string; pin: boolean; password: boolean } | LinkRefusal> {
    const account = await this.#byLink(link);
    if (account === undefined) return { reason: 'unknown-link' };
    return { staffId: account.staffId, name: account.name, ...needs(account) };
  }

  /** Uses the link up. Whoever was signed in with the old PIN or password is signed out. */
  async setSecrets(
    link: string,
    secrets: { readonly pin?: string | undefined; readonly password?: string | undefined },
  ): Promise<ShownAccount | LinkRefusal> {
    const account = await this.#byLink(link);
    if (account === undefined) return { reason: 'unknown-link' };
    const { staffId } = account;
    const { pin, password } = secrets;
    const need = needs(account);
    if ((need.pin && pin === undefined) || (need.password && password === undefined))
      return { reason: 'secret-missing' };
    if (pin !== undefined && weakness('pin', pin, staffId)) return { reason: 'pin-weak' };
    if (password !== undefined && weakness('password', password, staffId)) return { reason: 'password-weak' };
    const { link: _used, ...rest } = account;
    const after: StaffAccount = {
      ...rest,
      ...(pin !== undefined && { pinHash: await hashSecret(pin) }),
      ...(password !== undefined && { passwordHash: await hashSecret(password) }),
    };
    await this.options.identities.saveAccount(after);
    await this.options.identities.clearAttempts(staffId);
    this.options.identity.forgetClaim();
    await endSessions(this.options, staffId, `staff:${staffId}`);
    return shown(after);
  }

  async #byLink(link: string): Promise<StaffAccount | undefined> {
    const staffId = link.slice(0, Math.max(0, link.lastIndexOf('.')));
    const account = staffId === '' ? undefined : await this.options.identities.account(staffId);
    const kept = account?.link;
    if (kept === undefined || account?.disabled === true || this.options.clock.now() >= kept.until) return undefined;
    return sameDigest(digestOf(link), kept.digest) ? account : undefined;
  }

  async #isLast(staffId: StaffId): Promise<boolean> {
    const accounts = await this.options.identities.accounts();
    return !accounts.some((account) => account.staffId !== staffId && isAdministrator(account));
  }
}

/** Nobody gives or takes what reaches further than they do themselves. */
function withinReach({ branchId: mine }: Caller, grants: readonly Grant[]): boolean {
  return mine === undefined || grants.every(({ branchId }) => branchId === mine);
}

function needs({ grants }: StaffAccount): { readonly pin: boolean; readonly password: boolean } {
  return {
    pin: grants.some(({ role }) => role === 'teller'),
    password: grants.some(({ role }) => role !== 'teller'),
  };
}

function sameGrants(one: StaffAccount, other: StaffAccount): boolean {
  const text = ({ grants }: StaffAccount) =>
    grants
      .map(({ role, branchId }: Grant): [string, BranchId] => [role, branchId ?? ''])
      .sort()
      .join(';');
  return text(one) === text(other);
}

function shown({ staffId, name, grants, disabled, demo, pinHash, passwordHash, link }: StaffAccount): ShownAccount {
  const has = { hasPin: pinHash !== undefined, hasPassword: passwordHash !== undefined };
  return { staffId, name, grants, disabled, demo, ...has, linkUntil: link?.until };
}
