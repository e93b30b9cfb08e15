import { jwtVerify, SignJWT } from 'jose';
import * as oidc from 'openid-client';
import { z } from 'zod';
import type { SingleSignOn as Settings } from '../../config/single-sign-on.ts';
import type { BranchId } from '../../domain/ids.ts';
import type { Clock, Grant, Identities, StaffAccount } from '../ports.ts';
import type { SignedIn, SignIn, SignInRefusal } from './sign-in.ts';

/** Time to sign in at the bank's directory. */
const ATTEMPT_MS = 10 * 60_000;
const CALLBACK = '/api/single-sign-on/callback';

const attemptSchema = z.object({
  branchId: z.string(),
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
});

export interface SingleSignOnOptions {
  readonly settings: Settings;
  readonly secret: string | undefined;
  /** Signs what the browser keeps of an attempt. */
  readonly key: Uint8Array;
  readonly identities: Identities;
  readonly signIn: SignIn;
  readonly clock: Clock;
}

/** Signing in at the console with the bank's directory: OpenID Connect, code flow with PKCE. */
export class SingleSignOn {
  readonly #options: SingleSignOnOptions;
  #provider: Promise<oidc.Configuration> | undefined;

  constructor(options: SingleSignOnOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.settings.name;
  }

  /** Whether cookies can be kept from plain HTTP. */
  get secure(): boolean {
    return this.#options.settings.publicUrl.startsWith('https:');
  }

  /** @returns where to send the browser, and what it is to bring back. Rejects when the provider is away. */
  async begin(branchId: BranchId): Promise<{ readonly address: string; readonly attempt: string }> {
    const { settings, key, clock } = this.#options;
    const [verifier, state, nonce] = [oidc.randomPKCECodeVerifier(), oidc.randomState(), oidc.randomNonce()];
    const address = oidc.buildAuthorizationUrl(await this.#discover(), {
      redirect_uri: new URL(CALLBACK, settings.publicUrl).href,
      scope: settings.scope,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    const attempt = await new SignJWT({ branchId, verifier, state, nonce })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(CALLBACK)
      .setExpirationTime(Math.floor((clock.now() + ATTEMPT_MS) / 1000))
      .sign(key);
    return { address: address.href, attempt };
  }

  /**
   * @param path of the request with which the browser came back, with its query
   * @returns undefined when this is not the end of an attempt that began here
   */
  async finish(
    path: string,
    attempt: string,
  ): Promise<{ readonly branchId: BranchId; readonly result: SignedIn | SignInRefusal } | undefined> {
    const { settings, signIn } = this.#options;
    const begun = await this.#read(attempt);
    if (begun === undefined) return undefined;
    const { branchId, verifier, state, nonce } = begun;
    let claims: Readonly<Record<string, unknown>> | undefined;
    try {
      const tokens = await oidc.authorizationCodeGrant(await this.#discover(), new URL(path, settings.publicUrl), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
      });
      claims = tokens.claims();
    } catch {
      return undefined;
    }
    const staffId = claims?.[settings.staffIdClaim];
    if (claims === undefined || typeof staffId !== 'string' || !/^[\w.:-]{1,64}$/.test(staffId)) return undefined;
    const account = await this.#accountOf(staffId, claims);
    if (account.disabled) return { branchId, result: { reason: 'no-role' } };
    return { branchId, result: await signIn.admit(account, { branchId }) };
  }

  /** What the directory says of roles holds for this session; what an administrator gave here stays. */
  async #accountOf(staffId: string, claims: Readonly<Record<string, unknown>>): Promise<StaffAccount> {
    const { settings, identities } = this.#options;
    const [name, groups] = [claims[settings.nameClaim], claims[settings.groupsClaim]];
    const kept = await identities.account(staffId);
    const account = kept ?? {
      ...{ staffId, name: typeof name === 'string' && name !== '' ? name.slice(0, 60) : staffId },
      ...{ grants: [], disabled: false, demo: false },
    };
    if (kept === undefined) await identities.saveAccount(account);
    const member = new Set(Array.isArray(groups) ? groups : []);
    const given = settings.roles.filter(({ group }) => member.has(group));
    const grants: readonly Grant[] = given.map(({ role, branch }) => ({ role, branchId: branch }));
    return { ...account, grants: [...account.grants, ...grants] };
  }

  async #read(attempt: string): Promise<z.infer<typeof attemptSchema> | undefined> {
    try {
      const currentDate = new Date(this.#options.clock.now());
      const { payload } = await jwtVerify(attempt, this.#options.key, {
        ...{ algorithms: ['HS256'], audience: CALLBACK, currentDate },
      });
      return attemptSchema.parse(payload);
    } catch {
      return undefined;
    }
  }

  /** Once; a provider that was away is asked again. */
  async #discover(): Promise<oidc.Configuration> {
    const { settings, secret } = this.#options;
    const issuer = new URL(settings.issuer);
    // Only for a provider on this machine.
    const plain = issuer.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(issuer.hostname);
    this.#provider ??= oidc.discovery(issuer, settings.clientId, secret, undefined, {
      ...(plain && { execute: [oidc.allowInsecureRequests] }),
    });
    try {
      return await this.#provider;
    } catch (error) {
      this.#provider = undefined;
      throw error;
    }
  }
}
