import type { OutsideCommand } from '../../protocol/commands.ts';

type Each = { readonly [T in OutsideCommand['type']]: Extract<OutsideCommand, { type: T }> };

/** One of each command that may come from outside, for one counter; a missing one does not compile. */
export function commandsFor(counterId: string, tellerId?: string): Each {
  return {
    TakeTicket: { type: 'TakeTicket', services: ['transfer'] },
    CancelTicket: { type: 'CancelTicket', ticketId: 't', reason: 'left' },
    RejoinQueue: { type: 'RejoinQueue', ticketId: 't' },
    TransferTicket: { type: 'TransferTicket', ticketId: 't', to: { kind: 'segment', segment: 'cash' } },
    PrioritiseTicket: { type: 'PrioritiseTicket', ticketId: 't', reason: 'care' },
    MarkCareNeeds: { type: 'MarkCareNeeds', ticketId: 't', careNeeds: [] },
    AddService: { type: 'AddService', ticketId: 't', service: 'transfer' },
    OpenCounter: { type: 'OpenCounter', counterId, ...(tellerId !== undefined && { tellerId }) },
    CloseCounter: { type: 'CloseCounter', counterId },
    KeepCounterOpen: { type: 'KeepCounterOpen', counterId },
    PauseCounter: { type: 'PauseCounter', counterId, reason: 'fault' },
    ResumeCounter: { type: 'ResumeCounter', counterId },
    SetWorkProfile: { type: 'SetWorkProfile', counterId, profile: 'pooled' },
    ApproveProposal: { type: 'ApproveProposal', proposalId: 'p1' },
    DismissProposal: { type: 'DismissProposal', proposalId: 'p1', reason: 'other' },
    CallNext: { type: 'CallNext', counterId },
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
  };
}
