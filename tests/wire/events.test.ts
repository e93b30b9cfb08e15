import { expect, test } from '@jest/globals';
import { evolve } from '../../domain/evolve.ts';
import type { DomainEvent, EventType } from '../../domain/events.ts';
import type { BranchDay } from '../../domain/state.ts';
import {
  playAttentionDay,
  playDay,
  playDeskDay,
  playFloatingDay,
  playMachineDay,
  playOfflineDay,
} from './sample-day.ts';
import { expectSample, stored, storedNames } from './samples.ts';

/** Every type of the log; one that is missing here does not compile. */
const TYPES: Readonly<Record<EventType, true>> = {
  DayOpened: true,
  DayClosed: true,
  TicketIssued: true,
  ChannelOffered: true,
  ChannelFailed: true,
  TicketCalled: true,
  TicketRecalled: true,
  ServiceStarted: true,
  ServiceFinished: true,
  TicketMissed: true,
  TicketHeld: true,
  TicketReturned: true,
  TicketTransferred: true,
  TicketCancelled: true,
  TicketRejoined: true,
  TicketDelayed: true,
  DelayEnded: true,
  TicketPrioritised: true,
  CareNeedsMarked: true,
  TicketNoted: true,
  ServiceAdded: true,
  TicketExpired: true,
  CounterOpened: true,
  CounterClosing: true,
  CounterKeptOpen: true,
  CounterClosed: true,
  CounterPaused: true,
  CounterResumed: true,
  AutoCallSet: true,
  WorkProfileSet: true,
  MachineFailed: true,
  MachineRecovered: true,
  MachineServicesSet: true,
  TickerWritten: true,
  WindowsReviewed: true,
  WindowProposed: true,
  ProposalApproved: true,
  ProposalDismissed: true,
  ProposalExpired: true,
  CounterOpening: true,
  HoursExtended: true,
  EffectMeasured: true,
  ActionUndone: true,
  NumbersReserved: true,
  NumbersReleased: true,
  TicketsHandedIn: true,
  TicketTurnedAway: true,
  TaskRaised: true,
  TaskTaken: true,
  TaskEscalated: true,
  TaskFinished: true,
  AlertAcknowledged: true,
  AlertSnoozed: true,
  AlertEscalated: true,
};
const types = Object.keys(TYPES) as EventType[];
const { events } = playDay();
const written = [
  ...events,
  ...playDeskDay(),
  ...playFloatingDay(),
  ...playAttentionDay(),
  ...playOfflineDay(),
  ...playMachineDay(),
];

test.each(types)('%s is written as it is stored', (type) => {
  expectSample(
    `events/${type}`,
    written.find((event) => event.type === type),
  );
});

test('there is a sample of every event and of nothing else', () => {
  expect(storedNames('events')).toEqual([...types].sort());
});

test('a whole day is written as it is stored', () => {
  expectSample('day', events);
});

test('a log that was written before can still be read', () => {
  let state: BranchDay | undefined;
  for (const event of JSON.parse(stored('day')) as DomainEvent[]) state = evolve(state, event);
  const ends = [...(state?.tickets.values() ?? [])].map(({ number, status }) => `${number} ${status}`);
  expect(state?.closed).toBe(true);
  expectSample('day-ends', ends);
});
