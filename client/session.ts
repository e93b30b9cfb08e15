import { onScopeDispose, ref, type Ref } from 'vue';
import type { Problem } from '../protocol/messages.ts';

/** Who this screen is to the server: a token for one role in one branch, kept until it runs out or the tab closes. */

export interface SessionOptions {
  readonly branchId: string;
  readonly role: 'kiosk' | 'display' | 'rating' | 'teller' | 'manager' | 'device';
  readonly staffId?: string;
  /** A device's counter, or the name of a kiosk or a hall screen in the log. */
  readonly deviceId?: string | undefined;
  /** Access code of the installation, where it has one. */
  readonly code?: string;
}

interface KeptSession {
  readonly token: string;
  readonly actor: string;
  readonly expiresAt: number | string;
}

const RENEW_BEFORE_MS = 60_000;
const RETRY_MS = 3_000;

function keyOf({ branchId, role, staffId, deviceId }: SessionOptions): string {
  return ['lobbyflow.session', branchId, role, staffId ?? deviceId ?? ''].join('/');
}

/** Nobody stands at a kiosk or a hall screen to type the code again after a power cut. Staff type theirs. */
function codeStoreOf(role: SessionOptions['role']): Storage {
  return role === 'teller' || role === 'manager' ? sessionStorage : localStorage;
}
const CODE_KEY = 'lobbyflow.access-code';

/** Where the token of a screen is kept that was paired: it is this screen's for good. */
function pairedKeyOf({ branchId, role, deviceId }: SessionOptions): string {
  return ['lobbyflow.paired', branchId, role, deviceId ?? ''].join('/');
}

/** Keeps a session that was got by signing in. */
export function keepSession(options: SessionOptions, session: KeptSession): void {
  const { token, actor, expiresAt } = session;
  sessionStorage.setItem(keyOf(options), JSON.stringify({ token, actor, expiresAt }));
}

/**
 * The kept session while it is valid, else a new one. A server that cannot be reached is the problem `busy`; `instead` says
 * that a token is got in another way.
 */
export async function openSession(
  options: SessionOptions,
): Promise<{ token: string; actor: string } | { problem: Problem; instead?: 'sign-in' | 'pair' }> {
  const kept = keptSession(options);
  if (kept) return { token: kept.token, actor: kept.actor };
  const code = options.code ?? codeStoreOf(options.role).getItem(CODE_KEY) ?? undefined;
  const { branchId, role, staffId, deviceId } = options;
  try {
    const response = await fetch('/api/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ branchId, role, staffId, deviceId, code }),
    });
    const body = (await response.json()) as KeptSession | { problem: Problem; instead?: 'sign-in' | 'pair' };
    if ('problem' in body) return body;
    keepSession(options, body);
    if (code !== undefined) codeStoreOf(role).setItem(CODE_KEY, code);
    return { token: body.token, actor: body.actor };
  } catch {
    return { problem: { code: 'busy', message: 'The server does not answer. Try again in a moment.' } };
  }
}

/** The token of a session that this tab has and that has not run out. */
export function keptToken(options: SessionOptions): string | undefined {
  return keptSession(options)?.token;
}

function keptSession(options: SessionOptions): KeptSession | undefined {
  const kept = sessionStorage.getItem(keyOf(options));
  if (kept === null) return undefined;
  const session = JSON.parse(kept) as KeptSession;
  return new Date(session.expiresAt).getTime() - RENEW_BEFORE_MS > Date.now() ? session : undefined;
}

/** Signs this screen out, or makes the next `openSession` ask the server again. */
export function forgetSession(options: SessionOptions): void {
  sessionStorage.removeItem(keyOf(options));
}

/**
 * The session of a screen that nobody signs in to by name: opens at once, and again for ever while the server is away.
 * `needsCode` asks for the access form; give its answer to `enterCode`. Call `renew` when the line says
 * `not-signed-in`.
 */
export function useSession(options: SessionOptions): {
  token: Ref<string | undefined>;
  problem: Ref<Problem | undefined>;
  needsCode: Ref<boolean>;
  /** The pairing page is to be shown; give its answer to `pair`. */
  needsPairing: Ref<boolean>;
  pair: (token: string) => void;
  /** Whether the token is one that this screen was paired with. */
  isPaired: Ref<boolean>;
  enterCode: (code: string) => Promise<boolean>;
  renew: () => void;
} {
  const token = ref<string>();
  const problem = ref<Problem>();
  const needsCode = ref(false);
  const needsPairing = ref(false);
  const isPaired = ref(false);
  let again: ReturnType<typeof setTimeout> | undefined;
  let renewedAt = 0;

  function pair(paired: string): void {
    localStorage.setItem(pairedKeyOf(options), paired);
    token.value = paired;
    isPaired.value = true;
    needsPairing.value = false;
    problem.value = undefined;
  }

  async function open(code?: string): Promise<boolean> {
    const paired = localStorage.getItem(pairedKeyOf(options));
    if (paired !== null) {
      pair(paired);
      return true;
    }
    const result = await openSession(code === undefined ? options : { ...options, code });
    clearTimeout(again);
    if ('token' in result) {
      token.value = result.token;
      problem.value = undefined;
      needsCode.value = false;
      return true;
    }
    problem.value = result.problem;
    if (result.instead === 'pair') {
      token.value = undefined;
      needsPairing.value = true;
      return false;
    }
    needsCode.value = result.problem.code === 'not-signed-in' || result.problem.code === 'not-allowed';
    if (!needsCode.value && result.problem.code !== 'unknown-branch')
      again = setTimeout(() => void open(code), RETRY_MS);
    return false;
  }

  void open();
  onScopeDispose(() => clearTimeout(again));
  return {
    token,
    problem,
    needsCode,
    needsPairing,
    pair,
    isPaired,
    enterCode: open,
    renew() {
      if (Date.now() - renewedAt < RETRY_MS) return;
      renewedAt = Date.now();
      forgetSession(options);
      // It was revoked: the screen is a stranger again.
      localStorage.removeItem(pairedKeyOf(options));
      isPaired.value = false;
      void open();
    },
  };
}
