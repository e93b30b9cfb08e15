import type { ActorId, BranchId, CounterId, StaffId } from '../../domain/ids.ts';

/** `customer` is whoever comes without a token: the ticket's link is the right to that ticket. */
export type Role = 'kiosk' | 'display' | 'teller' | 'manager' | 'device' | 'customer' | 'system';

/** Who is asking. */
export interface Caller {
  readonly role: Role;
  readonly actor: ActorId;
  /** A token is for one branch. Absent for a customer. */
  readonly branchId?: BranchId;
  readonly staffId?: StaffId;
  /** The counter that a serving device is, for the role `device`. */
  readonly deviceId?: CounterId;
}

export const CUSTOMER: Caller = { role: 'customer', actor: 'customer' };
