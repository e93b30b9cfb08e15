import type { PolicyInput } from '../../simulator/scenario/policy.ts';
import type { ScenarioInput } from '../../simulator/scenario/schema.ts';

/** Each closed form as a scenario, as docs/simulator.md says how to write its family. */

export interface Asked {
  readonly scenario: ScenarioInput;
  /** Our name of each expected figure. Those that are left out are derived in the test. */
  readonly figures: Readonly<Record<string, string>>;
}

const exponential = (mean: number) => ({ law: 'exponential' as const, mean });
const lognormal = (mean: number, cv: number) => (cv === 0 ? mean : { law: 'lognormal' as const, mean, cv });

/** Every case has its own, so that one run of luck is not met twenty times. */
let seed = 20_260;

/** Of the minutes named below: the rest made figures sharper than the test needs. */
const LENGTH = 0.55;

/** @param minutes of one replication; a tenth is warm-up */
const run = (minutes: number, days: number) => ({
  minutes: minutes * LENGTH,
  warmUpMinutes: (minutes * LENGTH) / 10,
  days,
  seed: (seed += 1),
});

const one = { segments: [{ id: 'all' }], policy: { routing: 'first-come' as const } };

function queue(
  lam: number,
  time: ScenarioInput['services'][number]['time'],
  c: number,
  minutes: number,
  days: number,
): ScenarioInput {
  return {
    ...one,
    name: 'one queue',
    run: run(minutes, days),
    services: [{ id: 'service', time }],
    arrivals: [{ rate: lam, segment: 'all', services: ['service'] }],
    counters: [{ id: 'c', count: c }],
  };
}

const WAITS = { prob_wait: 'wait.any', mean_wait: 'wait.mean', mean_queue: 'queue.mean' };

/** Classes 1, 2 … by their place, each with its own service. */
function classes(
  of: readonly { lam: number; time: ScenarioInput['services'][number]['time']; target?: number }[],
  c: number,
  routing: NonNullable<PolicyInput['routing']>,
  minutes: number,
  days: number,
): ScenarioInput {
  return {
    name: 'classes',
    run: run(minutes, days),
    segments: of.map(({ target }, place) => ({
      id: `k${place + 1}`,
      rank: place + 1,
      ...(target !== undefined && { targetMinutes: target }),
    })),
    services: of.map(({ time }, place) => ({ id: `s${place + 1}`, time })),
    arrivals: of.map(({ lam }, place) => ({ rate: lam, segment: `k${place + 1}`, services: [`s${place + 1}`] })),
    counters: [{ id: 'c', count: c }],
    policy: { routing },
  };
}

const byClass = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, place) => [`mean_wait_${place + 1}`, `segment.k${place + 1}.wait.mean`]),
  );

function floating(lam: number, minutes: number, days: number, windows: number, policy: PolicyInput): ScenarioInput {
  return {
    ...queue(lam, exponential(5), 1, minutes, days),
    name: 'floating windows',
    counters: [{ id: 'f', count: windows, kind: 'floating' }],
    policy: { routing: 'first-come', floating: 'by-count', ...policy },
  };
}

const FLOATING = {
  mean_wait: 'wait.mean',
  mean_queue: 'queue.mean',
  mean_in_system: 'hall.mean',
  mean_open_floating: 'windows.open',
  openings_per_min: 'windows.openingsPerMinute',
};

