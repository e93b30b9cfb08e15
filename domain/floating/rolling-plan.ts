import { MINUTE, type Instant } from '../ids.ts';
import { solve, type Plan } from './plan.ts';
import type { Advice, Sight } from './policies.ts';
import { OUTLOOK_MINUTES, type PlanFigures } from './proposal.ts';

/** How far the plan looks, and how often its figures are renewed, minutes. */
const HORIZON = 45;
const RENEW = 5;

/** Solved plans by their figures. Not state: the same figures, read from the log, give the same plan. */
const plans = new WeakMap<PlanFigures, Plan>();

/** Rule F9. */
export function rollingPlan(sight: Sight): Advice {
  const { now, opening, locked, free, mayOpen, closable, lines } = sight;
  if (!mayOpen && closable.length === 0) return {};
  const figures = isFresh(sight.plan, sight) ? sight.plan : figuresOf(sight);
  const renewed = figures === sight.plan ? {} : { plan: figures };
  const n = lines.waiting.length + lines.inHand;
  // An open window that the limits hold open counts as locked, whatever holds it.
  const loose = Math.min(free, closable.length);
  const move = planOf(figures, sight).move(n, opening, locked + free - loose, loose);
  if (move === 'nothing') return renewed;
  const arrivals = Math.round(arrivalsUntil(sight, now + OUTLOOK_MINUTES * MINUTE));
  const others = opening + locked + free - (move === 'close' ? 1 : 0);
  const { speed, floatingSpeed, serviceMinutes } = lines.work();
  const capacity = Math.round((OUTLOOK_MINUTES * (speed + others * floatingSpeed)) / serviceMinutes);
  const windows = lines.windows + others;
  const numbers = { waiting: lines.waiting.length, windows, arrivals, capacity };
  if (move === 'open' && mayOpen)
    return { ...renewed, wish: { kind: 'open', reason: { code: 'rush-ahead', ...numbers } } };
  const [least] = closable;
  if (move === 'close' && least !== undefined) {
    const { counterId } = least;
    return { ...renewed, wish: { kind: 'close', counterId, reason: { code: 'enough-without', ...numbers } } };
  }
  return renewed;
}

/** The figures hold for 5 minutes, unless windows were opened or closed beside it. */
function isFresh(plan: PlanFigures | undefined, { now, lines }: Sight): plan is PlanFigures {
  return plan !== undefined && now - plan.at < RENEW * MINUTE && plan.windows === lines.windows;
}

function figuresOf({ now, rate, lines, config, opening, locked, free }: Sight): PlanFigures {
  const slots = Array.from({ length: HORIZON / RENEW }, (_, index) => now + (index + 0.5) * RENEW * MINUTE);
  const { serviceMinutes, speed, floatingSpeed } = lines.work();
  return {
    at: now,
    rates: slots.map((at) => rounded(rate(at))),
    serviceMinutes: rounded(serviceMinutes),
    windows: lines.windows,
    speed: rounded(speed),
    floating: Math.max(opening + locked + free, Math.min(lines.floating, config.staff.length)),
    floatingSpeed: rounded(floatingSpeed),
  };
}

function planOf(figures: PlanFigures, { config }: Sight): Plan {
  let plan = plans.get(figures);
  if (plan === undefined) {
    const { openingMinutes, minOpenMinutes: lockedMinutes, price, openingCost } = config;
    plan = solve({ ...figures, openingMinutes, lockedMinutes, price, openingCost, horizonMinutes: HORIZON });
    plans.set(figures, plan);
  }
  return plan;
}

function arrivalsUntil({ now, rate }: Sight, end: Instant): number {
  let sum = 0;
  for (let at = now; at < end; at += MINUTE) sum += rate(at);
  return sum;
}

/** Four digits are enough for a plan, and short in the log. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
