import { describe, expect, test } from '@jest/globals';
import { answerOf } from '../../domain/answer.ts';
import { profileOf } from '../../domain/views/profile.ts';
import { viewFor } from '../../domain/views/view-for.ts';
import type { Audience, View } from '../../domain/views/views.ts';
import { commandMessageSchema, type OutsideCommand } from '../../protocol/commands.ts';
import {
  helloSchema,
  type Ack,
  type Hello,
  type Problem,
  type ViewMessage,
  type Welcome,
} from '../../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { playDay, SAMPLE_BRANCH } from './sample-day.ts';
import { expectSample, storedNames } from './samples.ts';

const { events, midday, middayAt } = playDay();
const commandId = '6f1d0d2e-6c8e-4a52-9b1c-0d3a5f9f6c11';

const commands: { readonly [T in OutsideCommand['type']]: Extract<OutsideCommand, { type: T }> } = {
  TakeTicket: {
    type: 'TakeTicket',
    services: ['deposit', 'loan'],
    careNeeds: ['older'],
    tier: 'gold',
    amount: 80_000,
    appointmentAt: middayAt,
    adviser: '2',
    language: 'zh-TW',
  },
  LeaveOffer: { type: 'LeaveOffer', service: 'transfer', channel: 'machine', savesMinutes: 10 },
  CancelTicket: { type: 'CancelTicket', ticketId: 'id-3', reason: 'left' },
  RejoinQueue: { type: 'RejoinQueue', ticketId: 'id-3' },
  DelayTicket: { type: 'DelayTicket', ticketId: 'id-3' },
  EndDelay: { type: 'EndDelay', ticketId: 'id-3' },
  TransferTicket: { type: 'TransferTicket', ticketId: 'id-3', to: { kind: 'counter', counterId: 'c2' } },
  PrioritiseTicket: { type: 'PrioritiseTicket', ticketId: 'id-3', reason: 'came-back' },
  MarkCareNeeds: { type: 'MarkCareNeeds', ticketId: 'id-3', careNeeds: ['older'] },
  NoteTicket: { type: 'NoteTicket', ticketId: 'id-3', notes: ['slow'] },
  AddService: { type: 'AddService', ticketId: 'id-3', service: 'loan' },
  OpenCounter: { type: 'OpenCounter', counterId: 'c1', tellerId: '1' },
  CloseCounter: { type: 'CloseCounter', counterId: 'c1' },
  KeepCounterOpen: { type: 'KeepCounterOpen', counterId: 'c1' },
  PauseCounter: { type: 'PauseCounter', counterId: 'c1', reason: 'break' },
  ResumeCounter: { type: 'ResumeCounter', counterId: 'c1' },
  ReportMachine: { type: 'ReportMachine', counterId: 'm1', fault: true, cannot: ['deposit'] },
  SetWorkProfile: { type: 'SetWorkProfile', counterId: 'c1', profile: 'vip-first' },
  WriteTicker: {
    type: 'WriteTicker',
    lines: [{ 'zh-CN': '今天 16:00 停电', 'zh-TW': '', en: 'No power from 16:00' }],
  },
  ApproveProposal: { type: 'ApproveProposal', proposalId: 'p1' },
  DismissProposal: { type: 'DismissProposal', proposalId: 'p1', reason: 'nobody-free' },
  CallNext: { type: 'CallNext', counterId: 'c1', finish: 'done', code: 'signed' },
  SetAutoCall: { type: 'SetAutoCall', counterId: 'c1', on: true },
  CallTicket: { type: 'CallTicket', counterId: 'c1', ticketId: 'id-3', reason: 'quick' },
  Recall: { type: 'Recall', counterId: 'c1' },
  StartService: { type: 'StartService', counterId: 'c1' },
  FinishService: { type: 'FinishService', counterId: 'c1', outcome: 'referred', code: 'more-papers' },
  MarkNoShow: { type: 'MarkNoShow', counterId: 'c1' },
  HoldTicket: { type: 'HoldTicket', counterId: 'c1', reason: 'form' },
  ResumeTicket: { type: 'ResumeTicket', counterId: 'c1', ticketId: 'id-3' },
  ReturnToQueue: { type: 'ReturnToQueue', counterId: 'c1' },
  ServeWithoutTicket: { type: 'ServeWithoutTicket', counterId: 'c1', services: ['deposit'] },
  UndoLast: { type: 'UndoLast', counterId: 'c1' },
  ReserveNumbers: { type: 'ReserveNumbers', kiosk: commandId },
  HandInTickets: {
    ...{ type: 'HandInTickets', kiosk: commandId, day: '2026-11-24' },
    tickets: [
      {
        ...{ ticketId: 'dGlja2V0LW9mLWEta2lvc2', series: 'cash', sequence: 501, services: ['deposit'] },
        ...{ careNeeds: ['older'], tier: 'gold', language: 'zh-TW', takenAt: middayAt, insteadOf: commandId },
      },
    ],
  },
  AskForPerson: { type: 'AskForPerson', from: { kind: 'kiosk', id: 'kiosk-1' }, ticketId: 'id-3' },
  RaiseTask: { type: 'RaiseTask', kind: 'guide', place: { kind: 'zone', id: 'hall' }, ticketId: 'id-3' },
  AcknowledgeAlert: { type: 'AcknowledgeAlert', alertId: 'queue-long:cash' },
  SnoozeAlert: { type: 'SnoozeAlert', alertId: 'queue-long:cash' },
  EscalateAlert: { type: 'EscalateAlert', alertId: 'vip-arrival:id-3' },
  TakeTask: { type: 'TakeTask', taskId: 't1' },
  FinishTask: { type: 'FinishTask', taskId: 't1', outcome: 'nobody-there' },
};

