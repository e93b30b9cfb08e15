import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../domain/ids.ts';
import { callOrder } from '../../domain/routing/call-order.ts';
import type { BranchDay, Period, Ticket, TicketStatus } from '../../domain/state.ts';
import type { viewFor } from '../../domain/views/view-for.ts';
import { visitOf } from '../../domain/visit.ts';
import { slowOrder } from './slow-order.ts';
import { audiences, faultsOfShape, leaksOf } from './view-shapes.ts';

/** What must hold in every state of a branch day. Each throws with the number of the rule that is broken. */

/** Q1, K1, K3: a ticket in hand is at exactly one counter, and that counter points back. */
export function checkPlaces(state: BranchDay): void {
  for (const ticket of state.tickets.values()) {
    const holders = [...state.counters.values()].filter(({ ticketId }) => ticketId === ticket.id).map(({ id }) => id);
    const inHand = ticket.status === 'called' || ticket.status === 'serving';
    if (!isDeepStrictEqual(holders, inHand ? [ticket.counterId] : []))
      throw new Error(`K3: ${ticket.number} is ${ticket.status} and in hand at ${holders.join(', ') || 'no counter'}`);
  }
  const tellers: string[] = [];
  for (const counter of state.counters.values()) {
    const device = state.index.counters.get(counter.id)?.kind === 'device';
    if (counter.ticketId !== undefined && counter.status === 'closed' && !state.closed)
      throw new Error(`K2: counter ${counter.id} is closed with a ticket in hand`);
    if ((counter.tellerId !== undefined) !== (counter.status !== 'closed' && !device))
      throw new Error(`K1: counter ${counter.id} is ${counter.status} with ${counter.tellerId ?? 'no teller'}`);
    if (counter.tellerId !== undefined) tellers.push(counter.tellerId);
  }
  if (new Set(tellers).size < tellers.length) throw new Error(`K1: a teller at two counters: ${tellers.join(', ')}`);
}

/** Q1: in the queue exactly while waiting and not delayed; lanes and sizes as a plain count gives them. */
export function checkQueue(state: BranchDay): void {
  const waiting = [...state.tickets.values()].filter(
    ({ status, delayedUntil }) => status === 'waiting' && delayedUntil === undefined,
  );
  waiting.sort((one, other) => one.waitingSince - other.waitingSince || one.order - other.order);
  const plain = new Map<string, string[]>();
  for (const { id, segment, services, careNeeds, prioritised, onlyCounter, adviser } of waiting) {
    const alike = [segment, services[0], careNeeds.length > 0, prioritised !== undefined, onlyCounter, adviser];
    const key = JSON.stringify(alike);
    plain.set(key, [...(plain.get(key) ?? []), id]);
  }
  const kept = new Map<string, string[]>();
  for (const { segment, service, care, prioritised, onlyCounter, adviser, entries } of state.queue.lanes())
    kept.set(
      JSON.stringify([segment, service, care, prioritised, onlyCounter, adviser]),
      entries.map(({ ticketId }) => ticketId),
    );
  if (!isDeepStrictEqual(kept, plain)) throw new Error('Q1: the queue is not the tickets that wait');
  if (state.queue.size !== waiting.length) throw new Error(`Q1: ${waiting.length} wait, size ${state.queue.size}`);
  for (const { id } of state.config.segments)
    if (state.queue.waitingIn(id) !== waiting.filter(({ segment }) => segment === id).length)
      throw new Error(`Q1: ${state.queue.waitingIn(id)} are counted in ${id}`);
}

const NOW_IN: Readonly<Record<TicketStatus, Period['kind'] | undefined>> = {
  waiting: 'wait',
  called: 'call',
  serving: 'serve',
  held: 'hold',
  missed: 'away',
  finished: undefined,
  cancelled: undefined,
  expired: undefined,
};

/** Q2, Q9, S5, and the visit of a ticket that has ended. */
export function checkTicket(ticket: Ticket, now: Instant): void {
  const { periods, status } = ticket;
  const fail = (what: string) => new Error(`${what}: ${JSON.stringify(ticket)}`);
  let from = ticket.issuedAt;
  for (const [index, period] of periods.entries()) {
    if (period.from !== from) throw fail('Q9: a gap or an overlap');
    if (period.to === undefined && index < periods.length - 1) throw fail('Q9: a period without an end');
    from = period.to ?? from;
    if (from < period.from || from > now) throw fail('Q9: a period that ends before it starts, or in the future');
  }
  const last = periods.at(-1);
  const open = last?.to === undefined ? last?.kind : undefined;
  if (open !== (ticket.delayedUntil === undefined ? NOW_IN[status] : 'away'))
    throw fail(`Q9: ${status}, and the last period is ${open ?? 'ended'}`);
  if (ticket.waitingSince < ticket.issuedAt || ticket.waitingSince > now) throw fail('Q2: waitingSince');
  if (ticket.services.length === 0 && status !== 'finished') throw fail('S5: no service left, and not finished');
  if (new Set(ticket.services).size < ticket.services.length) throw fail('Q10: a service twice');
  const visit = visitOf(ticket);
  const ended = ['finished', 'missed', 'cancelled', 'expired'].includes(status);
  if ((visit !== undefined) !== ended) throw fail('a visit of a ticket that has not ended, or none of one that has');
  const whole = periods.reduce((sum, { from: start, to = start }) => sum + to - start, 0);
  if (visit !== undefined && visit.endedAt - visit.issuedAt !== whole) throw fail('Q9: the visit is not its periods');
}

/** V4, R1–R8: the fast order is the slow one. */
export function checkOrder(state: BranchDay, counterId: string, now: Instant): void {
  const fast = [...callOrder(state, counterId, now)].map(({ entry, rule, score, helping }) => ({
    ...{ number: entry.number, rule, score, helping },
  }));
  const slow = slowOrder(state, counterId, now);
  const say = (order: typeof fast) => order.map(({ number, rule }) => `${number} ${rule}`).join(', ');
  if (!isDeepStrictEqual(fast, slow)) throw new Error(`V4: ${counterId} has ${say(fast)}; by the rules ${say(slow)}`);
}

/** V1–V3: every view that anybody could ask for. */
export function checkViews(state: BranchDay, now: Instant, look: typeof viewFor): void {
  for (const audience of audiences(state)) {
    const view = look(state, audience, now);
    if (view === undefined) throw new Error(`V1: no view for ${JSON.stringify(audience)}`);
    const faults = faultsOfShape(view);
    if (faults !== undefined) throw new Error(`V1: ${JSON.stringify(audience)}: ${faults}`);
    if (view.kind === 'kiosk' || view.kind === 'display') {
      const leaks = leaksOf(view, state);
      if (leaks.length > 0) throw new Error(`V2: ${leaks.join(', ')}`);
    }
    if (view.kind === 'display') {
      const ids = view.calls.map(({ callId }) => callId);
      const ordered = view.calls.every(({ at }, index) => index === 0 || (view.calls[index - 1]?.at ?? 0) <= at);
      if (new Set(ids).size < ids.length || !ordered) throw new Error('V3: a call twice, or out of order');
    }
  }
}
