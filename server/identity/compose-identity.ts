import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { Env } from '../../config/env.ts';
import { loadSingleSignOn } from '../../config/single-sign-on.ts';
import { MINUTE, type BranchId } from '../../domain/ids.ts';
import type { Hosts } from '../hosts.ts';
import type { Clock, Identities } from '../ports.ts';
import { Accounts } from './accounts.ts';
import { demoWays, makeDemoAccounts } from './demo-accounts.ts';
import { Devices } from './devices.ts';
import { firstAdministrator } from './first-administrator.ts';
import { Identity } from './identity.ts';
import type { OtherWays } from './other-ways.ts';
import { OwnSecret } from './own-secret.ts';
import { SessionBook } from './session-book.ts';
import { SignIn } from './sign-in.ts';
import { SingleSignOn } from './single-sign-on.ts';
import type { Tokens } from './tokens.ts';

const IDLE_MINUTES = 120;

export interface IdentityParts {
  readonly env: Env;
  readonly key: Uint8Array;
  readonly tokens: Tokens;
  readonly identities: Identities;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly hosts: Hosts;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Puts together who somebody is. */
export function composeIdentity({ env, key, hosts, ...parts }: IdentityParts) {
  const { identities, branches } = parts;
  const { demo } = env;
  const identity = new Identity({ ...parts, demo, idleMs: (env.idleMinutes ?? IDLE_MINUTES) * MINUTE });
  const sitsAt = async (branchId: string, counterId: string) => {
    const today = await hosts.today(branchId);
    return today.ok ? today.host.look((state) => state?.counters.get(counterId)?.tellerId) : undefined;
  };
  /** Rule N8. When the day cannot be reached now, its end accounts for the numbers. */
  const revoked = async (branchId: string, device: string, actor: string) => {
    const today = await hosts.today(branchId);
    const command = { type: 'ReleaseNumbers', device } as const;
    if (today.ok) await today.host.handle({ command, actor, commandId: randomUUID() });
  };
  const signIn = new SignIn({ ...parts, identity, sitsAt });
  const settings = env.singleSignOnFile === undefined ? undefined : loadSingleSignOn(env.singleSignOnFile);
  const secret = env.singleSignOnSecret;
  const singleSignOn =
    settings === undefined ? undefined : new SingleSignOn({ ...parts, settings, secret, key, signIn });
  const otherWays: OtherWays = {
    ...(demo && demoWays([...branches.values()])),
    ...(settings !== undefined && { singleSignOn: settings.name }),
  };
  return {
    identity,
    otherWays,
    signIn,
    singleSignOn,
    sessionBook: new SessionBook({ ...parts, identity }),
    accounts: new Accounts({ ...parts, identity }),
    ownSecret: new OwnSecret({ ...parts, identity }),
    devices: new Devices({ ...parts, identity, revoked }),
    /** To be called once at the start. @returns the link of the first administrator, while there is none */
    async prepare(): Promise<string | undefined> {
      if (demo) await makeDemoAccounts(identities, [...branches.values()]);
      else await identities.removeDemoAccounts();
      return demo || (await identity.isClaimed()) ? undefined : firstAdministrator(identities, key);
    },
  };
}
