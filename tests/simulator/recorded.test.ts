import { describe, expect, test } from '@jest/globals';
import { loadBranches } from '../../config/load.ts';
import { evolve } from '../../domain/evolve.ts';
import { recordedCustomers } from '../../domain/replay/customers.ts';
import type { BranchDay } from '../../domain/state.ts';
import { playPastDay } from '../../simulator/past-day.ts';
import { compare } from '../../simulator/run/compare.ts';
import { drawDay } from '../../simulator/scenario/day-draw.ts';
import { loadScenario, scenarioOf } from '../../simulator/scenario/load.ts';
import { policySchema } from '../../simulator/scenario/policy.ts';
import { readRecordedDay } from '../../simulator/scenario/recorded.ts';
import type { ScenarioInput } from '../../simulator/scenario/schema.ts';

/** Days drawn from a recorded one. */

const FILE = 'simulator/scenarios/recorded-day.yaml';

const LOG = playDay();
const DAY = recordedCustomers(LOG);

function playDay() {
  const config = loadBranches('config/branches').branches.find(
    ({ config: { branchId } }) => branchId === 'garden',
  )?.config;
  if (config === undefined) throw new Error('config/branches has no garden');
  const from = Date.UTC(2026, 10, 23, 16);
  const hours = { from, opensAt: from + 9 * 3_600_000, closesAt: from + 12 * 3_600_000 };
  const quick = { ...config, estimate: { ...config.estimate, method: 'queue-length' } } as const;
  return playPastDay({ config: quick, day: '2026-11-24', ...hours, forecast: undefined, seed: 11, perHour: 40 }).events;
}

function scenario(changes: Partial<ScenarioInput> = {}) {
  const { customers } = DAY;
  const ids = (values: readonly string[]) => [...new Set(values)];
  return scenarioOf({
    name: 'recorded',
    run: { minutes: 240, days: 2 },
    segments: ids(customers.map(({ segment }) => segment)).map((id) => ({ id })),
    services: ids(customers.flatMap(({ services }) => services)).map((id) => ({ id, time: 5 })),
    counters: [{ id: 'c', count: 4 }],
    recorded: { customers: readRecordedDay(JSON.stringify({ customers })).slice(), draw: 'as-it-was' },
    ...changes,
  });
}

