import type { BranchConfig } from '../../domain/config.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { Visit } from '../../domain/visit.ts';
import type { Commit } from '../../server/ports.ts';

/** Commits, events and visits as a store sees them: their sense does not matter to it. */

export const today: BusinessDay = '2026-11-24';
const eight = Date.UTC(2026, 10, 24, 0);

export function commitOf(branchId: BranchId, version: number, rest: Partial<Commit> = {}): Commit {
  return {
    branchId,
    day: today,
    version,
    events: [missed(`${branchId}/${version}`)],
    visits: [],
    reopened: [],
    ...rest,
  };
}

const fact = (commandId: string) => ({ at: eight, by: 'staff:1003', commandId });

export function dayOpened(commandId: string): DomainEvent {
  return { type: 'DayOpened', ...fact(commandId), day: today, config: { branchId: 'any' } as unknown as BranchConfig };
}

export function dayClosed(commandId: string): DomainEvent {
  return { type: 'DayClosed', ...fact(commandId) };
}

export function missed(commandId: string, ticketId = 'ticket-1'): DomainEvent {
  return { type: 'TicketMissed', ...fact(commandId), ticketId, callId: 'call-1' };
}

export function visitOf(ticketId: string, rest: Partial<Visit> = {}): Visit {
  return {
    ticketId,
    number: 'A023',
    segment: 'cash',
    services: ['deposit', 'exchange'],
    careNeeds: [],
    tier: 'gold',
    status: 'finished',
    issuedAt: eight + 1,
    endedAt: eight + 600_123,
    waitedMs: 300_000,
    servedMs: 300_122,
    counterId: '3',
    tellerId: '1003',
    quote: { p10: 2, p50: 5.5, p80: 8, p90: 10 },
    periods: [],
    ...rest,
  };
}
