import { send } from '../../client/people.ts';

/** Accounts as an administrator sees and changes them. */

export const ROLES = ['teller', 'manager', 'branch-head', 'network-manager', 'auditor', 'administrator'] as const;
export type StaffRole = (typeof ROLES)[number];
/** Roles that can be for all branches at once. */
export const EVERYWHERE: readonly StaffRole[] = ['network-manager', 'auditor', 'administrator'];

export interface Grant {
  readonly role: StaffRole;
  readonly branchId?: string;
}
export interface Account {
  readonly staffId: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly disabled: boolean;
  readonly demo: boolean;
  readonly hasPin: boolean;
  readonly hasPassword: boolean;
  readonly linkUntil?: number;
}
export type AccountReason = 'out-of-reach' | 'last-administrator' | 'unknown-account' | 'role-needs-branch' | 'failed';

/** @returns undefined when the server does not answer */
export async function readAccounts(token: string): Promise<readonly Account[] | undefined> {
  const answer = await send('GET', '/api/accounts', undefined, token);
  return answer?.ok ? (answer.body as { accounts: readonly Account[] }).accounts : undefined;
}

/** @returns why not, or nothing */
export async function saveAccount(
  token: string,
  { staffId, name, grants, disabled }: Pick<Account, 'staffId' | 'name' | 'grants' | 'disabled'>,
): Promise<AccountReason | undefined> {
  const path = `/api/accounts/${encodeURIComponent(staffId)}`;
  const answer = await send('PUT', path, { name, grants, disabled }, token);
  return answer?.ok ? undefined : reasonOf(answer?.body);
}

/** A page on which the holder of the account chooses the PIN and the password. */
export async function makeLink(
  token: string,
  staffId: string,
): Promise<{ readonly address: string; readonly until: number } | AccountReason> {
  const answer = await send('POST', `/api/accounts/${encodeURIComponent(staffId)}/link`, undefined, token);
  if (!answer?.ok) return reasonOf(answer?.body);
  const { link, until } = answer.body as { link: string; until: number };
  return { address: `${location.origin}/manager/#/set-up/${link}`, until };
}

const KNOWN: readonly AccountReason[] = ['out-of-reach', 'last-administrator', 'unknown-account', 'role-needs-branch'];
function reasonOf(body: object | undefined): AccountReason {
  const said = body !== undefined && 'reason' in body ? body.reason : undefined;
  return KNOWN.find((reason) => reason === said) ?? 'failed';
}
