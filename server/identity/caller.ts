import type { ActorId, BranchId, CounterId, StaffId } from '../../domain/ids.ts';

/** What people do in a branch or for all of them. `manager` is the lobby manager. */
export const STAFF_ROLES = ['teller', 'manager', 'branch-head', 'network-manager', 'auditor', 'administrator'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** What stands in a hall. `device` is a self-service machine, `call-pad` the few keys of a counter without a screen. */
export const DEVICE_KINDS = ['kiosk', 'display', 'rating', 'device', 'call-pad'] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** `customer` is whoever comes without a token: the ticket's link is the right to that ticket. */
export type Role = StaffRole | DeviceKind | 'customer' | 'system';

/** Who is asking. */
export interface Caller {
  readonly role: Role;
  /** Further roles of the same person in the same place. */
  readonly also?: readonly StaffRole[];
  readonly actor: ActorId;
  /** Absent for a customer, and for whoever works for all branches. */
  readonly branchId?: BranchId;
  readonly staffId?: StaffId;
  /** The counter that a teller signed in at; absent where sign-in is not by account (decision 0005). */
  readonly counterId?: CounterId;
  /** The counter that a serving device is or stands at; the name of a kiosk or a display. */
  readonly deviceId?: string;
  /** What can be ended or revoked: a person's session, or a device that was paired. */
  readonly grantId?: string;
}

export const CUSTOMER: Caller = { role: 'customer', actor: 'customer' };

export function rolesOf({ role, also = [] }: Caller): readonly Role[] {
  return [role, ...also];
}