describe('what a finished day says of its customers', () => {
  const [log, day] = [LOG, DAY];
  const issued = log.flatMap((event) => (event.type === 'TicketIssued' ? [event] : []));

  test('everybody who took a ticket, when, for what, and in which segment', () => {
    expect(day.customers.map(({ segment, services }) => ({ segment, services }))).toEqual(
      issued.map(({ segment, services }) => ({ segment, services })),
    );
    const times = day.customers.map(({ arrival }) => day.opensAt + arrival * 60_000);
    for (const [place, at] of times.entries()) expect(Math.abs(at - (issued[place]?.at ?? 0))).toBeLessThan(100);
  });

  test('work at speed 1: what it took, times the speed of who did it', () => {
    const visits = new Map(day.customers.map((customer, place) => [issued[place]?.ticketId, customer]));
    const starts = log.flatMap((event) => (event.type === 'ServiceStarted' ? [event] : []));
    const started = new Map(starts.map((event) => [event.ticketId, event]));
    // Whoever fetched papers, or was sent on, was served more than once.
    const served = (ticketId: string) => starts.filter((event) => event.ticketId === ticketId).length;
    let compared = 0;
    for (const event of log) {
      if (event.type !== 'ServiceFinished' || event.served.length !== 1 || event.remaining.length > 0) continue;
      const [service = ''] = event.served;
      const customer = visits.get(event.ticketId);
      const staffId = started.get(event.ticketId)?.by.replace('staff:', '');
      const [opened] = log;
      const person = opened?.type === 'DayOpened' ? opened.config.staff.find(({ id }) => id === staffId) : undefined;
      if (person === undefined || customer?.services.length !== 1 || served(event.ticketId) !== 1) continue;
      const took = (event.at - (started.get(event.ticketId)?.at ?? 0)) / 60_000;
      expect(customer.work[0]).toBeCloseTo(took * (person.speed[service] ?? person.speed['*'] ?? 1), 2);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(50);
  });

  test('who did not come, and for how long those waited who left', () => {
    const end = log.reduce<BranchDay | undefined>(evolve, undefined);
    const tickets = [...(end?.tickets.values() ?? [])];
    expect(tickets.filter(({ status }) => status === 'cancelled').length).toBeGreaterThan(3);
    for (const [place, { status, endReason, periods }] of tickets.entries()) {
      const { kind, from = 0, to = 0 } = periods.at(-1) ?? {};
      const left = status === 'cancelled' && endReason === 'left';
      const waited = left && kind === 'wait' ? Math.round((to - from) / 60) / 1000 : null;
      expect(day.customers[place]?.patience).toBe(waited);
      const stayedAway = status === 'missed' || (status === 'cancelled' && kind === 'call');
      expect(day.customers[place]?.comes).toBe(!stayedAway);
    }
    expect(day.customers.filter(({ comes }) => !comes).length).toBeGreaterThan(3);
  });
});

describe('a scenario with a recorded day', () => {
  test('as it was: these very customers, every day', () => {
    const { customers } = DAY;
    const [one, other] = [drawDay(scenario(), 1, 1), drawDay(scenario(), 7, 2)];
    expect(one.customers).toEqual(other.customers);
    expect(one.customers.map(({ arrival, work }) => ({ arrival, work }))).toEqual(
      customers.map(({ arrival, work }) => ({ arrival: Math.max(0, arrival), work })),
    );
  });

  test('sampled: as many in each half hour, each of them one who came then', () => {
    const recorded = { customers: scenario().recorded, draw: 'sampled' } as const;
    if (recorded.customers === undefined || !('customers' in recorded.customers)) throw new Error('no customers');
    const { customers } = recorded.customers;
    const drawn = scenario({ recorded: { customers, draw: 'sampled' } });
    const days = Array.from({ length: 200 }, (_, day) => drawDay(drawn, 1, day + 1).customers);
    const slotOf = (arrival: number) => Math.floor(Math.max(0, arrival) / 30);
    for (const slot of [0, 1, 2, 3]) {
      const came = customers.filter(({ arrival }) => slotOf(arrival) === slot);
      const mean = days.flat().filter(({ arrival }) => slotOf(arrival) === slot).length / days.length;
      // Poisson: four standard errors.
      expect(Math.abs(mean - came.length)).toBeLessThan(4 * Math.sqrt(came.length / days.length));
      const known = new Set(came.map(({ segment, services, work }) => JSON.stringify([segment, services, work])));
      for (const { arrival, segment, services, work } of days[0] ?? [])
        if (slotOf(arrival) === slot) expect(known).toContain(JSON.stringify([segment, services, work]));
    }
    expect(drawDay(drawn, 1, 1).customers).toEqual(days[0]);
    expect(drawDay(drawn, 2, 1).customers).not.toEqual(days[0]);
  });

  test('runs: two policies on the same customers, all invariants held', () => {
    const loaded = loadScenario(FILE);
    const policies = ['first-come', 'cost-of-delay'].map((routing) => ({
      name: routing,
      settings: policySchema.parse({ routing }),
    }));
    const [one, other] = compare(loaded, policies, { days: 5 });
    expect([one?.faults, other?.faults]).toEqual([[], []]);
    expect(one?.metrics.get('customers')?.value).toBeGreaterThan(40);
    expect(one?.metrics.get('customers')?.value).toBe(other?.metrics.get('customers')?.value);
  });

  test('what is wrong is said: names that the scenario has not, and a file that is something else', () => {
    expect(() => scenario({ services: [{ id: 'else', time: 1 }] })).toThrow('there is no service');
    expect(() => readRecordedDay('{"customers":[]}')).toThrow('nobody came on this day');
    expect(() => readRecordedDay('{"days":[]}')).toThrow('this is no recorded day');
  });
});
