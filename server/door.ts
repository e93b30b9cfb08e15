import type { z } from 'zod';
import type { BranchConfig } from '../domain/config.ts';
import type { BranchId } from '../domain/ids.ts';
import { profileOf } from '../domain/views/profile.ts';
import { viewFor } from '../domain/views/view-for.ts';
import type { Audience } from '../domain/views/views.ts';
import { commandMessageSchema, type CommandMessage } from '../protocol/commands.ts';
import {
  helloSchema,
  type Ack,
  type Hello,
  type Problem,
  type ViewMessage,
  type Welcome,
} from '../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import type { Hosts } from './hosts.ts';
import type { Caller } from './identity/caller.ts';
import { BusyError } from './looks.ts';
import { mayLook, maySend, reaches } from './identity/permissions.ts';
import type { Clock } from './ports.ts';
import {
  badMessage,
  BUSY,
  NOT_SIGNED_IN,
  notAllowed,
  SHUTTING_DOWN,
  STORE_AWAY,
  UNKNOWN_BRANCH,
  UNKNOWN_TICKET,
} from './problems.ts';

export type Looked =
  | { readonly ok: true; readonly message: ViewMessage; readonly config: BranchConfig }
  | { readonly ok: false; readonly problem: Problem };

/** More commands than this between the door and their answers, in all branches, and the next are turned away. */
const MAX_INSIDE = 10_000;

export interface DoorOptions {
  readonly hosts: Hosts;
  readonly clock: Clock;
  /** Where customers open their tickets, when it is not where the screens come from. */
  readonly publicUrl?: string | undefined;
  /** Told of each command: its type, or `unreadable`, what it was answered, and how long that took. */
  readonly noted?: (type: string, ack: Ack, seconds: number) => void;
  /** Told of every caller who may send what they sent. */
  readonly used?: (caller: Caller) => void;
}

/**
 * What both doors, socket and HTTP, lead through: parse · who · may they · handle · answer. Nothing here throws: whatever
 * comes in, the sender gets an answer that says what is wrong with it.
 *
 * `caller` is undefined when a token was shown and was not good.
 */
export class Door {
  readonly #hosts: Hosts;
  readonly #clock: Clock;
  readonly #publicUrl: string | undefined;
  readonly #noted: DoorOptions['noted'];
  readonly #used: DoorOptions['used'];
  #closed = false;
  #inside = 0;

  constructor({ hosts, clock, publicUrl, noted, used }: DoorOptions) {
    this.#hosts = hosts;
    this.#clock = clock;
    this.#publicUrl = publicUrl;
    this.#noted = noted;
    this.#used = used;
  }

  /** From now on every command is answered with `shutting-down`. */
  close(): void {
    this.#closed = true;
  }

  async command(branchId: BranchId, message: unknown, caller: Caller | undefined): Promise<Ack> {
    const begun = performance.now();
    const parsed = parse(commandMessageSchema, message);
    const ack = parsed.ok ? await this.#handle(branchId, parsed.value, caller) : parsed;
    const type = parsed.ok ? parsed.value.command.type : 'unreadable';
    this.#noted?.(type, ack, (performance.now() - begun) / 1000);
    return ack;
  }

  async #handle(branchId: BranchId, message: CommandMessage, caller: Caller | undefined): Promise<Ack> {
    if (this.#closed) return { ok: false, problem: SHUTTING_DOWN };
    if (caller === undefined) return { ok: false, problem: NOT_SIGNED_IN };
    const { commandId, command } = message;
    const stranger = this.#notOfBranch(caller, branchId);
    if (stranger !== undefined) return { ok: false, problem: stranger };
    if (!maySend(caller, command))
      return { ok: false, problem: notAllowed(`The role ${caller.role} may not send this ${command.type}.`) };
    this.#used?.(caller);
    if (this.#inside >= MAX_INSIDE) return { ok: false, problem: BUSY };
    this.#inside += 1;
    try {
      const today = await this.#hosts.today(branchId);
      return today.ok ? await today.host.handle({ command, commandId, actor: caller.actor }) : today;
    } finally {
      this.#inside -= 1;
    }
  }

  /** Parses a hello; what it asks for is then given by `welcome`. */
  hello(
    message: unknown,
    caller: Caller | undefined,
  ): { readonly ok: true; readonly hello: Hello } | { readonly ok: false; readonly problem: Problem } {
    const parsed = parse(helloSchema, message);
    if (!parsed.ok) return parsed;
    const hello = parsed.value;
    if (hello.protocol !== PROTOCOL_VERSION) {
      const message = `This server speaks protocol ${PROTOCOL_VERSION}, the screen ${hello.protocol}. Load the screen anew.`;
      return { ok: false, problem: { code: 'wrong-protocol', message, details: ['protocol'] } };
    }
    const problem = this.#mayNotLook(hello.branchId, hello.audience, caller);
    return problem === undefined ? { ok: true, hello } : { ok: false, problem };
  }

  /** The first view and what does not change during the day. `hello` must have been let in by `hello`. */
  async welcome({ branchId, audience }: Hello): Promise<Welcome> {
    const looked = await this.#look(branchId, audience);
    return looked.ok ? { ok: true, profile: profileOf(looked.config, this.#publicUrl), ...looked.message } : looked;
  }

  async view(branchId: BranchId, audience: Audience, caller: Caller | undefined): Promise<Looked> {
    const problem = this.#mayNotLook(branchId, audience, caller);
    return problem === undefined ? this.#look(branchId, audience) : { ok: false, problem };
  }

  async #look(branchId: BranchId, audience: Audience): Promise<Looked> {
    const today = await this.#hosts.today(branchId);
    if (!today.ok) return today;
    try {
      return await today.host.look((state, version): Looked => {
        const at = this.#clock.now();
        const view = viewFor(state, audience, at);
        if (state === undefined || view === undefined) return { ok: false, problem: UNKNOWN_TICKET };
        return { ok: true, message: { version, at, view }, config: state.config };
      });
    } catch (error) {
      return { ok: false, problem: error instanceof BusyError ? BUSY : STORE_AWAY };
    }
  }

  #mayNotLook(branchId: BranchId, audience: Audience, caller: Caller | undefined): Problem | undefined {
    if (caller === undefined) return NOT_SIGNED_IN;
    const stranger = this.#notOfBranch(caller, branchId);
    if (stranger !== undefined) return stranger;
    return mayLook(caller, audience)
      ? undefined
      : notAllowed(`The role ${caller.role} may not see the ${audience.kind} view asked for.`);
  }

  #notOfBranch(caller: Caller, branchId: BranchId): Problem | undefined {
    if (!this.#hosts.knows(branchId)) return UNKNOWN_BRANCH;
    if (reaches(caller, branchId)) return undefined;
    return notAllowed(`The token is for the branch ${caller.branchId}.`);
  }
}

/** @returns the value, or which fields of the message are wrong and how */
export function parse<T extends z.ZodType>(
  schema: T,
  message: unknown,
): { readonly ok: true; readonly value: z.infer<T> } | { readonly ok: false; readonly problem: Problem } {
  const parsed = schema.safeParse(message);
  if (parsed.success) return { ok: true, value: parsed.data };
  const details = parsed.error.issues
    .slice(0, 10)
    .map((issue) => `${issue.path.join('.') || '(message)'}: ${issue.message}`.slice(0, 300));
  return { ok: false, problem: badMessage('The message does not fit; see the fields in details.', details) };
}
