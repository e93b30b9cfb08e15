import { escalatesAt } from '../attention/task.ts';
import type { Command, TransferTarget } from '../commands.ts';
import type { DomainEvent, NumbersReleased, TicketIssued } from '../events.ts';
import type { ActorId, CommandId, CounterId, Instant, TaskId, TicketId } from '../ids.ts';
import { blockOf } from '../numbers.ts';
import { must } from '../records.ts';
import type { BranchDay } from '../state.ts';
import { noShowAt, reviewAt } from '../timers.ts';

/** One accepted command of a recorded day, read back from its events. */
export interface Recorded {
  /** Its place among the commands of the day. */
  readonly order: number;
  readonly at: Instant;
  readonly by: ActorId;
  readonly commandId: CommandId;
  readonly command: Command;
  /** Of the ticket or the call that it made. */
  readonly newId: string;
}

/** The events of each command, in order. */
export function* byCommand(events: readonly DomainEvent[]): Generator<readonly DomainEvent[], void> {
  let group: DomainEvent[] = [];
  for (const event of events) {
    if (group.length > 0 && group[0]?.commandId !== event.commandId) {
      yield group;
      group = [];
    }
    group.push(event);
  }
  if (group.length > 0) yield group;
}

/** @param state before the command; undefined before the day is opened */
export function recordedOf(state: BranchDay | undefined, events: readonly DomainEvent[], order: number): Recorded {
  const first = must(events[0], 'a command without events');
  const { at, by, commandId } = first;
  let newId = '';
  for (const event of events) {
    if (event.type === 'TicketIssued') newId = event.ticketId;
    if (event.type === 'TicketCalled') newId = event.callId;
  }
  return { order, at, by, commandId, command: commandOf(state, events), newId };
}

/** The command that made these events in this state. Of several that would have made the same ones, any. */
function commandOf(state: BranchDay | undefined, events: readonly DomainEvent[]): Command {
  const first = must(events[0], 'a command without events');
  if (first.type === 'DayOpened') {
    const { day, config, forecast, closesAt, rangeScores } = first;
    return { type: 'OpenDay', day, config, forecast, closesAt, rangeScores };
  }
  if (state === undefined) throw new Error(`${first.type} before the day is opened`);
  if (events.at(-1)?.type === 'DayClosed') return { type: 'CloseDay' };
  const machine = events.find(isOfMachine);
  if (machine !== undefined) return ofMachine(state, machine, events);
  switch (first.type) {
    case 'TicketIssued':
      return issuing(first, events);
    case 'ChannelOffered': {
      const { service, channel, savesMinutes } = first;
      return { type: 'LeaveOffer', service, channel, savesMinutes };
    }
    case 'ChannelFailed': {
      const counterId = counterOf(state, first.ticketId);
      const outcome = 'not-possible';
      const calls = events.some(({ type }) => type === 'TicketCalled');
      return calls ? { type: 'CallNext', counterId, finish: outcome } : { type: 'FinishService', counterId, outcome };
    }
    case 'TicketCalled': {
      const { counterId, ticketId, why } = first;
      if (why.rule === 'held') return { type: 'ResumeTicket', counterId, ticketId };
      // Also for a counter that called by itself (rule C10): so long after it could, it did.
      if (why.rule !== 'chosen') return { type: 'CallNext', counterId };
      return { type: 'CallTicket', counterId, ticketId, reason: why.reason ?? 'other' };
    }
    case 'ServiceFinished': {
      const counterId = counterOf(state, first.ticketId);
      const { outcome, code } = first;
      const calls = events.some(({ type }) => type === 'TicketCalled');
      if (calls) return { type: 'CallNext', counterId, finish: outcome, code };
      return { type: 'FinishService', counterId, outcome, code };
    }
    case 'TicketMissed': {
      const due = noShowAt(state, must(state.tickets.get(first.ticketId), first.ticketId));
      if (due !== undefined && first.at >= due) return { type: 'ExpireCall', callId: first.callId };
      return { type: 'MarkNoShow', counterId: counterOf(state, first.ticketId) };
    }
    case 'TicketRecalled':
      return { type: 'Recall', counterId: counterOf(state, first.ticketId) };
    case 'ServiceStarted':
      return { type: 'StartService', counterId: counterOf(state, first.ticketId) };
    case 'TicketHeld':
      return { type: 'HoldTicket', counterId: counterOf(state, first.ticketId), reason: first.reason };
    case 'TicketReturned':
      return { type: 'ReturnToQueue', counterId: counterOf(state, first.ticketId) };
    case 'TicketTransferred':
      return { type: 'TransferTicket', ticketId: first.ticketId, to: first.to satisfies TransferTarget };
    case 'TicketCancelled':
      return { type: 'CancelTicket', ticketId: first.ticketId, reason: first.reason };
    case 'TicketRejoined':
      return { type: 'RejoinQueue', ticketId: first.ticketId };
    case 'TicketDelayed':
      return { type: 'DelayTicket', ticketId: first.ticketId };
    case 'DelayEnded': {
      const { ticketId, at } = first;
      const until = must(state.tickets.get(ticketId)?.delayedUntil, `the delay of ${ticketId}`);
      return at >= until ? { type: 'ExpireDelay', ticketId, until } : { type: 'EndDelay', ticketId };
    }
    case 'TicketPrioritised':
      return { type: 'PrioritiseTicket', ticketId: first.ticketId, reason: first.reason };
    case 'CareNeedsMarked':
      return { type: 'MarkCareNeeds', ticketId: first.ticketId, careNeeds: first.careNeeds };
    case 'TicketNoted':
      return { type: 'NoteTicket', ticketId: first.ticketId, notes: first.notes };
    case 'ServiceAdded':
      return { type: 'AddService', ticketId: first.ticketId, service: first.service };
    case 'CounterOpened': {
      const { counterId, tellerId, at } = first;
      const readyAt = state.counters.get(counterId)?.readyAt;
      if (readyAt !== undefined && at >= readyAt) return { type: 'OpenReadyCounter', counterId, readyAt };
      return { type: 'OpenCounter', counterId, tellerId };
    }
    case 'CounterClosing':
    case 'CounterClosed':
      return { type: 'CloseCounter', counterId: first.counterId };
    case 'CounterKeptOpen':
      return { type: 'KeepCounterOpen', counterId: first.counterId };
    case 'CounterPaused':
      return { type: 'PauseCounter', counterId: first.counterId, reason: first.reason };
    case 'CounterResumed':
      return { type: 'ResumeCounter', counterId: first.counterId };
    case 'AutoCallSet':
      return { type: 'SetAutoCall', counterId: first.counterId, on: first.on };
    case 'WorkProfileSet':
      return { type: 'SetWorkProfile', counterId: first.counterId, profile: first.profile };
    case 'TickerWritten':
      return { type: 'WriteTicker', lines: first.lines };
    case 'WindowsReviewed':
      return { type: 'ReviewWindows', due: must(reviewAt(state), 'a review') };
    case 'ProposalApproved':
      return { type: 'ApproveProposal', proposalId: first.proposalId };
    case 'ProposalDismissed':
      return { type: 'DismissProposal', proposalId: first.proposalId, reason: first.reason };
    case 'ActionUndone':
      return { type: 'UndoLast', counterId: undoneAt(state, first.by, first.undoneCommandId) };
    case 'NumbersReserved':
      return { type: 'ReserveNumbers', kiosk: first.kiosk };
    case 'NumbersReleased':
      return { type: 'ReleaseNumbers', device: deviceOf(state, first) };
    case 'TicketsHandedIn': {
      const { kiosk, day, tickets } = first;
      return { type: 'HandInTickets', kiosk, day, tickets };
    }
    case 'TaskRaised':
      return { type: 'RaiseTask', kind: first.kind, place: first.place, ticketId: first.ticketId };
    case 'TaskTaken':
      return { type: 'TakeTask', taskId: first.taskId };
    case 'TaskEscalated':
      return { type: 'EscalateTask', taskId: first.taskId, due: must(escalationOf(state, first.taskId), first.taskId) };
    case 'AlertAcknowledged':
      return { type: 'AcknowledgeAlert', alertId: first.alertId };
    case 'AlertSnoozed':
      return { type: 'SnoozeAlert', alertId: first.alertId };
    case 'AlertEscalated':
      return { type: 'EscalateAlert', alertId: first.alertId };
    case 'TaskFinished':
      return { type: 'FinishTask', taskId: first.taskId, outcome: first.outcome };
    default:
      throw new Error(`no command begins with ${first.type}`);
  }
}

