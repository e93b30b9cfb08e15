import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { Identities, StaffAccount } from '../ports.ts';
import type { StaffRole } from './caller.ts';
import type { OtherWays } from './other-ways.ts';
import { hashSecret } from './secrets.ts';

/** Known to everybody, and shown on the sign-in pages of a demo. Never used outside of one. */
const PIN = '246810';
const PASSWORD = 'lobbyflow-demo';

/** One for each face of the console. */
const CONSOLE: readonly { readonly staffId: string; readonly role: StaffRole; readonly name: string }[] = [
  { staffId: 'lobby', role: 'manager', name: 'Lobby manager' },
  { staffId: 'head', role: 'branch-head', name: 'Branch head' },
  { staffId: 'network', role: 'network-manager', name: 'Network manager' },
  { staffId: 'auditor', role: 'auditor', name: 'Auditor' },
  { staffId: 'demo-admin', role: 'administrator', name: 'Administrator' },
];

export function demoWays(branches: readonly LoadedBranch[]): OtherWays {
  const some = branches.map(({ config, staff }) => [config.branchId, staff.slice(0, 4).map(({ id }) => id)] as const);
  const console = CONSOLE.map(({ staffId, role }) => ({ staffId, role }));
  return { demo: { pin: PIN, password: PASSWORD, tellers: Object.fromEntries(some), console } };
}

/** The staff of the branch files as tellers, and somebody for each role of the console. Real accounts stay as they are. */
export async function makeDemoAccounts(identities: Identities, branches: readonly LoadedBranch[]): Promise<void> {
  // One hash for all: the secret is public.
  const [pinHash, passwordHash] = [await hashSecret(PIN), await hashSecret(PASSWORD)];
  const accounts = new Map<string, StaffAccount>();
  const add = (account: Pick<StaffAccount, 'staffId' | 'name' | 'grants'>) =>
    accounts.set(account.staffId, { ...account, pinHash, passwordHash, disabled: false, demo: true });
  for (const { config, staff } of branches)
    for (const { id, name } of staff) {
      const before = accounts.get(id)?.grants ?? [];
      add({ staffId: id, name, grants: [...before, { role: 'teller', branchId: config.branchId }] });
    }
  for (const { staffId, role, name } of CONSOLE) {
    const inBranches = branches.map(({ config }) => ({ role, branchId: config.branchId }));
    add({ staffId, name, grants: role === 'manager' || role === 'branch-head' ? inBranches : [{ role }] });
  }
  const real = new Set((await identities.accounts()).filter(({ demo }) => !demo).map(({ staffId }) => staffId));
  for (const account of accounts.values()) if (!real.has(account.staffId)) await identities.saveAccount(account);
}
