import { MINUTE, type Instant, type StaffId } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import { ALERT_LEVELS, alertLimits, type Alert, type Problem } from './alert.ts';
import { counterProblems, staffingProblems, taskProblems } from './place-problems.ts';
import { lateWaits, unserved, valuedCustomers } from './queue-problems.ts';

/**
 * What is wrong in the hall now, the most urgent first and of those the oldest. Made from the state and the time alone: an
 * alert goes when its problem does (rule A5).
 */
export function alertsOf(state: BranchDay, now: Instant): Alert[] {
  if (state.closed) return [];
  const waiting = [...state.tickets.values()].filter(({ status }) => status === 'waiting');
  waiting.sort((one, other) => one.waitingSince - other.waitingSince || one.order - other.order);
  const problems = [
    ...lateWaits(state, waiting, now),
    ...unserved(state),
    ...counterProblems(state, now),
    ...valuedCustomers(state, waiting),
    ...taskProblems(state),
    ...staffingProblems(state),
  ];
  return problems
    .map((problem) => marked(state, problem, now))
    .sort((one, other) => rank(other) - rank(one) || one.since - other.since);
}

const rank = ({ level }: Problem) => ALERT_LEVELS.indexOf(level);

/** With what people said to it, and what time made of it (rules A7, A8). */
function marked(state: BranchDay, problem: Problem, now: Instant): Alert {
  const { repeatMinutes, escalateMinutes } = alertLimits(state.config);
  const { quiet, escalatedAt: said } = state.alertMarks.get(problem.id) ?? {};
  // What was said of a problem long ago was said of another one like it.
  const holds = said !== undefined && (said >= problem.since || now < said + repeatMinutes * MINUTE);
  // Unanswered since it began, or since it came back.
  const due = Math.max(problem.since, quiet?.until ?? 0) + escalateMinutes * MINUTE;
  const byItself = problem.level === 'attention' && now >= due ? due : undefined;
  const escalatedAt = holds ? said : byItself;
  return {
    ...problem,
    ...(escalatedAt !== undefined && { level: 'urgent', escalatedAt }),
    ...(quiet !== undefined && now < quiet.until && { quiet }),
  };
}

/** Rule A9: the customers of a tier who come to this person; nothing when there are none. */
export function arrivalsFor(
  state: BranchDay,
  staffId: StaffId | undefined,
  now: Instant,
): { arrivals?: readonly Alert[] } {
  const waiting = [...state.tickets.values()].filter(
    ({ status, adviser }) => status === 'waiting' && adviser !== undefined && adviser === staffId,
  );
  if (waiting.length === 0) return {};
  return { arrivals: [...valuedCustomers(state, waiting)].map((problem) => marked(state, problem, now)) };
}
