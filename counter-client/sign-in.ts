import type { SignedIn } from './desk.ts';

/** What the sign-in page asks the server for, and what this browser remembers. */

export interface StaffName {
  readonly id: string;
  readonly name: string;
}
export interface Seat {
  readonly me: SignedIn;
  readonly staff: readonly StaffName[];
}

/** Rejects when the server cannot be reached or the token is not a teller's of this branch. */
export async function readStaff(branchId: string, token: string): Promise<readonly StaffName[]> {
  const path = `/api/branches/${encodeURIComponent(branchId)}/staff`;
  const response = await fetch(path, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  const body = (await response.json()) as { readonly staff: readonly StaffName[] };
  return body.staff.map(({ id, name }) => ({ id, name }));
}

const seatKey = (branchId: string) => `lobbyflow.seat.${branchId}`;
const counterKey = (branchId: string) => `lobbyflow.counter.${branchId}`;

/** Who sat here before the page was loaded again. */
export function keptSeat(branchId: string): Seat | undefined {
  const kept = sessionStorage.getItem(seatKey(branchId));
  return kept === null ? undefined : (JSON.parse(kept) as Seat);
}
export function keepSeat(seat: Seat): void {
  sessionStorage.setItem(seatKey(seat.me.branchId), JSON.stringify(seat));
  localStorage.setItem(counterKey(seat.me.branchId), seat.me.counterId);
}
export function leaveSeat(branchId: string): void {
  sessionStorage.removeItem(seatKey(branchId));
}
/** The counter that was worked at from this computer before. */
export function lastCounter(branchId: string): string | undefined {
  return localStorage.getItem(counterKey(branchId)) ?? undefined;
}
