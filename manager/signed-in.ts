import { signOutOf, type SignedInPerson } from '../client/people.ts';
import { forgetSession, keepSession, openSession } from '../client/session.ts';
import type { Problem } from '../protocol/messages.ts';
import type { Page } from './place.ts';

export interface StaffMember {
  readonly id: string;
  readonly name: string;
  /** Of whoever signed in with an account. */
  readonly roles?: readonly string[] | undefined;
  readonly everywhere?: boolean | undefined;
}

/** The manager at this console. */
export interface SignedIn {
  readonly staffId: string;
  readonly name: string;
  readonly token: string;
  /** Absent where sign-in is not by account: then it is a lobby manager. */
  readonly roles?: readonly string[] | undefined;
  /** Works for all branches. */
  readonly everywhere?: boolean | undefined;
}

/** What this person is offered; the server asks its own table again. */
export function mayDo({ roles = ['manager'], everywhere }: SignedIn) {
  const any = (...wanted: readonly string[]) => roles.some((role) => wanted.includes(role));
  return {
    hall: any('manager', 'branch-head', 'network-manager'),
    writeTicker: any('manager', 'branch-head'),
    pair: any('manager', 'branch-head', 'administrator'),
    changeAccounts: any('administrator'),
    audit: any('branch-head', 'auditor'),
    reports: any('manager', 'branch-head', 'network-manager', 'auditor'),
    /** Reads what customers said, and takes it up. */
    inbox: any('manager', 'branch-head', 'network-manager', 'auditor'),
    workInbox: any('manager', 'branch-head', 'network-manager'),
    surveys: any('branch-head', 'network-manager', 'auditor'),
    runSurveys: any('branch-head', 'network-manager'),
    reviews: any('manager', 'branch-head', 'network-manager', 'auditor'),
    /** The reviews of all branches together. */
    quarters: everywhere === true && any('network-manager', 'auditor'),
  };
}

/** The pages of this person's console; the first is where it opens. */
export function pagesOf(person: SignedIn): readonly Page[] {
  const { hall, audit, reports, inbox, surveys, reviews } = mayDo(person);
  const hallPages: readonly Page[] = ['live', 'queue', 'walk', 'devices', 'figures', 'what-if'];
  return [
    ...(hall ? hallPages : (['devices', 'accounts'] as const)),
    ...(reports ? (['reports'] as const) : []),
    ...(inbox ? (['inbox', 'cases'] as const) : []),
    ...(surveys ? (['surveys'] as const) : []),
    ...(reviews ? (['reviews'] as const) : []),
    ...(audit ? (['audit'] as const) : []),
  ];
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
  remember(branchId, who);
  return { staffId: who.id, name: who.name, token: result.token, roles: who.roles };
}

export function remember(branchId: string, who: StaffMember): void {
  sessionStorage.setItem(keyOf(branchId), JSON.stringify(who));
}

/** @param said the session as the server put it behind the hash; undefined when that was damaged */
export function signedInElsewhere(branchId: string, said: string): SignedIn | undefined {
  try {
    const bytes = Uint8Array.from(atob(said.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
    const { staffId, name, token, actor, expiresAt, roles, everywhere } = JSON.parse(
      new TextDecoder().decode(bytes),
    ) as SignedInPerson;
    keepSession({ branchId, role: 'manager', staffId }, { token, actor, expiresAt });
    remember(branchId, { id: staffId, name, roles, everywhere });
    return { staffId, name, token, roles, everywhere };
  } catch {
    return undefined;
  }
}

/** Here and on the server. */
export function signOut(branchId: string, { staffId, token }: SignedIn): void {
  void signOutOf(token);
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
