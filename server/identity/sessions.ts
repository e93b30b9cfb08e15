import { z } from 'zod';
import type { BranchId, StaffId } from '../../domain/ids.ts';
import type { Problem } from '../../protocol/messages.ts';
import type { Clock } from '../ports.ts';
import { badMessage, notAllowed, UNKNOWN_BRANCH } from '../problems.ts';
import type { Caller, DeviceKind, StaffRole } from './caller.ts';
import { same } from './same.ts';
import type { Tokens } from './tokens.ts';

const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.:-]+$/);

export const sessionRequestSchema = z.strictObject({
  branchId: id,
  role: z.enum(['kiosk', 'display', 'rating', 'teller', 'manager', 'device']),
  /** A teller without one may only look and list the staff. */
  staffId: id.optional(),
  /** For `device`: the counter that it is. For `rating`: the one that it stands at. For a kiosk or display: its name in the log. */
  deviceId: id.optional(),
  code: z.string().max(200).optional(),
});
export type SessionRequest = z.infer<typeof sessionRequestSchema>;

export interface Session {
  readonly token: string;
  readonly role: StaffRole | DeviceKind;
  readonly actor: string;
  /** Ms since 1970. */
  readonly expiresAt: number;
}

export interface SessionsOptions {
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly accessCode: string | undefined;
  /** The staff of a branch; undefined when there is no such branch. */
  readonly staffOf: (branchId: BranchId) => readonly StaffId[] | undefined;
  /** Whether this way in is still open (decision 0005); when it is not, people sign in and devices are paired. */
  readonly isOpen?: () => Promise<boolean>;
}

/** How a token is got instead. */
export type OtherWay = 'sign-in' | 'pair';

const HOUR = 3_600_000;
/** A person's shift; a screen on the wall is not to ask anybody at night. */
const LIFETIME = {
  ...{ teller: 12 * HOUR, manager: 12 * HOUR },
  ...{ kiosk: 720 * HOUR, display: 720 * HOUR, rating: 720 * HOUR, device: 720 * HOUR },
};

/** Gives a token to who may have one. */
export class Sessions {
  constructor(private readonly options: SessionsOptions) {}

  /** @param local whether the request came from this machine itself */
  async open(
    request: SessionRequest,
    local: boolean,
  ): Promise<Session | { readonly problem: Problem; readonly instead?: OtherWay }> {
    const { tokens, clock, accessCode, staffOf, isOpen } = this.options;
    const { branchId, role, staffId } = request;
    if (isOpen !== undefined && !(await isOpen())) {
      const person = role === 'teller' || role === 'manager';
      return person
        ? { problem: notAllowed('People sign in with their number: POST /api/sign-in.'), instead: 'sign-in' }
        : { problem: notAllowed('Devices are paired: POST /api/pairings.'), instead: 'pair' };
    }
    if (accessCode === undefined && !local)
      return { problem: notAllowed('Without LOBBYFLOW_ACCESS_CODE sessions are given only to this machine.') };
    if (accessCode !== undefined && !same(request.code ?? '', accessCode))
      return { problem: notAllowed('The access code is missing or wrong.') };

    const staff = staffOf(branchId);
    if (staff === undefined) return { problem: UNKNOWN_BRANCH };
    if (staffId !== undefined && !staff.includes(staffId))
      return { problem: badMessage('The request does not fit.', ['staffId: nobody of this branch has this number']) };
    if ((role === 'device' || role === 'rating') && request.deviceId === undefined)
      return {
        problem: badMessage('The request does not fit.', ['deviceId: must say which counter it is or stands at']),
      };

    const caller = callerOf(request);
    const expiresAt = clock.now() + LIFETIME[role];
    return { token: await tokens.issue(caller, expiresAt), role, actor: caller.actor, expiresAt };
  }
}

function callerOf({ branchId, role, staffId, deviceId }: SessionRequest): Caller {
  if (role === 'teller' || role === 'manager')
    return { role, branchId, actor: `staff:${staffId ?? role}`, ...(staffId !== undefined && { staffId }) };
  return { role, branchId, actor: `device:${deviceId ?? role}`, ...(deviceId !== undefined && { deviceId }) };
}