type OfMachine = Extract<DomainEvent, { type: 'MachineFailed' | 'MachineRecovered' | 'MachineServicesSet' }>;

function isOfMachine(event: DomainEvent): event is OfMachine {
  return event.type === 'MachineFailed' || event.type === 'MachineRecovered' || event.type === 'MachineServicesSet';
}

/** What it did not say anew is as it was. */
function ofMachine(state: BranchDay, { counterId }: OfMachine, events: readonly DomainEvent[]): Command {
  const before = must(state.counters.get(counterId), counterId);
  let fault = before.fault !== undefined;
  let { cannot } = before;
  for (const event of events) {
    if (event.type === 'MachineFailed' && event.why === 'silent') return { type: 'MarkMachineSilent', counterId };
    if (event.type === 'MachineFailed') fault = true;
    if (event.type === 'MachineRecovered') fault = false;
    if (event.type === 'MachineServicesSet') cannot = event.cannot;
  }
  return { type: 'ReportMachine', counterId, fault, cannot };
}

function escalationOf(state: BranchDay, taskId: TaskId): Instant | undefined {
  return escalatesAt(state, must(state.tasks.get(taskId), taskId));
}

function issuing(issued: TicketIssued, events: readonly DomainEvent[]): Command {
  const { services, careNeeds, tier, amount, appointmentAt, adviser, language, servedAt } = issued;
  if (servedAt !== undefined) return { type: 'ServeWithoutTicket', counterId: servedAt.counterId, services };
  const offered = events.find((event) => event.type === 'ChannelOffered');
  const answer = offered?.answer === 'accepted' ? 'accepted' : 'declined';
  const offer = offered && ({ channel: offered.channel, answer, savesMinutes: offered.savesMinutes } as const);
  return { type: 'TakeTicket', services, careNeeds, tier, amount, appointmentAt, adviser, language, offer };
}

function deviceOf(state: BranchDay, { series, from }: NumbersReleased): ActorId {
  return must(blockOf(state, series, from), `the block of ${series} ${from}`).by;
}

function counterOf(state: BranchDay, ticketId: TicketId): CounterId {
  return must(state.tickets.get(ticketId)?.counterId, `the counter of ${ticketId}`);
}

/** Whose last action it was: nothing for the person's own, else the counter's. */
function undoneAt(state: BranchDay, by: ActorId, commandId: CommandId): CounterId | undefined {
  if (state.lastByActor.get(by)?.commandId === commandId) return undefined;
  for (const [counterId, action] of state.lastByCounter) if (action.commandId === commandId) return counterId;
  throw new Error(`the log speaks of ${commandId}, which nobody did last`);
}
