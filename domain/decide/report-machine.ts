import type { CommandContext, MarkMachineSilent, ReportMachine } from '../commands.ts';
import { machinesFor, segmentAtCounters } from '../diversion/machines.ts';
import type { DomainEvent, MachineFault } from '../events.ts';
import type { CounterId } from '../ids.ts';
import type { BranchDay, Counter, Ticket } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';
import { closingEvents, findCounter, type Found } from './guards.ts';
import { taskSettled, tasksRaised } from './raise-task.ts';

/** Rules M1, M2, M4: what a machine says of itself. */
export function reportMachine(state: BranchDay, command: ReportMachine, context: CommandContext): Decision {
  const found = findMachine(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { machine } = found;
  const { fault, cannot } = command;
  if (cannot.some((service) => !state.index.services.has(service))) return refuse({ code: 'unknown-service' });
  const events: DomainEvent[] = [];
  if (!sameServices(machine.cannot, cannot))
    events.push({ type: 'MachineServicesSet', ...fact(context), counterId: machine.id, cannot });
  if (fault && machine.fault !== 'fault') events.push(...failed(state, machine, 'fault', context));
  if (!fault && machine.fault !== undefined) events.push(...recovered(state, machine, context));
  return events.length === 0 ? refuse({ code: 'nothing-would-change' }) : accept(...events);
}

/** Rule M3. Late, twice, or for one that serves nobody now, it is refused (rule T1). */
export function markMachineSilent(state: BranchDay, command: MarkMachineSilent, context: CommandContext): Decision {
  const found = findMachine(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const { machine } = found;
  if (machine.fault !== undefined || machine.status === 'closed') return refuse({ code: 'timer-out-of-date' });
  return accept(...failed(state, machine, 'silent', context));
}

function findMachine(state: BranchDay, counterId: CounterId): Found<{ machine: Counter }> {
  const found = findCounter(state, counterId);
  if (found.rejection) return found;
  const isMachine = state.index.counters.get(counterId)?.kind === 'device';
  return isMachine ? { machine: found.counter } : { rejection: { code: 'not-a-machine' } };
}

/** The tickets first: what a machine says of itself ends its command, so that nobody undoes it (rule U3). */
function failed(state: BranchDay, machine: Counter, why: MachineFault, context: CommandContext): DomainEvent[] {
  const { id: counterId } = machine;
  const about = { kind: why === 'fault' ? 'device-fault' : 'device-silent', place: placeOf(machine) } as const;
  return [
    ...ticketsOf(state, machine).flatMap((ticket) => sentBack(state, machine, ticket, context)),
    { type: 'MachineFailed', ...fact(context), counterId, why },
    ...tasksRaised(state, [about], context),
  ];
}

function recovered(state: BranchDay, machine: Counter, context: CommandContext): DomainEvent[] {
  const place = placeOf(machine);
  return [
    { type: 'MachineRecovered', ...fact(context), counterId: machine.id },
    ...taskSettled(state, { kind: 'device-fault', place }, 'not-needed', context),
    ...taskSettled(state, { kind: 'device-silent', place }, 'not-needed', context),
  ];
}

function placeOf({ id }: Counter) {
  return { kind: 'machine', id } as const;
}

/** In hand at the machine, or kept for it alone. */
function ticketsOf(state: BranchDay, machine: Counter): Ticket[] {
  const inHand = machine.ticketId === undefined ? undefined : state.tickets.get(machine.ticketId);
  const kept = state.queue.reservedLanes
    .filter(({ onlyCounter }) => onlyCounter === machine.id)
    .flatMap(({ entries }) => entries.flatMap(({ ticketId }) => state.tickets.get(ticketId) ?? []));
  return inHand === undefined ? kept : [inHand, ...kept];
}

/** Rule M2: to another machine that can do it, or else to a person; in its old place either way. */
function sentBack(state: BranchDay, machine: Counter, ticket: Ticket, context: CommandContext): DomainEvent[] {
  const { id: ticketId, segment, services } = ticket;
  const others = machinesFor(state, segment, services[0] ?? '').filter(({ id }) => id !== machine.id);
  const atCounters = others.length > 0 ? undefined : segmentAtCounters(state, ticket);
  const closing = closingEvents(state, ticket, context);
  if (atCounters !== undefined)
    return [{ type: 'ChannelFailed', ...fact(context), ticketId, segment: atCounters }, ...closing];
  if (ticket.onlyCounter === undefined) return [{ type: 'TicketReturned', ...fact(context), ticketId }, ...closing];
  const to = { kind: 'segment', segment } as const;
  return [{ type: 'TicketTransferred', ...fact(context), ticketId, to, segment }, ...closing];
}

function sameServices(one: Counter['cannot'], other: Counter['cannot']): boolean {
  return one.length === other.length && one.every((service) => other.includes(service));
}
