import { describe, expect, test } from '@jest/globals';
import { decide } from '../../domain/decide.ts';
import { evolve } from '../../domain/evolve.ts';
import { timersOf } from '../../domain/timers.ts';
import type { Core } from '../../simulator/run/hall.ts';
import type { ScenarioInput } from '../../simulator/scenario/schema.ts';
import { CASES, offBy, runCase, SCENARIOS, TOLERANCE } from './oracle-cases.ts';

/** The oracles are worth something only if a broken engine does not pass them. */

const PRODUCT: Core = { decide, evolve, timersOf };

function scenarioOf(id: string): ScenarioInput {
  const asked = SCENARIOS[id];
  if (asked === undefined) throw new Error(`no case ${id}`);
  return { ...asked.scenario, run: { ...asked.scenario.run, days: 8 } };
}

/** The largest error of a case, in standard errors. */
function worst(id: string, scenario: ScenarioInput, core?: Core): number {
  const result = runCase(scenario, core);
  return Math.max(
    ...offBy(result, CASES.get(id)?.expected ?? {}, SCENARIOS[id]?.figures ?? {}).map(({ off }) => Math.abs(off)),
  );
}

describe('a case fails', () => {
  test('when the last segment goes first', () => {
    const scenario = scenarioOf('prio-mm4-2');
    const segments = scenario.segments.map(({ id, rank = 1 }) => ({ id, rank: 3 - rank }));
    expect(worst('prio-mm4-2', { ...scenario, segments })).toBeGreaterThan(TOLERANCE);
  });

  test('when the routing forgets the targets', () => {
    const scenario = scenarioOf('apq-mm5-target-5-10-20');
    expect(worst('apq-mm5-target-5-10-20', { ...scenario, policy: { routing: 'first-come' } })).toBeGreaterThan(
      TOLERANCE,
    );
  });

  test('when there is a counter too many', () => {
    expect(worst('mm3-a2', { ...scenarioOf('mm3-a2'), counters: [{ id: 'c', count: 4 }] })).toBeGreaterThan(TOLERANCE);
  });

  test('when the fast teller is not asked first', () => {
    const policy = { routing: 'first-come' as const, freeCounter: 'fewest-skills' as const };
    expect(worst('hetero-mm2-fsf', { ...scenarioOf('hetero-mm2-fsf'), policy })).toBeGreaterThan(TOLERANCE);
  });
});

describe('an invariant fails', () => {
  const small: ScenarioInput = { ...scenarioOf('mm3-a2'), run: { minutes: 200, days: 1 } };
  const faults = (core: Core) => runCase(small, core).faults.join('\n');

  test('not on the product itself', () => {
    expect(faults(PRODUCT)).toBe('');
  });

  test('when a waiting ticket is lost from the queue', () => {
    const losing: Core = {
      ...PRODUCT,
      evolve(state, event) {
        const after = evolve(state, event);
        if (event.type === 'TicketIssued' && event.sequence % 40 === 0) {
          const ticket = after.tickets.get(event.ticketId);
          if (ticket !== undefined) after.queue.remove(ticket);
        }
        return after;
      },
    };
    expect(() => expect(faults(losing)).toBe('')).toThrow();
  });

  test('when a ticket vanishes', () => {
    const forgetting: Core = {
      ...PRODUCT,
      evolve(state, event) {
        const after = evolve(state, event);
        if (event.type === 'ServiceFinished' && after.tickets.size % 40 === 0) after.tickets.delete(event.ticketId);
        return after;
      },
    };
    expect(faults(forgetting)).toMatch(/took a ticket|tickets were issued/);
  });

  test('when somebody who came later is called first', () => {
    const unfair: Core = {
      ...PRODUCT,
      decide(state, command, context) {
        const last = [...(state?.queue.lanes() ?? [])][0]?.entries.at(-1);
        const jumps = command.type === 'CallNext' && command.finish === undefined && (state?.queue.size ?? 0) > 1;
        return jumps && last !== undefined
          ? decide(
              state,
              { type: 'CallTicket', counterId: command.counterId, ticketId: last.ticketId, reason: 'other' },
              context,
            )
          : decide(
              state,
              command.type === 'CallNext' && command.finish
                ? { type: 'FinishService', counterId: command.counterId, outcome: 'done' }
                : command,
              context,
            );
      },
    };
    expect(faults(unfair)).toContain('was called before');
  });

  test('when a free counter calls nobody', () => {
    const lazy: Core = {
      ...PRODUCT,
      decide: (state, command, context) =>
        command.type === 'CallNext' && command.counterId === 'c-3'
          ? { ok: false, rejection: { code: 'queue-empty' } }
          : decide(state, command, context),
    };
    expect(faults(lazy)).toContain('is free while somebody waits');
  });
});
