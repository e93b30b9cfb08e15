import { keepSession } from './session.ts';

/** Signing in with an account, as the screens of the staff do it. */

export interface SignInWay {
  /** `name`: there is no administrator yet, and whoever is at this machine says who they are. */
  readonly by: 'account' | 'name';
  readonly demo?: {
    readonly pin: string;
    readonly password: string;
    readonly tellers: Readonly<Record<string, readonly string[]>>;
    readonly console: readonly { readonly staffId: string; readonly role: string }[];
  };
  /** Name of the bank's directory, where one is set up. */
  readonly singleSignOn?: string;
}

export interface SignInRequest {
  readonly branchId: string;
  readonly staffId: string;
  readonly secret: string;
  /** Without one it is the console. */
  readonly counterId?: string | undefined;
  readonly takeOver?: boolean;
}
export interface SignedInPerson {
  readonly token: string;
  readonly actor: string;
  readonly expiresAt: number;
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** For all branches, not only the one that was signed in at. */
  readonly everywhere: boolean;
}
export interface SignInRefusal {
  readonly reason: 'wrong' | 'locked' | 'no-role' | 'unknown-place' | 'counter-in-use' | 'too-fast' | 'no-answer';
  /** Of `locked`, ms since 1970. */
  readonly until?: number;
  /** Of `counter-in-use`: who is there. */
  readonly by?: string;
}

/** Rejects when the server does not answer. */
export async function readSignInWay(): Promise<SignInWay> {
  const response = await fetch('/api/sign-in');
  if (!response.ok) throw new Error(`/api/sign-in answered ${response.status}`);
  return (await response.json()) as SignInWay;
}

/** The session is kept as that of a teller or of the console, so that `openSession` finds it after a reload. */
export async function signInWithAccount(request: SignInRequest): Promise<SignedInPerson | SignInRefusal> {
  const answer = await send('POST', '/api/sign-in', request);
  if (answer === undefined) return { reason: 'no-answer' };
  if (!answer.ok) return 'reason' in answer.body ? (answer.body as SignInRefusal) : { reason: 'too-fast' };
  const person = answer.body as SignedInPerson;
  const role = request.counterId === undefined ? 'manager' : 'teller';
  keepSession({ branchId: request.branchId, role, staffId: person.staffId }, person);
  return person;
}

/** Ends the session on the server too. One that is over already is nothing to complain about. */
export async function signOutOf(token: string): Promise<void> {
  await send('POST', '/api/sign-out', undefined, token);
}

export interface OwnSession {
  readonly id: string;
  readonly role: string;
  readonly branchId?: string;
  readonly counterId?: string;
  readonly openedAt: number;
  readonly usedAt: number;
  /** The one that asks. */
  readonly mine: boolean;
}
/** @returns undefined when the server does not answer */
export async function ownSessions(token: string): Promise<readonly OwnSession[] | undefined> {
  const answer = await send('GET', '/api/sessions', undefined, token);
  return answer?.ok ? (answer.body as { sessions: readonly OwnSession[] }).sessions : undefined;
}
export async function endSession(token: string, id: string): Promise<boolean> {
  const answer = await send('DELETE', `/api/sessions/${encodeURIComponent(id)}`, undefined, token);
  return answer?.ok === true;
}

export type SecretKind = 'pin' | 'password';
export interface SecretRefusal {
  readonly reason:
    | ('wrong' | 'locked' | 'pin-weak' | 'password-weak' | 'unchanged')
    | ('demo' | 'no-secret' | 'too-fast' | 'no-answer');
  /** Of `locked`, ms since 1970. */
  readonly until?: number;
}
/** Which of the two this person has. @returns undefined when the server does not answer */
export async function ownSecretKinds(token: string): Promise<readonly SecretKind[] | undefined> {
  const answer = await send('GET', '/api/own-secret', undefined, token);
  return answer?.ok ? (answer.body as { kinds: readonly SecretKind[] }).kinds : undefined;
}
/** @returns how many other sessions were ended, or why it was not changed */
export async function changeOwnSecret(
  token: string,
  change: { readonly kind: SecretKind; readonly old: string; readonly fresh: string; readonly endOthers: boolean },
): Promise<{ readonly ended: number } | SecretRefusal> {
  const answer = await send('POST', '/api/own-secret', change, token);
  if (answer === undefined) return { reason: 'no-answer' };
  if (answer.ok) return answer.body as { ended: number };
  return 'reason' in answer.body ? (answer.body as SecretRefusal) : { reason: 'too-fast' };
}

/** @returns undefined when the server does not answer */
export async function send(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  token?: string,
): Promise<{ readonly ok: boolean; readonly body: object } | undefined> {
  try {
    const response = await fetch(path, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { ok: response.ok, body: (await response.json()) as object };
  } catch {
    return undefined;
  }
}
