import { forgetSession, openSession } from '../client/session.ts';
import type { Problem } from '../protocol/messages.ts';

export interface StaffMember {
  readonly id: string;
  readonly name: string;
}

/** The manager at this console. */
export interface SignedIn {
  readonly staffId: string;
  readonly name: string;
  readonly token: string;
}

const keyOf = (branchId: string) => `lobbyflow.manager.${branchId}`;

/** Signs in, and remembers who, so that a reload does not ask again. */
export async function signIn(
  branchId: string,
  who: StaffMember,
  code?: string,
): Promise<SignedIn | { problem: Problem }> {
  const result = await openSession({ branchId, role: 'manager', staffId: who.id, ...(code && { code }) });
  if ('problem' in result) return result;
  sessionStorage.setItem(keyOf(branchId), JSON.stringify(who));
  return { staffId: who.id, name: who.name, token: result.token };
}

export function signOut(branchId: string, staffId: string): void {
  sessionStorage.removeItem(keyOf(branchId));
  forgetSession({ branchId, role: 'manager', staffId });
}

export function lastSignedIn(branchId: string): StaffMember | undefined {
  const kept = sessionStorage.getItem(keyOf(branchId));
  return kept === null ? undefined : (JSON.parse(kept) as StaffMember);
}

/**
 * The names of the branch's people. Without a token of a person it asks for one of the role alone, which may only look.
 * @throws when the server does not answer
 */
export async function fetchStaff(
  branchId: string,
  by: { readonly token: string } | { readonly code?: string },
): Promise<readonly StaffMember[] | { problem: Problem }> {
  const session = 'token' in by ? by : await openSession({ branchId, role: 'manager', ...by });
  if ('problem' in session) return session;
  const response = await fetch(`/api/branches/${encodeURIComponent(branchId)}/staff`, {
    headers: { authorization: `Bearer ${session.token}` },
  });
  if (!response.ok) throw new Error(`staff list: HTTP ${response.status}`);
  const { staff } = (await response.json()) as { staff: StaffMember[] };
  return staff;
}