/** @param effort 1 for the usual test, more for a longer one */
export function oracleScenarios(
  effort: number,
  tables: Readonly<Record<string, PolicyInput['table']>>,
): Record<string, Asked> {
  const days = Math.round(20 * effort);
  const conditional = (seen: number): Asked => ({
    scenario: { ...queue(0.72, exponential(5), 4, 8_000, days), report: { queueSeen: [seen] } },
    figures: Object.fromEntries(
      ['mean', 'sd', 'p10', 'p50', 'p80', 'p90'].map((name) => [name, `queueSeen.${seen}.wait.${name}`]),
    ),
  });
  const optimum = (price: number): Asked => ({
    scenario: floating(0.9, 5_000, days, 7, {
      base: 4,
      opening: exponential(4),
      openingCost: 4,
      price,
      table: tables[`optimal-control-price${price}`],
    }),
    figures: {
      optimal_cost_per_min: 'cost.perMinute',
      mean_queue: 'queue.mean',
      mean_wait: 'wait.mean',
      mean_paid_floating: 'windows.open',
    },
  });
  return {
    'mm1-rho08': {
      scenario: { ...queue(0.8, exponential(1), 1, 6_000, days), report: { waitOver: [10] } },
      figures: { ...WAITS, sd_wait: 'wait.sd', p_wait_gt_10: 'wait.over.10' },
    },
    'mm3-a2': {
      scenario: { ...queue(2, exponential(1), 3, 2_500, days), report: { waitOver: [1] } },
      figures: { ...WAITS, utilisation: 'counters.utilisation', p_wait_gt_1: 'wait.over.1', p90_wait: 'wait.p90' },
    },
    'mm4-lobby': {
      scenario: { ...queue(0.7, exponential(5), 4, 10_000, days), report: { waitOver: [5, 10] } },
      figures: {
        ...WAITS,
        utilisation: 'counters.utilisation',
        p_wait_gt_5: 'wait.over.5',
        p_wait_gt_10: 'wait.over.10',
        p90_wait: 'wait.p90',
      },
    },
    'erlangA-c4': {
      scenario: {
        ...queue(1, exponential(5), 4, 4_000, days),
        arrivals: [{ rate: 1, segment: 'all', services: ['service'], patience: exponential(10) }],
      },
      figures: {
        prob_wait: 'wait.any',
        prob_abandon: 'share.left',
        mean_wait_all: 'wait.mean',
        mean_wait_served: 'wait.served',
        mean_queue: 'queue.mean',
      },
    },
    'mm3-10': {
      scenario: { ...queue(0.9, exponential(4), 3, 4_000, days), lobbyHolds: 10 },
      figures: {
        prob_blocked: 'share.turned-away',
        mean_queue: 'queue.mean',
        mean_wait_accepted: 'wait.mean',
        prob_wait_accepted: 'wait.any',
      },
    },
    'mg1-det': {
      scenario: queue(0.16, 5, 1, 30_000, days),
      figures: { ...WAITS, utilisation: 'counters.utilisation' },
    },
    'mg1-lognormal-cv1': {
      scenario: queue(0.16, lognormal(5, 1), 1, 20_000, 3 * days),
      figures: { ...WAITS, utilisation: 'counters.utilisation' },
    },
    'hetero-mm2-fsf': {
      scenario: {
        ...queue(0.48, exponential(5), 1, 10_000, days),
        counters: [
          { id: 'fast', speed: 2 },
          { id: 'slow', speed: 1 },
        ],
        policy: { routing: 'first-come', freeCounter: 'fastest' },
      },
      figures: {
        ...WAITS,
        p_empty: 'hall.empty',
        util_fast: 'counter.fast.utilisation',
        util_slow: 'counter.slow.utilisation',
        mean_in_system: 'hall.mean',
      },
    },
    'prio-mg1-3': {
      scenario: classes(
        [
          { lam: 0.02, time: lognormal(8, 1) },
          { lam: 0.05, time: lognormal(5, 1) },
          { lam: 0.08, time: lognormal(4, 0.5) },
        ],
        1,
        'strict-priority',
        30_000,
        days,
      ),
      figures: byClass(3),
    },
    'prio-mm4-2': {
      scenario: classes(
        [
          { lam: 0.14, time: exponential(5) },
          { lam: 0.56, time: exponential(5) },
        ],
        4,
        'strict-priority',
        8_000,
        days,
      ),
      figures: { ...byClass(2), prob_wait: 'wait.any', mean_wait_all: 'wait.mean' },
    },
    'apq-mm1-2': {
      scenario: classes(
        [
          { lam: 0.06, time: exponential(5), target: 1 / 2 },
          { lam: 0.12, time: exponential(5), target: 1 },
        ],
        1,
        'wait-over-target',
        40_000,
        days,
      ),
      figures: byClass(2),
    },
    'apq-mm5-target-5-10-20': {
      scenario: classes(
        [
          { lam: 0.1, time: exponential(5), target: 5 },
          { lam: 0.3, time: exponential(5), target: 10 },
          { lam: 0.48, time: exponential(5), target: 20 },
        ],
        5,
        'wait-over-target',
        8_000,
        days,
      ),
      figures: { ...byClass(3), prob_wait: 'wait.any' },
    },
    'tandem-1-2': {
      scenario: {
        ...one,
        name: 'reception, then counters',
        run: run(10_000, days),
        services: [
          { id: 'reception', time: exponential(2) },
          { id: 'counter', time: exponential(4) },
        ],
        arrivals: [{ rate: 0.4, segment: 'all', services: ['reception', 'counter'] }],
        counters: [
          { id: 'r', does: ['reception'] },
          { id: 'c', count: 2, does: ['counter'] },
        ],
      },
      figures: {
        mean_wait_1: 'service.reception.wait.mean',
        mean_wait_2: 'service.counter.wait.mean',
        mean_time_in_system: 'timeInHall',
        prob_wait_1: 'service.reception.wait.any',
        prob_wait_2: 'service.counter.wait.any',
      },
    },
    'npolicy-setup': {
      scenario: { ...floating(0.15, 20_000, days, 1, { opening: 4, openAt: [4], closeAt: [0] }), workConserving: true },
      figures: { mean_wait: 'wait.mean', open_fraction: 'windows.open', openings_per_min: 'windows.openingsPerMinute' },
    },
    'hysteresis-4+3': {
      scenario: floating(0.9, 5_000, days, 7, { base: 4, opening: 0, openAt: [8, 10, 12], closeAt: [4, 5, 6] }),
      figures: FLOATING,
    },
    'skills-N-design': {
      scenario: {
        name: 'N design',
        run: run(10_000, days),
        segments: [
          { id: 'one', rank: 2 },
          { id: 'two', rank: 1 },
        ],
        services: [{ id: 'service', time: exponential(5) }],
        arrivals: [
          { rate: 0.2, segment: 'one', services: ['service'] },
          { rate: 0.08, segment: 'two', services: ['service'] },
        ],
        counters: [{ id: 'a', first: ['one'] }, { id: 'b' }],
        policy: { routing: 'strict-priority' },
      },
      figures: {
        mean_wait_1: 'segment.one.wait.mean',
        mean_wait_2: 'segment.two.wait.mean',
        mean_queue_1: 'segment.one.queue.mean',
        mean_queue_2: 'segment.two.queue.mean',
        prob_wait_1: 'segment.one.wait.any',
        prob_wait_2: 'segment.two.wait.any',
      },
    },
    'mt-m-inf': {
      scenario: {
        ...queue(1, exponential(5), 40, 3_600, days),
        arrivals: [{ rate: { mean: 1, amplitude: 0.6, period: 240 }, segment: 'all', services: ['service'] }],
        report: { sample: { period: 240, at: [60, 120, 180, 240] } },
      },
      figures: { m_60: 'sample.60', m_120: 'sample.120', m_180: 'sample.180', m_240: 'sample.240' },
    },
    'condwait-n0-c4': conditional(0),
    'condwait-n6-c4': conditional(6),
    'optimal-control-price1': optimum(1),
    'optimal-control-price2': optimum(2),
    'trace-fcfs-2': {
      scenario: {
        ...one,
        name: 'trace',
        run: { minutes: 10, days: 1 },
        services: [{ id: 'service', time: 3 }],
        trace: { rows: [5, 4, 3, 2, 1].map((minutes, at) => [at, 'all', 'service', minutes * 60, null]) },
        counters: [{ id: 'c', count: 2 }],
        report: { customers: true },
      },
      figures: {},
    },
  };
}
