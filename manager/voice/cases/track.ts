import type { CaseStatus } from '../../../domain/cases/case.ts';
import type { CaseEvent } from '../../../domain/cases/events.ts';
import type { Instant } from '../../../domain/ids.ts';
import type { CaseView } from '../../../protocol/cases.ts';

/** One stop of the way of a case. */
export interface Stop {
  readonly status: CaseStatus;
  /** When it got there, the last time; absent of what is still to come, and of what was left out. */
  readonly at?: Instant;
  readonly is: 'done' | 'here' | 'ahead';
}

const STOPS = ['received', 'acknowledged', 'investigating', 'decided', 'informed', 'contacted', 'closed'] as const;

const ARRIVES: Readonly<Partial<Record<CaseEvent['type'], CaseStatus>>> = {
  CaseReceived: 'received',
  CaseAcknowledged: 'acknowledged',
  InvestigationStarted: 'investigating',
  CaseReopened: 'investigating',
  CaseDecided: 'decided',
  CustomerInformed: 'informed',
  CaseClosed: 'closed',
};

/** The way of a case, from received to closed. One that was opened again is ahead of what it does once more. */
export function trackOf({ status, steps, endedAt }: Pick<CaseView, 'status' | 'steps' | 'endedAt'>): readonly Stop[] {
  const times = new Map<CaseStatus, Instant>();
  for (const step of steps) {
    const arrived =
      step.type === 'SecondContactMade' && step.answer !== 'not-reached' ? 'contacted' : ARRIVES[step.type];
    if (arrived !== undefined) times.set(arrived, step.at);
  }
  const withdrawn = status === 'withdrawn';
  const reached = withdrawn
    ? STOPS.filter((stop) => times.has(stop)).length - 1
    : STOPS.findIndex((stop) => stop === status);
  const way = STOPS.map((stop, at): Stop => {
    const is = at < reached || (withdrawn && at === reached) ? 'done' : at === reached ? 'here' : 'ahead';
    const time = is === 'ahead' ? undefined : times.get(stop);
    return { status: stop, is, ...(time !== undefined && { at: time }) };
  });
  if (!withdrawn) return way;
  const end: Stop = { status: 'withdrawn', is: 'here', ...(endedAt !== undefined && { at: endedAt }) };
  return [...way.filter(({ is }) => is !== 'ahead'), end];
}
