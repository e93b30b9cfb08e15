import { z } from 'zod';
import type { Answer } from '../domain/answer.ts';
import type { Rejection } from '../domain/rejections.ts';
import type { BranchProfile, View } from '../domain/views/views.ts';
import type { CommandMessage } from './commands.ts';
import { SOUND_STATES, type SpeakerAnswer } from './display.ts';

/**
 * The socket's wire. One closed set of messages each way; every one from a client is parsed by its schema. A token comes in the
 * handshake as `auth: { token }`, over HTTP as `Authorization: Bearer`. A phone has none: its ticket link is its right.
 */

const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.:-]+$/);

export const audienceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kiosk') }),
  z.strictObject({ kind: z.literal('display'), zone: id.optional(), counterId: id.optional() }),
  z.strictObject({ kind: z.literal('counter'), counterId: id }),
  z.strictObject({ kind: z.literal('manager') }),
  z.strictObject({ kind: z.literal('ticket'), ticketId: id }),
  z.strictObject({ kind: z.literal('rating'), counterId: id }),
]);

/** First message after every connect, and again to look at something else. A restart, a gap and a first visit look the same. */
export const helloSchema = z.strictObject({
  protocol: z.number().int(),
  branchId: id,
  audience: audienceSchema,
  /** Of the view that the screen shows now; a hint, never needed. */
  lastVersion: z.number().int().nonnegative().optional(),
});
export type Hello = z.infer<typeof helloSchema>;

export interface ViewMessage {
  /** Number of the commit that the view shows. */
  readonly version: number;
  /** Server time when it was made (ms since 1970, UTC). The newer of two has the larger version, then the larger time. */
  readonly at: number;
  readonly view: View;
}

export type Welcome =
  | ({ readonly ok: true; readonly profile: BranchProfile } & ViewMessage)
  | { readonly ok: false; readonly problem: Problem };

/** What went wrong before a command reached the branch day. `message` says in English what is wrong and what to do. */
export interface Problem {
  readonly code:
    | 'bad-message'
    | 'wrong-protocol'
    | 'unknown-branch'
    | 'unknown-ticket'
    | 'not-signed-in'
    | 'not-allowed'
    | 'too-fast'
    | 'busy'
    | 'shutting-down'
    | 'store-away';
  readonly message: string;
  readonly details?: readonly string[] | undefined;
}

export type Ack =
  /** Done and durable. */
  | { readonly ok: true; readonly version: number; readonly answer: Answer }
  /** Refused by the branch day; nothing changed. */
  | { readonly ok: false; readonly version: number; readonly rejection: Rejection }
  | { readonly ok: false; readonly problem: Problem };

/** A display says how its sound is, every few seconds and when it changes; it is told whether it is the one that speaks. */
export const soundSchema = z.strictObject({
  /** A name that the page made for itself. */
  screen: id,
  state: z.enum(SOUND_STATES),
});
export type SoundReport = z.infer<typeof soundSchema>;

export interface ClientToServerEvents {
  sound: (message: SoundReport, answer: (answer: SpeakerAnswer | { ok: false; problem: Problem }) => void) => void;
  hello: (message: Hello, answer: (welcome: Welcome) => void) => void;
  command: (message: CommandMessage, answer: (ack: Ack) => void) => void;
}

export interface ServerToClientEvents {
  view: (message: ViewMessage) => void;
  /** Every 5 s while the server knows that what it shows is the present; this is its clock. */
  beat: (message: { readonly at: number }) => void;
  /** A new business day: the profile and the view of it. */
  profile: (message: { readonly profile: BranchProfile }) => void;
}
