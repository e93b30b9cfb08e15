import { MINUTE, type CounterId, type Instant } from '../../domain/ids.ts';
import type { BranchDay, Ticket } from '../../domain/state.ts';

export interface SlowChoice {
  readonly number: string;
  readonly rule: 'ceiling' | 'prioritised' | 'care-first' | 'policy';
  readonly score: number;
  readonly helping: boolean;
}

/**
 * The order of a counter by RULES.md R1–R10, the slow way: look at every waiting ticket, take the best, begin again.
 * Shares no code with the core on purpose.
 */
export function slowOrder(state: BranchDay, counterId: CounterId, now: Instant): SlowChoice[] {
  const left = [...state.tickets.values()].filter((ticket) => reach(state, counterId, ticket) !== undefined);
  const calls = new Map(state.ratioCalls);
  const order: SlowChoice[] = [];
  for (;;) {
    const ownWaits = left.some((ticket) => reach(state, counterId, ticket) === 'own');
    const may = left.filter((ticket) => isCandidate(state, counterId, ticket, now, ownWaits));
    const ranked = may.map((ticket) => ({ ticket, ...rank(state, counterId, ticket, now, calls) }));
    ranked.sort(
      (one, other) =>
        one.step - other.step ||
        other.score - one.score ||
        wait(other.ticket, now) - wait(one.ticket, now) ||
        one.ticket.order - other.ticket.order,
    );
    const best = ranked[0];
    if (best === undefined) return order;
    left.splice(left.indexOf(best.ticket), 1);
    const { number, segment } = best.ticket;
    calls.set(segment, (calls.get(segment) ?? 0) + 1);
    const helping = reach(state, counterId, best.ticket) === 'help';
    order.push({ number, rule: best.rule, score: best.score, helping });
  }
}

/** R1, K4: how a counter may come to a waiting ticket. */
export function reach(state: BranchDay, counterId: CounterId, ticket: Ticket): 'own' | 'help' | undefined {
  const counter = state.counters.get(counterId);
  const profile = state.config.workProfiles.find(({ id }) => id === counter?.profile);
  if (counter === undefined || profile === undefined) return undefined;
  if (ticket.status !== 'waiting' || ticket.delayedUntil !== undefined) return undefined;
  const service = state.config.services.find(({ id }) => id === ticket.services[0]);
  const teller = state.config.staff.find(({ id }) => id === counter.tellerId);
  const device = state.config.counters.find(({ id }) => id === counterId);
  const held =
    teller === undefined
      ? (device?.skills ?? [])
      : teller.skills.filter(({ until = state.day }) => until >= state.day).map(({ skill }) => skill);
  if (service === undefined || service.skills.some((skill) => !held.includes(skill))) return undefined;
  if (teller === undefined && (device?.kind !== 'device' || !service.selfService)) return undefined;
  if (state.counters.get(counterId)?.cannot.includes(service.id) === true) return undefined;
  if (ticket.onlyCounter !== undefined) return ticket.onlyCounter === counterId ? 'own' : undefined;
  if (ticket.adviser !== undefined) return ticket.adviser === counter.tellerId ? 'own' : undefined;
  if (profile.first.includes(ticket.segment)) return 'own';
  return profile.help.includes(ticket.segment) ? 'help' : undefined;
}

export function wait(ticket: Ticket, now: Instant): number {
  return Math.max(0, now - ticket.waitingSince);
}

/** R5. */
export function slowLimits(state: BranchDay, ticket: Ticket): { target: number; ceiling: number } {
  const segment = state.config.segments.find(({ id }) => id === ticket.segment);
  if (segment === undefined) throw new Error(`no segment ${ticket.segment}`);
  const { careTargetMinutes } = state.config.routing;
  const cared = ticket.careNeeds.length > 0 && careTargetMinutes < segment.targetMinutes;
  const target = cared ? careTargetMinutes : segment.targetMinutes;
  const ceiling = cared ? Math.min(segment.ceilingMinutes, 2.5 * target) : segment.ceilingMinutes;
  return { target: target * MINUTE, ceiling: ceiling * MINUTE };
}

/** R8. */
function isCandidate(state: BranchDay, counterId: CounterId, ticket: Ticket, now: Instant, ownWaits: boolean): boolean {
  if (reach(state, counterId, ticket) === 'own') return true;
  const { target, ceiling } = slowLimits(state, ticket);
  const profile = state.config.workProfiles.find(({ id }) => id === state.counters.get(counterId)?.profile);
  const free = profile?.helpWhen !== 'late' && !ownWaits;
  const late = profile?.helpWhen !== 'free' && wait(ticket, now) >= target;
  return wait(ticket, now) >= ceiling || free || late;
}

/** R2–R4. */
function rank(
  state: BranchDay,
  counterId: CounterId,
  ticket: Ticket,
  now: Instant,
  calls: ReadonlyMap<string, number>,
): { step: number; rule: SlowChoice['rule']; score: number } {
  const { target, ceiling } = slowLimits(state, ticket);
  const waited = wait(ticket, now);
  if (waited >= ceiling) return { step: 1, rule: 'ceiling', score: waited / target };
  if (ticket.prioritised !== undefined) return { step: 2, rule: 'prioritised', score: waited };
  if (state.config.routing.careFirst && ticket.careNeeds.length > 0)
    return { step: 3, rule: 'care-first', score: waited };
  const segment = state.config.segments.find(({ id }) => id === ticket.segment);
  const { policy, power } = state.config.routing;
  switch (policy) {
    case 'cost-of-delay': {
      const index = speed(state, counterId, ticket) * (waited / target) ** (power - 1);
      return { step: 4, rule: 'policy', score: index / (target / MINUTE) };
    }
    case 'wait-over-target':
      return { step: 4, rule: 'policy', score: waited / target };
    case 'first-come':
      return { step: 4, rule: 'policy', score: waited / MINUTE };
    case 'strict-priority':
      return { step: 4, rule: 'policy', score: -(segment?.rank ?? 0) };
    case 'ratio':
      return { step: 4, rule: 'policy', score: -((calls.get(ticket.segment) ?? 0) + 1) / (segment?.weight ?? 1) };
  }
}

/** Services per minute. */
function speed(state: BranchDay, counterId: CounterId, ticket: Ticket): number {
  const service = ticket.services[0] ?? '';
  const minutes = state.config.services.find(({ id }) => id === service)?.minutes ?? 1;
  const teller = state.config.staff.find(({ id }) => id === state.counters.get(counterId)?.tellerId);
  return (teller?.speed[service] ?? teller?.speed['*'] ?? 1) / minutes;
}
