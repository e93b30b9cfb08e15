import type { FloatingConfig, RoutingPolicyName } from '../../../domain/config.ts';
import type { WhatIfPolicy } from '../../../protocol/what-if.ts';

/** The rules that a day can be compared with, and the few numbers that can be changed in them. */

export const MOST_CHOICES = 3;

/** A number that can be changed: its limits are those of the protocol, its step is what a hand would move it by. */
export interface Parameter {
  readonly name: 'price' | 'openingCost' | 'openAbove' | 'closeAfterIdleMinutes' | 'minOpenMinutes' | 'power';
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly usual: number;
}

const PRICE = { name: 'price', least: 0.5, most: 20, step: 0.5, usual: 3 } as const;
const OPENING_COST = { name: 'openingCost', least: 0, most: 60, step: 1, usual: 4 } as const;
const OPEN_ABOVE = { name: 'openAbove', least: 0.5, most: 20, step: 0.5, usual: 2 } as const;
const CLOSE_AFTER = { name: 'closeAfterIdleMinutes', least: 1, most: 60, step: 1, usual: 10 } as const;
const MIN_OPEN = { name: 'minOpenMinutes', least: 1, most: 120, step: 5, usual: 15 } as const;
const POWER = { name: 'power', least: 1, most: 10, step: 0.5, usual: 4 } as const;

export interface Preset {
  readonly id: 'plan-2' | 'plan-3' | 'plan-5' | 'threshold' | 'manual' | 'first-come' | 'long-waits';
  /** Absent: as it was on the day. */
  readonly floating?: FloatingConfig['policy'];
  readonly routing?: RoutingPolicyName;
  readonly parameters: readonly Parameter[];
}

export const PRESETS: readonly Preset[] = [
  { id: 'plan-2', floating: 'rolling-plan', parameters: [{ ...PRICE, usual: 2 }, OPENING_COST, MIN_OPEN] },
  { id: 'plan-3', floating: 'rolling-plan', parameters: [PRICE, OPENING_COST, MIN_OPEN] },
  { id: 'plan-5', floating: 'rolling-plan', parameters: [{ ...PRICE, usual: 5 }, OPENING_COST, MIN_OPEN] },
  { id: 'threshold', floating: 'threshold', parameters: [OPEN_ABOVE, CLOSE_AFTER, MIN_OPEN] },
  { id: 'manual', floating: 'manual', parameters: [] },
  { id: 'first-come', routing: 'first-come', parameters: [] },
  { id: 'long-waits', routing: 'cost-of-delay', parameters: [POWER] },
];

/** What somebody has set for one preset. */
export interface Choice {
  readonly numbers: Readonly<Partial<Record<Parameter['name'], number>>>;
  /** Absent: as the preset says, else as on the day. */
  readonly routing?: RoutingPolicyName | undefined;
  readonly mode?: FloatingConfig['mode'] | undefined;
}

export const NO_CHANGES: Choice = { numbers: {} };

export function isValid({ least, most }: Parameter, value: number | undefined): boolean {
  return value === undefined || (Number.isFinite(value) && value >= least && value <= most);
}

/** What the server is asked. Only what the preset and the person say: the rest stays as it was on the day. */
export function policyOf(preset: Preset, { numbers, routing, mode }: Choice, name: string): WhatIfPolicy {
  const value = (wanted: Parameter['name']) => {
    const parameter = preset.parameters.find((each) => each.name === wanted);
    return parameter && (numbers[wanted] ?? parameter.usual);
  };
  const [openAbove, closeAfterIdleMinutes] = [value('openAbove'), value('closeAfterIdleMinutes')];
  const floating = given({
    policy: preset.floating,
    mode,
    price: value('price'),
    openingCost: value('openingCost'),
    minOpenMinutes: value('minOpenMinutes'),
    threshold:
      openAbove === undefined && closeAfterIdleMinutes === undefined ? undefined : { openAbove, closeAfterIdleMinutes },
  });
  const rules = given({ policy: routing ?? preset.routing, power: value('power') });
  return { name, ...(floating && { floating }), ...(rules && { routing: rules }) };
}

function given<T extends object>(parts: T): T | undefined {
  const known = Object.entries(parts).filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : (Object.fromEntries(known) as T);
}
