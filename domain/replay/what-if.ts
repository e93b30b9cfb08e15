import type { OpenDay } from '../commands.ts';
import type { BranchConfig, FloatingConfig, RoutingConfig } from '../config.ts';
import type { DomainEvent } from '../events.ts';
import type { Instant } from '../ids.ts';
import { DayMeter } from './day-meter.ts';
import { outcomeOf } from './outcome.ts';
import { readScript } from './read-script.ts';
import { Replay } from './replay.ts';
import type { PolicyOutcome, WhatIfResult } from './result.ts';
import { firstDifference } from './same-events.ts';

/** What is left out stays as it was on the day. */
type Changes<T> = { readonly [Key in keyof T]?: (T[Key] extends object ? Changes<T[Key]> : T[Key]) | undefined };

export interface NamedChanges {
  readonly name: string;
  readonly floating?: Changes<Omit<FloatingConfig, 'staff' | 'posts'>> | undefined;
  readonly routing?: Changes<RoutingConfig> | undefined;
}

export interface WhatIfOptions {
  /** Start of a half hour of the branch, at or before the opening of the day. */
  readonly from: Instant;
  /** Told after each policy how many are done. */
  readonly progress?: (done: number) => void;
}

/**
 * A recorded, closed day under the policy that was in force, and under others (rules W1–W5).
 * @throws when the log is damaged, or the day was not opened or not closed
 */
export function whatIf(
  events: readonly DomainEvent[],
  policies: readonly NamedChanges[],
  { from, progress }: WhatIfOptions,
): WhatIfResult {
  const script = readScript(events);
  const { day, config } = script.opening.command as OpenDay;
  const outcomes: PolicyOutcome[] = [];
  const run = (name: string, used: BranchConfig): Replay => {
    const meter = new DayMeter(from);
    const replay = new Replay(script, used, meter);
    replay.run();
    outcomes.push(outcomeOf(name, replay, meter));
    progress?.(outcomes.length);
    return replay;
  };
  const again = run('in-force', config).events;
  const place = firstDifference(events, again);
  for (const policy of policies) run(policy.name, configFor(config, policy));
  const differs = place === undefined ? undefined : (events[place]?.at ?? again[place]?.at);
  return {
    day,
    sameAsRecorded: place === undefined,
    ...(differs !== undefined && { differsAt: differs }),
    halfHourFrom: from,
    policies: outcomes,
  };
}

function configFor(config: BranchConfig, { floating, routing }: NamedChanges): BranchConfig {
  const { threshold, ...rest } = floating ?? {};
  return {
    ...config,
    floating: {
      ...config.floating,
      ...given<FloatingConfig>(rest),
      threshold: { ...config.floating.threshold, ...given<FloatingConfig['threshold']>(threshold ?? {}) },
    },
    routing: { ...config.routing, ...given<RoutingConfig>(routing ?? {}) },
    // Nobody is told these waits, and running the hall forward for each ticket is most of what a day costs.
    estimate: { ...config.estimate, method: 'queue-length' },
  };
}

/** Without what is undefined: a spread would put it in. */
function given<T>(changes: Changes<T>): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}
