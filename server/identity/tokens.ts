import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../ports.ts';
import type { Caller } from './caller.ts';

const claimsSchema = z.object({
  role: z.enum(['kiosk', 'display', 'teller', 'manager', 'device']),
  actor: z.string(),
  branchId: z.string(),
  staffId: z.string().optional(),
  deviceId: z.string().optional(),
  exp: z.number(),
});

/** So many verified tokens are remembered; a request with a known one costs no cryptography. */
const REMEMBERED = 2_000;

/** Tokens that say who somebody is: signed, not secret inside, valid for one branch and a limited time. */
export class Tokens {
  readonly #verified = new Map<string, { readonly caller: Caller; readonly expiresAt: number }>();

  constructor(
    private readonly key: Uint8Array,
    private readonly clock: Clock,
  ) {}

  /** @param expiresAt ms since 1970 */
  issue(caller: Caller, expiresAt: number): Promise<string> {
    const { role, actor, branchId, staffId, deviceId } = caller;
    return new SignJWT({ role, actor, branchId, staffId, deviceId })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(Math.floor(expiresAt / 1000))
      .sign(this.key);
  }

  /** @returns who holds the token; undefined when it is forged, damaged or expired */
  async verify(token: string): Promise<Caller | undefined> {
    const now = this.clock.now();
    const known = this.#verified.get(token);
    if (known !== undefined) return now < known.expiresAt ? known.caller : undefined;
    try {
      const { payload } = await jwtVerify(token, this.key, { algorithms: ['HS256'], currentDate: new Date(now) });
      const { exp, staffId, deviceId, ...rest } = claimsSchema.parse(payload);
      const caller: Caller = {
        ...rest,
        ...(staffId !== undefined && { staffId }),
        ...(deviceId !== undefined && { deviceId }),
      };
      if (this.#verified.size >= REMEMBERED) this.#verified.clear();
      this.#verified.set(token, { caller, expiresAt: exp * 1000 });
      return caller;
    } catch {
      return undefined;
    }
  }
}
