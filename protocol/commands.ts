import { z } from 'zod';
import type { Command } from '../domain/commands.ts';

/** Commands that may come from outside. Opening and closing the day, and timers, come from inside only. */

const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.:-]+$/);
const ids = z.array(id).max(20);
const instant = z.number().int().nonnegative();
const outcome = z.enum(['done', 'referred', 'not-possible']);
const outOfTurn = z.enum(['care', 'appointment', 'came-back', 'long-wait', 'quick', 'complaint', 'other']);
const dismissReason = z.enum(['nobody-free', 'passes-soon', 'other-plan', 'wrong-window', 'other']);
const cancelReason = z.enum(['left', 'mistake', 'duplicate', 'redirected', 'other']);

const transferTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('service'), service: id }),
  z.strictObject({ kind: z.literal('segment'), segment: id }),
  z.strictObject({ kind: z.literal('counter'), counterId: id }),
  z.strictObject({ kind: z.literal('person'), staffId: id }),
]);

function at<const T extends string>(type: T) {
  return { type: z.literal(type), counterId: id } as const;
}

export const commandSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('TakeTicket'),
    services: ids.min(1),
    careNeeds: ids.optional(),
    tier: id.optional(),
    amount: z.number().nonnegative().max(1e12).optional(),
    appointmentAt: instant.optional(),
    adviser: id.optional(),
    language: z.enum(['zh-CN', 'zh-TW', 'en']).optional(),
  }),
  z.strictObject({ type: z.literal('CancelTicket'), ticketId: id, reason: cancelReason }),
  z.strictObject({ type: z.literal('RejoinQueue'), ticketId: id }),
  z.strictObject({ type: z.literal('TransferTicket'), ticketId: id, to: transferTarget }),
  z.strictObject({ type: z.literal('PrioritiseTicket'), ticketId: id, reason: outOfTurn }),
  z.strictObject({ type: z.literal('MarkCareNeeds'), ticketId: id, careNeeds: ids }),
  z.strictObject({ type: z.literal('AddService'), ticketId: id, service: id }),
  z.strictObject({ ...at('OpenCounter'), tellerId: id.optional() }),
  z.strictObject(at('CloseCounter')),
  z.strictObject(at('KeepCounterOpen')),
  z.strictObject({ ...at('PauseCounter'), reason: id }),
  z.strictObject(at('ResumeCounter')),
  z.strictObject({ ...at('SetWorkProfile'), profile: id }),
  z.strictObject({ type: z.literal('ApproveProposal'), proposalId: id }),
  z.strictObject({ type: z.literal('DismissProposal'), proposalId: id, reason: dismissReason }),
  z.strictObject({ ...at('CallNext'), finish: outcome.optional() }),
  z.strictObject({ ...at('CallTicket'), ticketId: id, reason: outOfTurn }),
  z.strictObject(at('Recall')),
  z.strictObject(at('StartService')),
  z.strictObject({ ...at('FinishService'), outcome }),
  z.strictObject(at('MarkNoShow')),
  z.strictObject({ ...at('HoldTicket'), reason: id }),
  z.strictObject({ ...at('ResumeTicket'), ticketId: id }),
  z.strictObject(at('ReturnToQueue')),
  z.strictObject({ ...at('ServeWithoutTicket'), services: ids.min(1) }),
  z.strictObject({ type: z.literal('UndoLast'), counterId: id.optional() }),
]);

export type OutsideCommand = Exclude<
  Command,
  { type: 'OpenDay' | 'CloseDay' | 'ExpireCall' | 'ReviewWindows' | 'OpenReadyCounter' }
>;

export const commandIdSchema = z.uuid();

export const commandMessageSchema = z.strictObject({ commandId: commandIdSchema, command: commandSchema });
export interface CommandMessage {
  readonly commandId: string;
  readonly command: OutsideCommand;
}

// Both directions, so that the schema and the core's type cannot drift apart.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
export const schemaMatchesCore: Same<z.infer<typeof commandSchema>['type'], OutsideCommand['type']> = true;
