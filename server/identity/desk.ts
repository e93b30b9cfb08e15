import type { Request, RequestHandler, Response } from 'express';
import type { Store } from 'express-rate-limit';
import { z } from 'zod';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BranchId } from '../../domain/ids.ts';
import type { Ack, Problem } from '../../protocol/messages.ts';
import { parse } from '../door.ts';
import { statusOf } from '../statuses.ts';
import type { Accounts } from './accounts.ts';
import type { DeviceState, PartState } from '../ports.ts';
import type { Ask } from './ask.ts';
import type { Caller } from './caller.ts';
import type { Devices } from './devices.ts';
import type { Identity } from './identity.ts';
import type { OtherWays } from './other-ways.ts';
import type { OwnSecret } from './own-secret.ts';
import type { SessionBook } from './session-book.ts';
import type { SignIn } from './sign-in.ts';
import type { SingleSignOn } from './single-sign-on.ts';

export interface IdentityApiOptions {
  readonly signIn: SignIn;
  readonly sessionBook: SessionBook;
  readonly accounts: Accounts;
  readonly ownSecret: OwnSecret;
  readonly devices: Devices;
  readonly identity: Identity;
  readonly otherWays: OtherWays;
  /** The bank's own sign-in, where it is set up. */
  readonly singleSignOn?: SingleSignOn | undefined;
  readonly tokens: Pick<Identity, 'verify'>;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  /** Where requests are counted, by the name of the limit; absent: in this process. */
  readonly countsOf?: ((limit: string) => Store) | undefined;
  /** For whatever can be guessed at: counts what fails. */
  readonly slowDownGuessing: RequestHandler;
  readonly readBody: RequestHandler;
  /** How the printer is that a device prints on over the network: it cannot know itself. */
  readonly printerOf: (caller: Caller) => Promise<PartState | undefined>;
  /** Tells the branch day what a machine says of itself. @returns nothing when that is nothing new */
  readonly machineSays: (caller: Caller, state: DeviceState) => Promise<Ack | undefined>;
}

/** What the routers of this folder share. */
export interface Desk extends IdentityApiOptions {
  readonly slowDownPairing: RequestHandler;
  readonly ask: Ask;
}

export function refuse(response: Response, problem: Problem): undefined {
  response.status(statusOf(problem)).json({ ok: false, problem });
}

/** A refusal that a screen has a sentence and a next step for. */
export function refuseBecause(response: Response, status: number, refusal: { readonly reason: string }): void {
  const code = status === 429 ? 'too-fast' : 'not-allowed';
  const problem: Problem = { code, message: `Refused: ${refusal.reason}.` };
  response.status(status).json({ ok: false, problem, ...refusal });
}

/** The body, if it fits; else it is refused. */
export function read<T extends z.ZodType>(schema: T, request: Request, response: Response): z.infer<T> | undefined {
  const parsed = parse(schema, request.body);
  return parsed.ok ? parsed.value : refuse(response, parsed.problem);
}

export const idSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.:-]+$/);
export const nameSchema = z.string().trim().min(1).max(60);
