import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../ports.ts';
import { DEVICE_KINDS, STAFF_ROLES, type Caller } from './caller.ts';

const claimsSchema = z.object({
  role: z.enum([...STAFF_ROLES, ...DEVICE_KINDS]),
  also: z.array(z.enum(STAFF_ROLES)).exactOptional(),
  actor: z.string(),
  branchId: z.string().exactOptional(),
  staffId: z.string().exactOptional(),
  counterId: z.string().exactOptional(),
  deviceId: z.string().exactOptional(),
  grantId: z.string().exactOptional(),
});
const expirySchema = z.object({ exp: z.number() });

/** So many verified tokens are remembered; a request with a known one costs no cryptography. */
const REMEMBERED = 2_000;

/** Tokens that say who somebody is: signed, not secret inside, valid for a limited time. */
export class Tokens {
  readonly #verified = new Map<string, { readonly caller: Caller; readonly expiresAt: number }>();

  constructor(
    private readonly key: Uint8Array,
    private readonly clock: Clock,
  ) {}

  /** @param expiresAt ms since 1970 */
  issue(caller: Caller, expiresAt: number): Promise<string> {
    return new SignJWT({ ...caller })
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
      const { exp } = expirySchema.parse(payload);
      const caller: Caller = claimsSchema.parse(payload);
      if (this.#verified.size >= REMEMBERED) this.#verified.clear();
      this.#verified.set(token, { caller, expiresAt: exp * 1000 });
      return caller;
    } catch {
      return undefined;
    }
  }
}
