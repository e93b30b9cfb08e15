import type { BranchId, CounterId, StaffId } from '../../domain/ids.ts';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import { randomUUID } from 'node:crypto';
import type { Clock, Identities, StaffAccount, StaffSession } from '../ports.ts';
import type { Caller, StaffRole } from './caller.ts';
import type { Identity } from './identity.ts';
import { secretFits } from './secrets.ts';
import type { Session } from './sessions.ts';
import type { Tokens } from './tokens.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** A shift; then everybody signs in again. */
const SESSION_MS = 12 * 60 * MINUTE;
/** The fifth failure in a row locks for half a minute, each further one for twice as long, at most a quarter of an hour. */
export const LOCK_MS = [0, 0, 0, 0, 30 * SECOND, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 15 * MINUTE];
/** The first of these that somebody has gives the console its face. */
const CONSOLE_ROLES: readonly StaffRole[] = ['manager', 'branch-head', 'network-manager', 'administrator', 'auditor'];

export interface SignInRequest {
  readonly branchId: BranchId;
  readonly staffId: StaffId;
  /** The PIN at a counter, the password at the console. */
  readonly secret: string;
  /** Without one it is the console. */
  readonly counterId?: CounterId | undefined;
  /** The answer to "counter 3 is used by …: take over?" */
  readonly takeOver?: boolean | undefined;
}

export interface SignedIn extends Session {
  readonly staffId: StaffId;
  readonly name: string;
  readonly roles: readonly StaffRole[];
  /** For all branches, not only the one that was signed in at. */
  readonly everywhere: boolean;
}

export type SignInRefusal =
  /** The number or the secret: which one is not said. */
  | { readonly reason: 'wrong' }
  | { readonly reason: 'locked'; readonly until: number }
  /** Known, but with nothing to do here. */
  | { readonly reason: 'no-role' }
  | { readonly reason: 'unknown-place' }
  | { readonly reason: 'counter-in-use'; readonly by: string };

export interface SignInOptions {
  readonly identities: Identities;
  readonly identity: Identity;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  /** Who sits at the counter, as the branch day knows it. */
  readonly sitsAt: (branchId: BranchId, counterId: CounterId) => Promise<StaffId | undefined>;
}

/** Signs people in and out. */
export class SignIn {
  constructor(private readonly options: SignInOptions) {}

  async signIn(request: SignInRequest): Promise<SignedIn | SignInRefusal> {
    const { identities, clock, branches } = this.options;
    const { branchId, staffId, counterId, secret } = request;
    const counter = branches.get(branchId)?.config.counters.find(({ id }) => id === counterId);
    if (!branches.has(branchId) || (counterId !== undefined && (counter === undefined || counter.kind === 'device')))
      return { reason: 'unknown-place' };

    const lockedUntil = await identities.beginAttempt(staffId, clock.now(), LOCK_MS);
    if (lockedUntil !== undefined) return { reason: 'locked', until: lockedUntil };
    const account = await identities.account(staffId);
    const fits = await secretFits(secret, counterId === undefined ? account?.passwordHash : account?.pinHash);
    if (account === undefined || !fits || account.disabled) return { reason: 'wrong' };
    await identities.clearAttempts(staffId);
    return this.admit(account, request);
  }

  /** Lets in somebody who has proved who they are. */
  async admit(
    account: StaffAccount,
    { branchId, counterId, takeOver = false }: Omit<SignInRequest, 'secret' | 'staffId'>,
  ): Promise<SignedIn | SignInRefusal> {
    const place = counterId === undefined ? consolePlace(account, branchId) : counterPlace(account, branchId);
    const [role, ...also] = place.roles;
    if (role === undefined) return { reason: 'no-role' };
    if (counterId !== undefined) {
      const by = await this.#freeCounter(account, branchId, counterId, takeOver);
      if (by !== undefined) return { reason: 'counter-in-use', by: this.#nameOf(branchId, by) };
    }
    const { identities, clock, tokens } = this.options;
    const now = clock.now();
    const { staffId } = account;
    const session: StaffSession = {
      ...{ id: randomUUID(), staffId, role, also, counterId, branchId: place.branchId },
      ...{ openedAt: now, usedAt: now, expiresAt: now + SESSION_MS },
    };
    // Somebody else was quicker.
    if (!(await identities.openSession(session))) return { reason: 'counter-in-use', by: '' };
    const caller: Caller = {
      ...callerAt(staffId, role, place),
      grantId: session.id,
      ...(counterId !== undefined && { counterId }),
    };
    const token = await tokens.issue(caller, session.expiresAt);
    const name = this.#nameOf(branchId, staffId, account.name);
    return {
      ...{ token, role, actor: caller.actor, expiresAt: session.expiresAt, staffId, name },
      ...{ roles: place.roles, everywhere: place.branchId === undefined },
    };
  }

  /** Ends the sessions at the counter that may be ended. @returns who is there and was not asked to leave */
  async #freeCounter(
    { staffId }: StaffAccount,
    branchId: BranchId,
    counterId: CounterId,
    takeOver: boolean,
  ): Promise<StaffId | undefined> {
    const { identities, identity, clock, sitsAt } = this.options;
    const now = clock.now();
    const there = (await identities.sessions({ branchId })).filter((session) => session.counterId === counterId);
    const working = there.find((session) => session.staffId !== staffId && identity.stillHolds(session));
    const sitting = await sitsAt(branchId, counterId);
    const other = working?.staffId ?? (sitting === staffId ? undefined : sitting);
    if (other !== undefined && !takeOver) return other;
    for (const { id } of there) {
      await identities.endSession(id, now, `staff:${staffId}`);
      identity.forget(id);
    }
    return undefined;
  }

  #nameOf(branchId: BranchId, staffId: StaffId, otherwise: string = staffId): string {
    return this.options.branches.get(branchId)?.staff.find(({ id }) => id === staffId)?.name ?? otherwise;
  }
}

interface Place {
  readonly roles: readonly StaffRole[];
  readonly branchId?: BranchId;
}

/** Whoever has this account, as if they were signed in at the console of the branch; undefined when they have no role there. */
export function consoleCaller(account: StaffAccount, branchId: BranchId): Caller | undefined {
  const place = consolePlace(account, branchId);
  const [role] = place.roles;
  return role && callerAt(account.staffId, role, place);
}

function callerAt(staffId: StaffId, role: StaffRole, { roles: [, ...also], branchId }: Place): Caller {
  return {
    ...{ role, actor: `staff:${staffId}`, staffId },
    ...(also.length > 0 && { also }),
    ...(branchId !== undefined && { branchId }),
  };
}

function counterPlace({ grants }: StaffAccount, branchId: BranchId): Place {
  const sits = grants.some((grant) => grant.role === 'teller' && grant.branchId === branchId);
  return { roles: sits ? ['teller'] : [], branchId };
}

/** For all branches only when each of the roles is. */
function consolePlace({ grants }: StaffAccount, branchId: BranchId): Place {
  const here = grants.filter((grant) => (grant.branchId ?? branchId) === branchId);
  const roles = CONSOLE_ROLES.filter((role) => here.some((grant) => grant.role === role));
  const everywhere = roles.every((role) => here.some((grant) => grant.role === role && grant.branchId === undefined));
  return everywhere ? { roles } : { roles, branchId };
}