const audiences: { readonly [K in View['kind']]: Extract<Audience, { kind: K }> } = {
  kiosk: { kind: 'kiosk' },
  display: { kind: 'display', counterId: 'c1' },
  counter: { kind: 'counter', counterId: 'c1' },
  manager: { kind: 'manager' },
  ticket: { kind: 'ticket', ticketId: 'id-5' },
  rating: { kind: 'rating', counterId: 'c1' },
};

function viewMessage(audience: Audience): ViewMessage {
  const view = viewFor(midday, audience, middayAt);
  if (view === undefined) throw new Error(`the sample day has no ${audience.kind} view`);
  return { version: 34, at: middayAt, view };
}

const problem: Problem = {
  code: 'bad-message',
  message: 'The message does not fit; see the fields in details.',
  details: ['command.services: Too small: expected array to have >=1 items'],
};
const hello: Hello = {
  protocol: PROTOCOL_VERSION,
  branchId: 'sample',
  audience: { kind: 'display', zone: 'hall' },
  lastVersion: 12,
};
const welcome: Welcome = { ok: true, profile: profileOf(SAMPLE_BRANCH), ...viewMessage({ kind: 'kiosk' }) };
const answers = (type: string) => answerOf(events.filter((event) => event.type === type).slice(0, 1));
const ack = (answer: Extract<Ack, { ok: true }>['answer']): Ack => ({ ok: true, version: 34, answer });

const messages: Readonly<Record<string, unknown>> = {
  hello,
  welcome,
  'welcome-problem': { ok: false, problem } satisfies Welcome,
  'ack-issued': ack(answers('TicketIssued')),
  'ack-called': ack(answers('TicketCalled')),
  'ack-undone': ack(answers('ActionUndone')),
  'ack-handed-in': ack({ turnedAway: [{ number: 'A501', reason: 'number-already-used' }] }),
  'ack-done': ack({}),
  'ack-rejection': { ok: false, version: 34, rejection: { code: 'recall-too-soon', seconds: 7 } } satisfies Ack,
  'ack-problem': { ok: false, problem } satisfies Ack,
  beat: { at: middayAt },
  profile: { profile: profileOf(SAMPLE_BRANCH) },
  ...Object.fromEntries(Object.values(audiences).map((audience) => [`view-${audience.kind}`, viewMessage(audience)])),
  ...Object.fromEntries(Object.values(commands).map((command) => [`command-${command.type}`, { commandId, command }])),
};

test.each(Object.keys(messages))('%s is sent as it is stored', (name) => {
  expectSample(`messages/${name}`, messages[name]);
});

test('there is a sample of every message and of nothing else', () => {
  expect(storedNames('messages')).toEqual(Object.keys(messages).sort());
});

describe('what clients send is understood', () => {
  test.each(Object.values(commands))('$type', (command) => {
    expect(commandMessageSchema.parse({ commandId, command })).toEqual({ commandId, command });
  });
  test('hello', () => {
    expect(helloSchema.parse(hello)).toEqual(hello);
  });
});

test('the views of the hall hold no ticket id and no person', () => {
  for (const audience of [audiences.kiosk, audiences.display]) {
    const text = JSON.stringify(viewMessage(audience));
    for (const ticketId of midday.tickets.keys()) expect(text).not.toContain(`"${ticketId}"`);
    expect(text).not.toMatch(/tellerId|staffId|careNeeds/);
  }
});
