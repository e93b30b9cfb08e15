import { MINUTE, type BranchId, type BusinessDay, type Instant, type SegmentId } from '../../domain/ids.ts';
import { limitsOf } from '../../domain/routing/targets.ts';
import type { BranchDay, Ticket } from '../../domain/state.ts';
import type { DayFigures, DayReport, WaitSlot, WindowStep, WithinTarget } from '../../protocol/reports.ts';
import type { EventStore } from '../ports.ts';
import { DiversionCount } from './diversion.ts';
import { readDay } from './read-day.ts';

const SLOT_MINUTES = 30;

/**
 * The figures of one day, from its log. Rejects when the store is away.
 * @param from the beginning of the day in the branch's time zone
 */
export async function dayReport(
  store: EventStore,
  branchId: BranchId,
  day: BusinessDay,
  from: Instant,
): Promise<DayReport> {
  const windows: WindowStep[] = [];
  const diverted = new DiversionCount();
  const state = await readDay(store, branchId, day, (now, event) => {
    diverted.see(event);
    const step = windowsOf(now);
    const last = windows.at(-1);
    if (last?.open !== step.open || last.floating !== step.floating) windows.push(step);
  });
  if (state === undefined) return { branchId, day };
  const diversion = diverted.figures(state);
  return { branchId, day, figures: { ...figuresOf(state, windows, from), ...(diversion && { diversion }) } };
}

function windowsOf(state: BranchDay): WindowStep {
  let open = 0;
  let floating = 0;
  for (const { id, status } of state.counters.values()) {
    const kind = state.index.counters.get(id)?.kind;
    if (kind === 'device' || status === 'closed' || status === 'opening') continue;
    open += 1;
    if (kind === 'floating') floating += 1;
  }
  return { at: state.lastAt, open, floating };
}

function figuresOf(state: BranchDay, windows: readonly WindowStep[], from: Instant): DayFigures {
  const tickets = [...state.tickets.values()];
  const cases = tickets.flatMap((ticket) => caseOf(state, ticket, from));
  const until = state.lastAt;
  const count = (...statuses: readonly Ticket['status'][]) =>
    tickets.filter(({ status }) => statuses.includes(status)).length;
  const openMs = windows.reduce((sum, { at, open }, place) => sum + open * ((windows[place + 1]?.at ?? until) - at), 0);
  return {
    from,
    slotMinutes: SLOT_MINUTES,
    until,
    over: state.closed,
    issued: tickets.length,
    finished: count('finished'),
    missed: count('missed'),
    left: count('cancelled', 'expired'),
    called: cases.length,
    meanWait: mean(cases.map(({ wait }) => wait)),
    longestWait: Math.max(0, ...cases.map(({ wait }) => wait)),
    windowHours: openMs / (60 * MINUTE),
    waits: {
      all: slotsOf(cases),
      segments: Object.fromEntries(
        state.config.segments.map(({ id }) => [id, slotsOf(cases.filter(({ segment }) => segment === id))]),
      ),
    },
    windows,
    needed: neededOf(state, from),
    within: Object.fromEntries(
      state.config.segments.map(({ id, targetMinutes }) => [id, withinOf(cases, id, targetMinutes)]),
    ),
  };
}

/** One who was called. Minutes. */
interface Case {
  readonly slot: number;
  readonly segment: SegmentId;
  readonly wait: number;
  readonly target: number;
  readonly told: { readonly p50: number; readonly p80: number } | undefined;
}

/** Somebody served without a ticket never waited, and is none. */
function caseOf(state: BranchDay, { segment, careNeeds, issuedAt, periods, quote }: Ticket, from: Instant): Case[] {
  const called = periods.find(({ kind }) => kind === 'call');
  if (called === undefined) return [];
  const wait = (called.from - issuedAt) / MINUTE;
  const target = limitsOf(state, segment, careNeeds.length > 0).targetMs / MINUTE;
  return [{ slot: slotAt(issuedAt, from), segment, wait, target, told: quote && { p50: quote.p50, p80: quote.p80 } }];
}

function slotsOf(cases: readonly Case[]): WaitSlot[] {
  return [...new Set(cases.map(({ slot }) => slot))]
    .sort((one, other) => one - other)
    .map((slot) => {
      const own = cases.filter((each) => each.slot === slot);
      const told = own.flatMap(({ told: quote }) => quote ?? []);
      return {
        slot,
        called: own.length,
        mean: mean(own.map(({ wait }) => wait)),
        longest: Math.max(...own.map(({ wait }) => wait)),
        target: mean(own.map(({ target }) => target)),
        ...(told.length > 0 && {
          told: { p50: mean(told.map(({ p50 }) => p50)), p80: mean(told.map(({ p80 }) => p80)) },
        }),
      };
    });
}

function withinOf(cases: readonly Case[], id: SegmentId, targetMinutes: number): WithinTarget {
  const own = cases.filter(({ segment }) => segment === id);
  return { called: own.length, within: own.filter(({ wait, target }) => wait <= target).length, targetMinutes };
}

/** What was served counts as it took, what still waits as it typically takes; machines do their own. */
function neededOf(state: BranchDay, from: Instant): DayFigures['needed'] {
  const isDevice = (id = '') => state.index.counters.get(id)?.kind === 'device';
  const forPeople = new Set(
    state.config.counters
      .filter(({ kind }) => kind !== 'device')
      .flatMap(({ profile }) => state.index.profiles.get(profile)?.first ?? []),
  );
  const work = new Map<number, number>();
  for (const { segment, services, status, issuedAt, periods } of state.tickets.values()) {
    const served = periods.filter(({ kind, counterId }) => kind === 'serve' && !isDevice(counterId));
    const waits = (status === 'waiting' || status === 'called') && forPeople.has(segment);
    const typical = services.reduce((sum, id) => sum + (state.index.services.get(id)?.minutes ?? 0), 0);
    const minutes =
      served.reduce((sum, { from: start, to = state.lastAt }) => sum + (to - start) / MINUTE, 0) +
      (waits ? typical : 0);
    const slot = slotAt(issuedAt, from);
    if (minutes > 0) work.set(slot, (work.get(slot) ?? 0) + minutes);
  }
  return [...work]
    .sort(([one], [other]) => one - other)
    .map(([slot, minutes]) => ({ slot, windows: minutes / SLOT_MINUTES }));
}

function slotAt(at: Instant, from: Instant): number {
  return Math.max(0, Math.floor((at - from) / (SLOT_MINUTES * MINUTE)));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
