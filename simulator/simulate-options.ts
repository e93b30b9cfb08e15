import { parseArgs } from 'node:util';

export const USAGE = `Whole days of a branch on the product's own code, several policies on the same customers.

  npm run simulate -- --scenario FILE [options]

  --scenario FILE   a YAML file; docs/simulator.md explains it, simulator/scenarios/ has examples
  --policy NAME     may be given several times; the scenario's own policy when it is not given
                    NAME is a policy of the scenario, a routing policy (cost-of-delay, wait-over-target, first-come,
                    strict-priority, ratio) or one for floating windows (rolling-plan, threshold, manual, always, plan,
                    by-count), with parameters after a colon, several joined by +:
                    --policy cost-of-delay:power=3+threshold:openAbove=1.5
  --set PATH=VALUE  changes one field of the scenario, as --set day.levelCv=0.3 or --set services.0.time.cv=1.5; may be
                    given several times
  --equal-hours     sets the price of every rolling plan so that its floating hours are those of the first policy on
                    these days: the fair comparison
  --days 100        how many days (of the scenario)
  --seed 1          the same seed draws the same customers (of the scenario)
  --json            machines read it
  --html FILE       writes a page with pictures
  --search-plan 5   instead of comparing: searches the best static plan of so many floating hours a day on these days
                    (takes minutes); may be given several times
  --help            this text
`;

export interface SimulateOptions {
  readonly scenario: string;
  readonly policies: readonly string[];
  readonly changes: readonly string[];
  readonly equalHours: boolean;
  readonly days: number | undefined;
  readonly seed: number | undefined;
  readonly json: boolean;
  readonly html: string | undefined;
  /** Floating hours a day. */
  readonly searchPlan: readonly number[];
}

/** @returns the options, `help` when that was asked for, or what is wrong, one line each */
export function readSimulateOptions(
  args: readonly string[],
): { readonly options: SimulateOptions } | { readonly help: true } | { readonly errors: readonly string[] } {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        scenario: { type: 'string' },
        policy: { type: 'string', multiple: true, default: [] },
        set: { type: 'string', multiple: true, default: [] },
        'equal-hours': { type: 'boolean', default: false },
        days: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
        html: { type: 'string' },
        'search-plan': { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return { errors: [error instanceof Error ? error.message : String(error)] };
  }
  if (values.help) return { help: true };
  const errors: string[] = [];
  const whole = (name: string, text: string | undefined, low: number): number | undefined => {
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < low)
      errors.push(`--${name} must be a whole number from ${low} on, not "${text}"`);
    return value;
  };
  const days = whole('days', values.days, 1);
  const seed = whole('seed', values.seed, -2_147_483_648);
  const searchPlan = values['search-plan'].map(Number);
  if (searchPlan.some((hours) => !(hours > 0))) errors.push('--search-plan must be a number of hours above 0');
  const { scenario, policy, set: changes, 'equal-hours': equalHours, json, html } = values;
  if (scenario === undefined) errors.push('--scenario FILE is missing');
  if (errors.length > 0 || scenario === undefined) return { errors };
  return { options: { scenario, policies: policy, changes, equalHours, days, seed, json, html, searchPlan } };
}
