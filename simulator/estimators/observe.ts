import { decide } from '../../domain/decide.ts';
import type { RangeScores } from '../../domain/estimate/corrections.ts';
import { quoteFor } from '../../domain/estimate/quote.ts';
import type { Waiter } from '../../domain/estimate/waiter.ts';
import { evolve } from '../../domain/evolve.ts';
import type { Quote } from '../../domain/events.ts';
import { MINUTE, type Instant, type TicketId } from '../../domain/ids.ts';
import type { BranchDay } from '../../domain/state.ts';
import { timersOf } from '../../domain/timers.ts';
import { visitOf, type Visit } from '../../domain/visit.ts';
import { Hall } from '../run/hall.ts';
import { drawDay } from '../scenario/day-draw.ts';
import type { PolicySettings } from '../scenario/policy.ts';
import type { Scenario } from '../scenario/schema.ts';
import { featuresOf } from './features.ts';
import { countersFor, YARDSTICKS } from './yardsticks.ts';

/** What each estimator said of one customer who had to wait, and what came. Minutes. */
export interface Observation {
  readonly day: number;
  readonly segment: string;
  readonly waited: number;
  readonly said: Readonly<Record<string, number>>;
  readonly features: readonly number[];
  /** As the product told it. */
  readonly quote: Quote;
  /** What finding the quote cost, ms. */
  readonly costMs: number;
}

type Said = Omit<Observation, 'waited' | 'day'>;

/**
 * One day in which everybody who takes a number and finds no free counter is told a wait by every estimator.
 * @param carried what the days before leave to this one (rule E10)
 */
export function observeDay(
  scenario: Scenario,
  settings: PolicySettings,
  seed: number,
  day: number,
  carried: RangeScores,
): { observations: Observation[]; visits: Visit[] } {
  const said = new Map<TicketId, Said>();
  let open: BranchDay | undefined;
  const hall = new Hall(scenario, settings, drawDay(scenario, seed, day), {
    evolve,
    timersOf,
    decide(state, command, context) {
      const opening = command.type === 'OpenDay' ? { ...command, rangeScores: carried } : command;
      const decision = decide(state, opening, context);
      open = state ?? open;
      const [event] = decision.ok ? decision.events : [];
      if (state !== undefined && event?.type === 'TicketIssued') {
        const { segment, services, careNeeds } = event;
        const waiter = { segment, service: services[0] ?? '', care: careNeeds.length > 0 };
        if (countersFor(state, waiter).every(({ ticketId }) => ticketId !== undefined)) {
          const told = tell(state, waiter, context.now);
          if (told !== undefined) said.set(event.ticketId, told);
        }
      }
      return decision;
    },
  });
  hall.run();
  const observations = [...said].flatMap(([ticketId, told]) => {
    const ticket = hall.state.tickets.get(ticketId);
    const called = ticket?.periods.find(({ kind }) => kind === 'call');
    return ticket === undefined || called === undefined
      ? []
      : [{ ...told, day, waited: (called.from - ticket.issuedAt) / MINUTE }];
  });
  return { observations, visits: [...hall.state.tickets.values()].flatMap((ticket) => visitOf(ticket) ?? []) };
}

function tell(state: BranchDay, waiter: Waiter, now: Instant): Said | undefined {
  // Time of this process alone: others may use the machine at the same time.
  const began = process.cpuUsage();
  const quote = quoteFor(state, waiter, now);
  const { user, system } = process.cpuUsage(began);
  const costMs = (user + system) / 1000;
  if (quote === undefined) return undefined;
  const said: Record<string, number> = {};
  for (const [name, yardstick] of Object.entries(YARDSTICKS)) said[name] = yardstick(state, waiter, now);
  return { segment: waiter.segment, said, quote, costMs, features: featuresOf(state, waiter, now, said) };
}
