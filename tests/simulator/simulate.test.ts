import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { decide } from '../../domain/decide.ts';
import { evolve } from '../../domain/evolve.ts';
import { timersOf } from '../../domain/timers.ts';
import { atEqualHours } from '../../simulator/equal-hours.ts';
import { htmlOf } from '../../simulator/report/html.ts';
import { compare } from '../../simulator/run/compare.ts';
import { Hall } from '../../simulator/run/hall.ts';
import { drawDay } from '../../simulator/scenario/day-draw.ts';
import { loadScenario, scenarioOf } from '../../simulator/scenario/load.ts';
import { policySchema, readPolicy } from '../../simulator/scenario/policy.ts';
import type { ScenarioInput } from '../../simulator/scenario/schema.ts';
import { readTrace } from '../../simulator/scenario/trace.ts';
import { readSimulateOptions } from '../../simulator/simulate-options.ts';

const EXAMPLES = 'simulator/scenarios';
const SMALL: ScenarioInput = {
  name: 'small',
  run: { minutes: 240, days: 3 },
  segments: [{ id: 'all' }],
  services: [{ id: 'service', time: { law: 'exponential', mean: 5 } }],
  arrivals: [
    { rate: 0.5, segment: 'all', services: ['service'], patience: { law: 'exponential', mean: 30 }, noShow: 0.1 },
  ],
  counters: [
    { id: 'c', count: 2 },
    { id: 'f', kind: 'floating' },
  ],
};

function simulate(...args: string[]) {
  const { status, stdout, stderr } = spawnSync('node', ['--import', 'tsx', 'simulator/simulate.ts', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('npm run simulate', () => {
  test('takes a scenario file from anywhere, and prints both policies and their differences for machines', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'lobbyflow-scenario-'));
    const file = path.join(folder, 'mine.yaml');
    writeFileSync(
      path.join(folder, 'mine.csv'),
      'arrival,segment,service,service_seconds\n9:00,a,s,300\n9:01,a,s,240\n',
    );
    writeFileSync(
      file,
      `
name: mine
run: { minutes: 10, days: 1 }
segments: [{ id: a }]
services: [{ id: s, time: 4 }]
trace: { file: mine.csv, opensMinute: 540 }
counters: [{ id: c }]
report: { customers: true }
`,
    );
    const { status, stdout } = simulate(
      '--scenario',
      file,
      '--policy',
      'first-come',
      '--policy',
      'strict-priority',
      '--json',
    );
    expect(status).toBe(0);
    const answer = JSON.parse(stdout) as {
      policies: {
        name: string;
        invariantsHeld: boolean;
        customers: { waits: number[] }[][];
        metrics: Record<string, { value: number }>;
      }[];
      differences: { of: string; from: string; metrics: Record<string, { value: number }> }[];
    };
    expect(answer.policies.map(({ name }) => name)).toEqual(['first-come', 'strict-priority']);
    expect(answer.policies[0]?.customers[0]?.map(({ waits }) => waits)).toEqual([[0], [4]]);
    expect(answer.policies[0]?.metrics['wait.mean']?.value).toBeCloseTo(2);
    expect(answer.differences).toMatchObject([
      { of: 'strict-priority', from: 'first-come', metrics: { 'wait.mean': { value: 0 } } },
    ]);
  });

  test('says in words what is wrong with a question', () => {
    expect(simulate('--scenario', 'package.json').stderr).toContain('is no scenario');
    expect(simulate('--days', '0').stderr).toContain('--days must be a whole number from 1 on, not "0"');
    expect(simulate('--scenario', `${EXAMPLES}/skills.yaml`, '--policy', 'fifo')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there is no policy "fifo"'),
    });
    expect(readSimulateOptions(['--help'])).toEqual({ help: true });
  });
});

