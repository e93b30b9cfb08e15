import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { CaseDoer } from '../../domain/cases/commands.ts';
import type { BranchId, StaffId } from '../../domain/ids.ts';
import type { StaffNames } from '../../protocol/cases.ts';
import { rolesOf, type Caller, type StaffRole } from '../identity/caller.ts';
import type { Identities } from '../ports.ts';

const HANDLERS: readonly StaffRole[] = ['manager', 'branch-head', 'network-manager'];

interface Person {
  readonly staffId: StaffId;
  readonly name: string;
}

/** Where sign-in is not by account (decision 0005) all managers are one person. */
export function staffIdOf({ staffId, actor }: Caller): StaffId {
  return staffId ?? actor.replace('staff:', '');
}

export function doerOf(caller: Caller): CaseDoer {
  const roles = rolesOf(caller);
  const oversees = roles.includes('branch-head') || roles.includes('network-manager');
  return { kind: 'staff', actor: caller.actor, staffId: staffIdOf(caller), oversees };
}

/** Who works where, by the branch files and the accounts. */
export class CasePeople {
  constructor(
    private readonly branches: ReadonlyMap<BranchId, LoadedBranch>,
    private readonly identities: Pick<Identities, 'accounts'>,
  ) {}

  async names(): Promise<StaffNames> {
    const staff = [...this.branches.values()].flatMap((branch) => branch.staff);
    const accounts = await this.identities.accounts();
    const named = [...staff.map(({ id, name }) => [id, name]), ...accounts.map(({ staffId, name }) => [staffId, name])];
    return Object.fromEntries(named) as StaffNames;
  }

  /** Who can be asked to take over a case of the branch. */
  async handlers(branchId: BranchId): Promise<readonly Person[]> {
    const accounts = await this.identities.accounts();
    return accounts
      .filter(
        ({ disabled, grants }) =>
          !disabled &&
          grants.some(({ role, branchId: at }) => HANDLERS.includes(role) && (at === undefined || at === branchId)),
      )
      .map(({ staffId, name }) => ({ staffId, name }));
  }

  /** Who may be complained about: everybody who works in the branch or for it. */
  async people(branchId: BranchId): Promise<readonly Person[]> {
    const staff = this.branches.get(branchId)?.staff ?? [];
    const more = (await this.handlers(branchId)).filter(({ staffId }) => !staff.some(({ id }) => id === staffId));
    return [...staff.map(({ id: staffId, name }) => ({ staffId, name })), ...more];
  }
}
