import { describe, expect, test } from '@jest/globals';
import type { Limits } from '../../domain/routing/targets.ts';
import type { BranchDay } from '../../domain/state.ts';
import { branchNo, randomSteps } from '../support/random-day.ts';
import { CORE, watchDay, type Core } from '../support/watch.ts';

/** The properties must be able to fail: the same watch over cores that are broken on purpose. */

/** @returns what the watch says of the first day in which it finds the fault */
function caught(fault: Partial<Core>): string {
  for (let seed = 0; seed < 10; seed += 1)
    try {
      watchDay(branchNo(seed), randomSteps(seed, 250), { ...CORE, ...fault });
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  return 'nobody noticed';
}

const withoutCeilings = (state: BranchDay): BranchDay => {
  const without = ({ targetMs }: Limits): Limits => ({ targetMs, ceilingMs: Infinity });
  const limits = new Map(
    [...state.index.limits].map(([id, { ordinary, care }]) => [
      id,
      { ordinary: without(ordinary), care: without(care) },
    ]),
  );
  return { ...state, index: { ...state.index, limits } };
};

describe('a planted fault is caught', () => {
  test('a ticket that is transferred stays in hand at its counter', () => {
    const evolve: Core['evolve'] = (state, event) => {
      const from = event.type === 'TicketTransferred' ? state?.tickets.get(event.ticketId) : undefined;
      const after = CORE.evolve(state, event);
      const counter = from?.status === 'called' ? after.counters.get(from.counterId ?? '') : undefined;
      if (counter !== undefined) after.counters.set(counter.id, { ...counter, ticketId: from?.id });
      return after;
    };
    expect(caught({ evolve })).toMatch(/^K3: .* is waiting and in hand at c\d/);
  });

  test('the ceiling is forgotten', () => {
    const decide: Core['decide'] = (state, command, context) =>
      CORE.decide(state && command.type === 'CallNext' ? withoutCeilings(state) : state, command, context);
    expect(caught({ decide })).toMatch(/^C1: .* first is \w+ by ceiling/);
  });

  test('a number is given twice', () => {
    const decide: Core['decide'] = (state, command, context) => {
      const decision = CORE.decide(state, command, context);
      if (!decision.ok) return decision;
      const events = decision.events.map((event) =>
        event.type === 'TicketIssued' && event.sequence === 4 ? { ...event, number: `${event.number[0]}003` } : event,
      );
      return { ok: true, events };
    };
    expect(caught({ decide })).toMatch(/^N1: no\. 4 of [\w-]+ is \w003/);
  });

  test('a number is left out', () => {
    const evolve: Core['evolve'] = (state, event) => {
      const after = CORE.evolve(state, event);
      if (event.type === 'TicketCancelled') after.nextSequence.set('cash', (after.nextSequence.get('cash') ?? 0) + 1);
      return after;
    };
    expect(caught({ evolve })).toMatch(/^N2: A\d+ is no\. \d+, not \d+/);
  });

  test('a rejoin forgets that the customer was away', () => {
    const evolve: Core['evolve'] = (state, event) => {
      const after = CORE.evolve(state, event);
      const ticket = event.type === 'TicketRejoined' ? after.tickets.get(event.ticketId) : undefined;
      if (ticket !== undefined)
        after.tickets.set(ticket.id, { ...ticket, periods: ticket.periods.filter(({ kind }) => kind !== 'away') });
      return after;
    };
    expect(caught({ evolve })).toMatch(/^Q9: a gap or an overlap/);
  });

  test('an undo starts the clock of the counter anew', () => {
    const evolve: Core['evolve'] = (state, event) => {
      const after = CORE.evolve(state, event);
      if (event.type === 'ActionUndone')
        for (const [id, counter] of after.counters)
          if (counter.touched === after.seq) after.counters.set(id, { ...counter, since: event.at });
      return after;
    };
    expect(caught({ evolve })).toMatch(/^U1: c\d is not as before/);
  });

  test('a record is changed in place', () => {
    const evolve: Core['evolve'] = (state, event) => {
      const ticket = event.type === 'ServiceAdded' ? state?.tickets.get(event.ticketId) : undefined;
      if (ticket !== undefined) Object.assign(ticket, { rule: 'changed' });
      return CORE.evolve(state, event);
    };
    expect(caught({ evolve })).toMatch(/read only/);
  });

  test('decide keeps a note of its own', () => {
    const decide: Core['decide'] = (state, command, context) => {
      if (command.type === 'CallNext') state?.ratioCalls.set('cash', (state.ratioCalls.get('cash') ?? 0) + 0.5);
      return CORE.decide(state, command, context);
    };
    expect(caught({ decide })).toBe('decide changed the state: CallNext');
  });

  test('the display shows who was called', () => {
    const viewFor: Core['viewFor'] = (state, audience, now) => {
      const view = CORE.viewFor(state, audience, now);
      if (view?.kind !== 'display') return view;
      const calls = view.calls.map((call) => ({ ...call, callId: state?.calls[0]?.ticketId ?? call.callId }));
      return { ...view, calls };
    };
    expect(caught({ viewFor })).toMatch(/^V2: display\.calls\.0\.callId = id-\d+/);
  });
});