describe('the example files', () => {
  const files = readdirSync(EXAMPLES).filter((name) => name.endsWith('.yaml'));

  test('there is one of each kind', () => {
    const kinds = [
      'constant-rates',
      'piecewise-rates',
      'trace',
      'skills',
      'unequal-tellers',
      'floating-windows',
      'patience',
    ];
    expect(files).toEqual(
      expect.arrayContaining([...kinds, 'standard-day', 'whole-system'].map((kind) => `${kind}.yaml`)),
    );
  });

  test.each(files)('%s runs, and what must hold holds', (file) => {
    const scenario = loadScenario(path.join(EXAMPLES, file));
    const named = Object.keys(scenario.policies).map((name) => readPolicy(name, scenario.policy, scenario.policies));
    const policies = [{ name: 'own', settings: policySchema.parse(scenario.policy) }, ...named];
    for (const { faults } of compare(scenario, policies, { days: 1 })) expect(faults).toEqual([]);
  });
});

describe('a run', () => {
  const run = (input: ScenarioInput, ...names: string[]) => {
    const scenario = scenarioOf(input);
    return compare(
      scenario,
      names.map((name) => readPolicy(name, scenario.policy, scenario.policies)),
    );
  };

  test('gives every policy the same customers', () => {
    const [one, two] = run({ ...SMALL, report: { customers: true } }, 'first-come', 'cost-of-delay+always');
    const customers = (result: typeof one) => result?.stories.map((day) => day.map(({ customer }) => customer));
    expect(customers(two)).toEqual(customers(one));
    expect(two?.metrics.get('wait.mean')?.value).toBeLessThan(one?.metrics.get('wait.mean')?.value ?? 0);
  });

  test('is the same for the same seed', () => {
    const [one] = run(SMALL, 'threshold');
    const [two] = run(SMALL, 'threshold');
    expect([...(two?.metrics ?? [])]).toEqual([...(one?.metrics ?? [])]);
  });

  test.each(['threshold:openAbove=1', 'rolling-plan', 'plan', 'by-count'])('keeps what must hold under %s', (name) => {
    const policy = { plan: [[30, 90, 1]] as [number, number, number][], openAt: [4], closeAt: [1], opening: 3 };
    const [result] = run({ ...SMALL, policy }, name);
    expect(result?.faults).toEqual([]);
    expect(result?.metrics.get('windows.openings')?.value).toBeGreaterThan(0);
  });

  test('tells every fate: served, left, missed, turned away, sent home at closing', () => {
    const [result] = run({ ...SMALL, run: { ...SMALL.run, atEnd: 'stop' }, lobbyHolds: 8 }, 'first-come');
    expect(result?.faults).toEqual([]);
    const fates = ['served', 'left', 'missed', 'turned-away', 'expired'].map(
      (fate) => result?.metrics.get(`share.${fate}`)?.value ?? 0,
    );
    expect(Math.min(...fates)).toBeGreaterThan(0);
    expect(fates.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  });

  test('opens a floating window with the person who was sent there, whoever sat there last', () => {
    const scenario = loadScenario(path.join(EXAMPLES, 'standard-day.yaml'));
    const { settings } = readPolicy('plan:price=4.5,openingCost=4', scenario.policy, scenario.policies);
    const refused: unknown[] = [];
    const watched: typeof decide = (state, command, context) => {
      const decision = decide(state, command, context);
      if (command.type === 'OpenCounter' && !decision.ok) refused.push(decision.rejection);
      return decision;
    };
    const { faults } = new Hall(scenario, settings, drawDay(scenario, 2, 3), {
      decide: watched,
      evolve,
      timersOf,
    }).run();
    expect(faults).toEqual([]);
    expect(refused).toEqual([]);
  });

  test('lets tellers have their breaks', () => {
    const counters = [{ id: 'c', breaks: [[60, 120]] as [number, number][] }, { id: 'd' }];
    const [result] = run({ ...SMALL, counters, report: { customers: true } }, 'first-come');
    expect(result?.faults).toEqual([]);
  });
});

describe('the page with pictures', () => {
  test('has three pictures and the table, and nothing that a scenario could write into it', () => {
    const scenario = scenarioOf({ ...SMALL, name: 'a <b> name' });
    const policies = ['first-come', 'threshold'].map((name) => readPolicy(name, {}, {}));
    const page = htmlOf(scenario, compare(scenario, policies), 1);
    expect(page.match(/<canvas /g)).toHaveLength(3);
    expect(page).toContain('a &lt;b> name: 3 days, seed 1');
    expect(page).not.toContain('a <b> name');
  });
});

describe('a change on the command line', () => {
  const file = path.join(EXAMPLES, 'standard-day.yaml');

  test('sets one field, in lists by its number', () => {
    const scenario = loadScenario(file, ['day.levelCv=0', 'services.0.time.cv=1.5', 'policy.opening.to=12']);
    expect(scenario).toMatchObject({ day: { levelCv: 0 }, services: [{ time: { law: 'lognormal', cv: 1.5 } }] });
    expect(scenario.policy.opening).toEqual({ law: 'uniform', from: 3, to: 12 });
  });

  test('is checked as the file is, and a wrong one is told', () => {
    expect(() => loadScenario(file, ['day.levelCV=0'])).toThrow('levelCV');
    expect(() => loadScenario(file, ['services.3.time.cv=1'])).toThrow('the scenario has no services.3.time');
    expect(() => loadScenario(file, ['day.levelCv'])).toThrow('PATH=VALUE');
  });
});

describe('policies on the command line', () => {
  test('are names, parameters and sums of both', () => {
    const { settings } = readPolicy('cost-of-delay:power=3,careFirst=true+threshold:openAbove=1.5', {}, {});
    expect(settings).toMatchObject({
      routing: 'cost-of-delay',
      power: 3,
      careFirst: true,
      floating: 'threshold',
      openAbove: 1.5,
    });
    expect(readPolicy('mine', { power: 4 }, { mine: { price: 2 } }).settings).toMatchObject({ power: 4, price: 2 });
    expect(() => readPolicy('threshold:openAbov=1', {}, {})).toThrow('openAbov');
  });

  test('can be given the same hours: the price of a plan is found', () => {
    const scenario = loadScenario(path.join(EXAMPLES, 'standard-day.yaml'));
    const asked = ['tuned', 'plan', 'none'].map((name) => readPolicy(name, scenario.policy, scenario.policies));
    const equal = atEqualHours(scenario, asked, { days: 3, seed: 4 });
    expect(equal.map(({ name }) => name)).toEqual(['tuned', expect.stringMatching(/^plan at price [\d.]+$/), 'none']);
    const [tuned, plan] = compare(scenario, equal, { days: 3, seed: 4 }).map(({ metrics }) =>
      metrics.get('windows.hours'),
    );
    expect(Math.abs((plan?.value ?? 0) / (tuned?.value ?? 1) - 1)).toBeLessThan(0.1);
  });

  test('what a named policy does not say, it takes from the scenario', () => {
    const scenario = scenarioOf({
      ...SMALL,
      policy: { freeCounter: 'fastest', opening: 7 },
      policies: { mine: { price: 2 } },
    });
    expect(readPolicy('mine', scenario.policy, scenario.policies).settings).toMatchObject({
      ...{ freeCounter: 'fastest', opening: 7, price: 2, power: 2 },
    });
  });
});

describe('a trace', () => {
  test('has clock times or minutes, and a patience or none', () => {
    expect(
      readTrace('arrival,segment,service,service_seconds,patience_seconds\n9:05:30,a,s,60,\n7,a,s,30,90\n\n', 540),
    ).toEqual([
      [5.5, 'a', 's', 60, null],
      [7, 'a', 's', 30, 90],
    ]);
  });

  test('says which line is wrong', () => {
    expect(() => readTrace('arrival,segment,service,service_seconds\n1,a,s,x\n')).toThrow('line 2');
    expect(() => readTrace('arrival,segment\n')).toThrow('service, service_seconds');
    expect(() => scenarioOf({ ...SMALL, trace: { rows: [[1, 'all', 'nothing', 60, null]] } })).toThrow(
      'there is no service "nothing"',
    );
  });
});
