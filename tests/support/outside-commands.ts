import type { OutsideCommand } from '../../protocol/commands.ts';

type Each = { readonly [T in OutsideCommand['type']]: Extract<OutsideCommand, { type: T }> };

const KIOSK = '0d3a5f9f-6c11-4c8e-8a52-6f1d0d2e9b1c';
const OFFLINE_TICKET = {
  ...{ ticketId: 'AAAAAAAAAAAAAAAAAAAAAA', series: 'cash', sequence: 501, services: ['transfer'] },
  takenAt: Date.UTC(2026, 10, 24, 2),
};

/** One of each command that may come from outside, for one counter; a missing one does not compile. */
export function commandsFor(counterId: string, tellerId?: string): Each {
  return {
    TakeTicket: { type: 'TakeTicket', services: ['transfer'] },
    ReserveNumbers: { type: 'ReserveNumbers', kiosk: KIOSK },
    HandInTickets: { type: 'HandInTickets', kiosk: KIOSK, day: '2026-11-24', tickets: [OFFLINE_TICKET] },
    LeaveOffer: { type: 'LeaveOffer', service: 'transfer', channel: 'machine', savesMinutes: 10 },
    CancelTicket: { type: 'CancelTicket', ticketId: 't', reason: 'left' },
    RejoinQueue: { type: 'RejoinQueue', ticketId: 't' },
    DelayTicket: { type: 'DelayTicket', ticketId: 't' },
    EndDelay: { type: 'EndDelay', ticketId: 't' },
    TransferTicket: { type: 'TransferTicket', ticketId: 't', to: { kind: 'segment', segment: 'cash' } },
    PrioritiseTicket: { type: 'PrioritiseTicket', ticketId: 't', reason: 'care' },
    MarkCareNeeds: { type: 'MarkCareNeeds', ticketId: 't', careNeeds: [] },
    NoteTicket: { type: 'NoteTicket', ticketId: 't', notes: [] },
    AddService: { type: 'AddService', ticketId: 't', service: 'transfer' },
    OpenCounter: { type: 'OpenCounter', counterId, ...(tellerId !== undefined && { tellerId }) },
    CloseCounter: { type: 'CloseCounter', counterId },
    KeepCounterOpen: { type: 'KeepCounterOpen', counterId },
    PauseCounter: { type: 'PauseCounter', counterId, reason: 'fault' },
    ResumeCounter: { type: 'ResumeCounter', counterId },
    WriteTicker: { type: 'WriteTicker', lines: [] },
    SetWorkProfile: { type: 'SetWorkProfile', counterId, profile: 'pooled' },
    ReportMachine: { type: 'ReportMachine', counterId, fault: false, cannot: [] },
    ApproveProposal: { type: 'ApproveProposal', proposalId: 'p1' },
    DismissProposal: { type: 'DismissProposal', proposalId: 'p1', reason: 'other' },
    CallNext: { type: 'CallNext', counterId },
    SetAutoCall: { type: 'SetAutoCall', counterId, on: true },
    CallTicket: { type: 'CallTicket', counterId, ticketId: 't', reason: 'quick' },
    Recall: { type: 'Recall', counterId },
    StartService: { type: 'StartService', counterId },
    FinishService: { type: 'FinishService', counterId, outcome: 'done' },
    MarkNoShow: { type: 'MarkNoShow', counterId },
    HoldTicket: { type: 'HoldTicket', counterId, reason: 'papers' },
    ResumeTicket: { type: 'ResumeTicket', counterId, ticketId: 't' },
    ReturnToQueue: { type: 'ReturnToQueue', counterId },
    ServeWithoutTicket: { type: 'ServeWithoutTicket', counterId, services: ['transfer'] },
    UndoLast: { type: 'UndoLast', counterId },
    AskForPerson: { type: 'AskForPerson', from: { kind: 'counter', id: counterId } },
    RaiseTask: { type: 'RaiseTask', kind: 'guide', place: { kind: 'counter', id: counterId }, ticketId: 't' },
    AcknowledgeAlert: { type: 'AcknowledgeAlert', alertId: 'vip-soon:t' },
    SnoozeAlert: { type: 'SnoozeAlert', alertId: 'vip-soon:t' },
    EscalateAlert: { type: 'EscalateAlert', alertId: 'queue-long:cash' },
    TakeTask: { type: 'TakeTask', taskId: 't1' },
    FinishTask: { type: 'FinishTask', taskId: 't1', outcome: 'done' },
  };
}
