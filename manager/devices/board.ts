import { send } from '../../client/people.ts';
import type { SoundState } from '../../protocol/display.ts';

/** The device board as the server tells it. */

export type Part = 'ok' | 'low' | 'empty' | 'fault';
export interface BoardDevice {
  readonly id: string;
  readonly kind: 'kiosk' | 'display' | 'rating' | 'device' | 'call-pad';
  readonly name: string;
  readonly counterId?: string;
  readonly pairedAt: number;
  readonly pairedBy: string;
  readonly seenAt?: number;
  readonly here: boolean;
  readonly state: {
    readonly printer?: Part;
    readonly reader?: Part;
    readonly sound?: SoundState;
    readonly offline?: { readonly starts: boolean; readonly toHandIn: number; readonly turnedAway: readonly string[] };
  };
}

const at = (branchId: string) => `/api/branches/${encodeURIComponent(branchId)}`;

/** @returns undefined when the server does not answer */
export async function readBoard(branchId: string, token: string): Promise<readonly BoardDevice[] | undefined> {
  const answer = await send('GET', `${at(branchId)}/devices`, undefined, token);
  return answer?.ok ? (answer.body as { devices: readonly BoardDevice[] }).devices : undefined;
}

export async function removeDevice(branchId: string, token: string, deviceId: string): Promise<boolean> {
  return (
    (await send('DELETE', `${at(branchId)}/devices/${encodeURIComponent(deviceId)}`, undefined, token))?.ok === true
  );
}

/** What waits with this code: its kind, or why there is nothing. */
export async function lookAtCode(
  branchId: string,
  token: string,
  code: string,
): Promise<{ readonly kind: BoardDevice['kind'] } | { readonly reason: 'unknown-code' | 'failed' }> {
  const answer = await send('GET', `${at(branchId)}/pairings/${encodeURIComponent(code)}`, undefined, token);
  if (answer?.ok) return answer.body as { kind: BoardDevice['kind'] };
  return { reason: reasonOf(answer?.body) === 'unknown-code' ? 'unknown-code' : 'failed' };
}

/** @returns why not, or nothing */
export async function confirmDevice(
  branchId: string,
  token: string,
  what: { readonly code: string; readonly name: string; readonly counterId?: string },
): Promise<string | undefined> {
  const answer = await send('POST', `${at(branchId)}/devices`, what, token);
  return answer?.ok ? undefined : (reasonOf(answer?.body) ?? 'failed');
}

function reasonOf(body: object | undefined): string | undefined {
  return body !== undefined && 'reason' in body ? String(body.reason) : undefined;
}
