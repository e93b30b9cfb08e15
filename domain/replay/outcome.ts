import { MINUTE, type Instant } from '../ids.ts';
import { limitsOf } from '../routing/targets.ts';
import type { BranchDay, Ticket } from '../state.ts';
import { visitOf } from '../visit.ts';
import { SLOT_MS, type DayMeter } from './day-meter.ts';
import type { Replay } from './replay.ts';
import type { HalfHour, PolicyOutcome, WaitFigures } from './result.ts';

const HOUR = 60 * MINUTE;

/** One customer who waited. */
interface Wait {
  readonly segment: string;
  readonly issuedAt: Instant;
  readonly minutes: number;
  readonly targetMinutes: number;
  /** Was called, and did not leave or wait in vain. */
  readonly called: boolean;
}

/** What came of a day that was replayed to its end. */
export function outcomeOf(name: string, { state, notRepeated }: Replay, meter: DayMeter): PolicyOutcome {
  const tickets = [...state.tickets.values()];
  const waits = tickets.flatMap((ticket) => waitOf(state, ticket, meter.openUntil));
  const ended = (status: Ticket['status']) => tickets.filter((ticket) => ticket.status === status);
  const segments = state.config.segments.map(
    ({ id }) => [id, figuresOf(waits.filter(({ segment }) => segment === id))] as const,
  );
  return {
    name,
    floating: state.config.floating,
    routing: state.config.routing,
    wait: figuresOf(waits),
    segments: Object.fromEntries(segments),
    served: ended('finished').length,
    left: ended('cancelled').length,
    missed: ended('missed').length,
    unserved: ended('expired').length,
    floatingHours: meter.floatingMs / HOUR,
    openings: meter.openings,
    halfHours: halfHoursOf(tickets, waits, meter),
    notRepeated: Object.fromEntries(notRepeated),
  };
}

/**
 * All of its waiting together, as its visit has it; who waited in vain waited until the last window closed, not until the
 * day was closed at midnight. Nothing for somebody who never waited.
 */
function waitOf(state: BranchDay, ticket: Ticket, openUntil: Instant): readonly Wait[] {
  const visit = visitOf(ticket);
  if (visit === undefined || ticket.periods[0]?.kind !== 'wait') return [];
  const last = ticket.periods.at(-1);
  const inVain = ticket.status === 'expired' && last?.kind === 'wait';
  const afterClosing = inVain ? Math.max(0, visit.endedAt - Math.max(openUntil, last.from)) : 0;
  const { targetMs } = limitsOf(state, ticket.segment, ticket.careNeeds.length > 0);
  return [
    {
      segment: ticket.segment,
      issuedAt: ticket.issuedAt,
      minutes: (visit.waitedMs - afterClosing) / MINUTE,
      targetMinutes: targetMs / MINUTE,
      called: ticket.status !== 'cancelled' && !inVain,
    },
  ];
}

function figuresOf(waits: readonly Wait[]): WaitFigures {
  const sorted = waits.map(({ minutes }) => minutes).sort((one, other) => one - other);
  const quantile = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const late = waits.filter(({ minutes, targetMinutes }) => minutes > targetMinutes);
  const within = waits.filter(({ minutes, targetMinutes, called }) => minutes <= targetMinutes && called);
  return {
    tickets: waits.length,
    mean: mean(sorted) ?? 0,
    p50: quantile(0.5),
    p90: quantile(0.9),
    p99: quantile(0.99),
    withinTarget: waits.length === 0 ? 1 : within.length / waits.length,
    late: late.length,
  };
}

/** From the first ticket to the last end. */
function halfHoursOf(tickets: readonly Ticket[], waits: readonly Wait[], meter: DayMeter): HalfHour[] {
  const first = Math.min(...tickets.map(({ issuedAt }) => issuedAt));
  const last = Math.max(...tickets.flatMap((ticket) => visitOf(ticket)?.endedAt ?? []));
  const halfHours: HalfHour[] = [];
  for (let from = meter.slotOf(first); from <= last; from += SLOT_MS) {
    const own = waits.filter(({ issuedAt }) => meter.slotOf(issuedAt) === from).map(({ minutes }) => minutes);
    const came = tickets.filter(({ issuedAt }) => meter.slotOf(issuedAt) === from).length;
    const meanWait = mean(own);
    halfHours.push({ ...meter.slot(from), tickets: came, ...(meanWait !== undefined && { meanWait }) });
  }
  return halfHours;
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
