import { z } from 'zod';
import type { ASKING_PLACES, TASK_KINDS, TASK_OUTCOMES, TASK_PLACES } from '../domain/attention/task.ts';
import type { Command } from '../domain/commands.ts';

/** Commands that may come from outside. Opening and closing the day, and timers, come from inside only. */

const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.:-]+$/);
/** A kind and what it is about: longer than either. */
const alertId = z
  .string()
  .min(1)
  .max(96)
  .regex(/^[\w.:-]+$/);
const ids = z.array(id).max(20);
const instant = z.number().int().nonnegative();
const outcome = z.enum(['done', 'referred', 'not-possible']);
const outOfTurn = z.enum(['care', 'appointment', 'came-back', 'long-wait', 'quick', 'complaint', 'other']);
const dismissReason = z.enum(['nobody-free', 'passes-soon', 'other-plan', 'wrong-window', 'other']);
const channel = z.literal('machine');
const savesMinutes = z.number().int().min(0).max(600);
const cancelReason = z.enum(['left', 'mistake', 'duplicate', 'redirected', 'other']);

const askingPlaces = ['kiosk', 'machine', 'counter', 'phone'] as const satisfies typeof ASKING_PLACES;
const taskPlaces = [...askingPlaces, 'display', 'zone'] as const satisfies typeof TASK_PLACES;
const taskKinds = [
  'assist',
  'device-fault',
  'device-silent',
  'guide',
  'documents',
  'other',
] as const satisfies typeof TASK_KINDS;
const taskOutcomes = ['done', 'nobody-there', 'not-needed', 'passed-on'] as const satisfies typeof TASK_OUTCOMES;
const taskPlace = z.strictObject({ kind: z.enum(taskPlaces), id });

const transferTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('service'), service: id }),
  z.strictObject({ kind: z.literal('segment'), segment: id }),
  z.strictObject({ kind: z.literal('counter'), counterId: id }),
  z.strictObject({ kind: z.literal('person'), staffId: id }),
]);

const words = z.string().trim().max(120);
/** What the displays show: at least one language, each on one line. */
const tickerLine = z
  .strictObject({ 'zh-CN': words, 'zh-TW': words, en: words })
  .refine((line) => Object.values(line).some((said) => said !== ''), 'the line is empty: write it in one language');

const offlineTicket = z.strictObject({
  // 128 random bits, as the server makes them: whoever knows a ticket's id holds the ticket.
  ticketId: z.string().regex(/^[\w-]{22}$/, '22 letters, digits, - or _: 128 random bits'),
  series: id,
  sequence: z.number().int().nonnegative().max(1e6),
  services: ids.min(1),
  careNeeds: ids.optional(),
  tier: id.optional(),
  language: z.enum(['zh-CN', 'zh-TW', 'en']).optional(),
  takenAt: instant,
  insteadOf: z.uuid().optional(),
});

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
    planned: z.literal(true).optional(),
    offer: z.strictObject({ channel, answer: z.enum(['accepted', 'declined']), savesMinutes }).optional(),
  }),
  z.strictObject({ type: z.literal('LeaveOffer'), service: id, channel, savesMinutes }),
  z.strictObject({ type: z.literal('CancelTicket'), ticketId: id, reason: cancelReason }),
  z.strictObject({ type: z.literal('RejoinQueue'), ticketId: id }),
  z.strictObject({ type: z.literal('DelayTicket'), ticketId: id }),
  z.strictObject({ type: z.literal('EndDelay'), ticketId: id }),
  z.strictObject({ type: z.literal('TransferTicket'), ticketId: id, to: transferTarget }),
  z.strictObject({ type: z.literal('PrioritiseTicket'), ticketId: id, reason: outOfTurn }),
  z.strictObject({ type: z.literal('MarkCareNeeds'), ticketId: id, careNeeds: ids }),
  z.strictObject({ type: z.literal('NoteTicket'), ticketId: id, notes: ids }),
  z.strictObject({ type: z.literal('AddService'), ticketId: id, service: id }),
  z.strictObject({ ...at('OpenCounter'), tellerId: id.optional() }),
  z.strictObject(at('CloseCounter')),
  z.strictObject(at('KeepCounterOpen')),
  z.strictObject({ ...at('PauseCounter'), reason: id }),
  z.strictObject(at('ResumeCounter')),
  z.strictObject({ ...at('SetWorkProfile'), profile: id }),
  z.strictObject({ type: z.literal('WriteTicker'), lines: z.array(tickerLine).max(8) }),
  z.strictObject({ type: z.literal('ApproveProposal'), proposalId: id }),
  z.strictObject({ type: z.literal('DismissProposal'), proposalId: id, reason: dismissReason }),
  z.strictObject({ ...at('CallNext'), finish: outcome.optional(), code: id.optional() }),
  z.strictObject({ ...at('SetAutoCall'), on: z.boolean() }),
  z.strictObject({ ...at('ReportMachine'), fault: z.boolean(), cannot: z.array(id).max(50) }),
  z.strictObject({ ...at('CallTicket'), ticketId: id, reason: outOfTurn }),
  z.strictObject(at('Recall')),
  z.strictObject(at('StartService')),
  z.strictObject({ ...at('FinishService'), outcome, code: id.optional() }),
  z.strictObject(at('MarkNoShow')),
  z.strictObject({ ...at('HoldTicket'), reason: id }),
  z.strictObject({ ...at('ResumeTicket'), ticketId: id }),
  z.strictObject(at('ReturnToQueue')),
  z.strictObject({ ...at('ServeWithoutTicket'), services: ids.min(1) }),
  z.strictObject({ type: z.literal('UndoLast'), counterId: id.optional() }),
  z.strictObject({ type: z.literal('ReserveNumbers'), kiosk: z.uuid() }),
  z.strictObject({
    type: z.literal('HandInTickets'),
    kiosk: z.uuid(),
    day: z.iso.date(),
    tickets: z.array(offlineTicket).min(1).max(20),
  }),
  z.strictObject({
    type: z.literal('AskForPerson'),
    from: z.strictObject({ kind: z.enum(askingPlaces), id }),
    ticketId: id.optional(),
  }),
  z.strictObject({
    type: z.literal('RaiseTask'),
    kind: z.enum(taskKinds),
    place: taskPlace,
    ticketId: id.optional(),
  }),
  z.strictObject({ type: z.literal('AcknowledgeAlert'), alertId }),
  z.strictObject({ type: z.literal('SnoozeAlert'), alertId }),
  z.strictObject({ type: z.literal('EscalateAlert'), alertId }),
  z.strictObject({ type: z.literal('TakeTask'), taskId: id }),
  z.strictObject({ type: z.literal('FinishTask'), taskId: id, outcome: z.enum(taskOutcomes).optional() }),
]);

export type OutsideCommand = Exclude<
  Command,
  {
    type:
      | 'OpenDay'
      | 'CloseDay'
      | 'ExpireCall'
      | 'ExpireDelay'
      | 'ReviewWindows'
      | 'OpenReadyCounter'
      | 'CallWaiting'
      | 'AssumeArrival'
      | 'EscalateTask'
      | 'ReleaseNumbers'
      | 'MarkMachineSilent';
  }
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
