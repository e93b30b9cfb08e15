import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { CancelReason, Command, Outcome, OutOfTurnReason, TransferTarget } from '../../domain/commands.ts';
import type { BranchConfig, RoutingPolicyName } from '../../domain/config.ts';
import type { BranchDay, Counter } from '../../domain/state.ts';
import { timersOf } from '../../domain/timers.ts';
import { BRANCH } from './branch.ts';

/** One thing that somebody tries, as numbers, so that a failing day can be made smaller. What they mean depends on the state. */
export interface Step {
  readonly what: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** Time that passes before it. */
  readonly seconds: number;
}

export interface Attempt {
  readonly command: Command;
  readonly by: string;
}

export const POLICIES: readonly RoutingPolicyName[] = [
  'cost-of-delay',
  'wait-over-target',
  'first-come',
  'strict-priority',
  'ratio',
];

/** The small branch under each policy, care first in every other one, and with time enough for undos that go wrong. */
export function branchNo(seed: number): BranchConfig {
  const policy = POLICIES[seed % POLICIES.length] ?? 'first-come';
  return {
    ...BRANCH,
    undoSeconds: 180,
    staff: [...BRANCH.staff, EVE],
    floating: {
      ...BRANCH.floating,
      policy: seed % 2 === 0 ? 'threshold' : 'rolling-plan',
      mode: seed % 3 === 0 ? 'automatic' : 'advise',
      ...{ reviewSeconds: 30, openingMinutes: 0.5, minOpenMinutes: 5, minClosedMinutes: 2 },
      threshold: { openAbove: 0.5, closeAfterIdleMinutes: 2 },
      staff: [EVE.id, 'dan'],
    },
    routing: { ...BRANCH.routing, policy, power: 1.5 + (seed % 3), careFirst: seed % 2 === 1 },
  };
}

export function randomSteps(seed: number, length: number): Step[] {
  const chance = xoroshiro128plus(seed);
  const below = (n: number) => uniformInt(chance, 0, n - 1);
  // Most things happen within seconds of each other; now and then the hall is left alone until ceilings have passed.
  const seconds = () => (below(50) === 0 ? below(1500) : below(2) === 0 ? below(4) : below(30));
  return Array.from({ length }, () => ({
    what: below(1000),
    a: below(1000),
    b: below(1000),
    c: below(1000),
    seconds: seconds(),
  }));
}

/** Somebody who sits down only when she is sent. */
const EVE = { id: 'eve', skills: ['cash', 'accounts', 'loans'].map((skill) => ({ skill })), speed: { '*': 1.5 } };

type Try = (state: BranchDay, step: Step) => Attempt;

/** How often each thing is tried, of all tries. */
const TRIES: readonly (readonly [weight: number, attempt: Try])[] = [
  [22, takeTicket],
  [40, pressNext],
  [2, atDesk((counterId) => ({ type: 'CallNext', counterId }))],
  [3, atDesk((counterId, step) => ({ type: 'CallNext', counterId, finish: outcome(step) }))],
  [
    3,
    atDesk((counterId, step, state) => {
      return { type: 'CallTicket', counterId, ticketId: ticket(state, step), reason: reason(step) };
    }),
  ],
  [2, atDesk((counterId) => ({ type: 'Recall', counterId }))],
  [2, atDesk((counterId) => ({ type: 'StartService', counterId }))],
  [2, atDesk((counterId, step) => ({ type: 'FinishService', counterId, outcome: outcome(step) }))],
  [3, atDesk((counterId) => ({ type: 'MarkNoShow', counterId }))],
  [10, timer],
  [
    3,
    (state, step) => ({ command: { type: 'ApproveProposal', proposalId: proposal(state, step) }, by: 'staff:manager' }),
  ],
  [
    1,
    (state, step) => ({
      command: { type: 'DismissProposal', proposalId: proposal(state, step), reason: 'other' },
      by: 'staff:manager',
    }),
  ],
  [4, atDesk((counterId, { c }) => ({ type: 'HoldTicket', counterId, reason: c % 9 === 0 ? 'whim' : 'form' }))],
  [3, atDesk((counterId, step, state) => ({ type: 'ResumeTicket', counterId, ticketId: oneOf(state, step, 'held') }))],
  [2, atDesk((counterId) => ({ type: 'ReturnToQueue', counterId }))],
  [3, atDesk((counterId, { b }) => ({ type: 'ServeWithoutTicket', counterId, services: [service(b)] }))],
  [3, atDesk((counterId) => ({ type: 'CloseCounter', counterId }))],
  [4, atDesk((counterId) => ({ type: 'KeepCounterOpen', counterId }))],
  [2, atDesk((counterId, { b }) => ({ type: 'SetAutoCall', counterId, on: b % 3 > 0 }))],
  [2, atDesk((counterId) => ({ type: 'PauseCounter', counterId, reason: 'lunch' }))],
  [3, atDesk((counterId) => ({ type: 'ResumeCounter', counterId }))],
  [4, atDesk((counterId, step) => ({ type: 'OpenCounter', counterId, tellerId: teller(step) }))],
  [2, atDesk((counterId, { b }) => ({ type: 'SetWorkProfile', counterId, profile: pick(BRANCH.workProfiles, b).id }))],
  [6, withTicket((ticketId, step, state) => ({ type: 'TransferTicket', ticketId, to: target(state, step) }))],
  [4, withTicket((ticketId, { c }) => ({ type: 'CancelTicket', ticketId, reason: pick(CANCEL, c) }))],
  [3, withTicket((ticketId, step) => ({ type: 'PrioritiseTicket', ticketId, reason: reason(step) }))],
  [3, withTicket((ticketId, { c }) => ({ type: 'MarkCareNeeds', ticketId, careNeeds: careNeeds(c) }))],
  [3, withTicket((ticketId, { c }) => ({ type: 'AddService', ticketId, service: service(c) }))],
  [4, (state, step) => ({ command: { type: 'RejoinQueue', ticketId: oneOf(state, step, 'missed') }, by: 'customer' })],
  [4, (state, step) => ({ command: { type: 'DelayTicket', ticketId: oneOf(state, step, 'waiting') }, by: 'customer' })],
  [2, (state, step) => ({ command: { type: 'EndDelay', ticketId: oneOf(state, step, 'waiting') }, by: 'customer' })],
  [4, reportMachine],
  [1, () => ({ command: { type: 'MarkMachineSilent', counterId: 'c5' }, by: 'system' })],
  [8, undo],
  [2, () => ({ command: { type: 'UndoLast' }, by: 'staff:manager' })],
];
const TOTAL = TRIES.reduce((sum, [weight]) => sum + weight, 0);

export function attemptOf(state: BranchDay, step: Step): Attempt {
  let left = step.what % TOTAL;
  for (const [weight, attempt] of TRIES) {
    if (left < weight) return attempt(state, step);
    left -= weight;
  }
  throw new Error('the weights do not add up');
}

const CANCEL: readonly CancelReason[] = ['left', 'mistake', 'duplicate', 'redirected', 'other'];
const REASONS: readonly OutOfTurnReason[] = ['care', 'appointment', 'came-back', 'long-wait', 'quick', 'complaint'];
const OUTCOMES: readonly Outcome[] = ['done', 'referred', 'not-possible'];

function pick<T>(from: readonly T[], number: number): T {
  const found = from[number % from.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

/** A command of a counter, by its teller, or by the device itself. */
function atDesk(make: (counterId: string, step: Step, state: BranchDay) => Command): Try {
  return (state, step) => ({ command: make(counter(state, step), step, state), by: desk(state, step) });
}

/** A command to a ticket, by the person who walks the hall. */
function withTicket(make: (ticketId: string, step: Step, state: BranchDay) => Command): Try {
  return (state, step) => ({ command: make(ticket(state, step), step, state), by: 'staff:manager' });
}

/** Mostly in order, or nobody would be served at it. */
function reportMachine(_state: BranchDay, { b, c }: Step): Attempt {
  const cannot = c % 4 === 0 ? ['atm'] : [];
  return { command: { type: 'ReportMachine', counterId: 'c5', fault: b % 3 === 0, cannot }, by: 'device:c5' };
}

function takeTicket(_state: BranchDay, { a, b, c }: Step): Attempt {
  const services = [service(a), ...(b % 3 === 0 ? [service(b)] : []), ...(b % 7 === 0 ? [service(c)] : [])];
  const command: Command = {
    type: 'TakeTicket',
    services: b % 50 === 0 ? [] : services,
    careNeeds: c % 4 === 0 ? careNeeds(b) : [],
    tier: c % 6 === 1 ? 'gold' : undefined,
    amount: b % 4 === 0 ? a * 100 : undefined,
    appointmentAt: c % 8 === 2 ? 1 : undefined,
    adviser: c % 9 === 3 ? pick(BRANCH.staff, b).id : undefined,
  };
  return { command, by: 'device:kiosk-1' };
}

/** The key that a teller would press: so the day goes on, whatever else is tried. */
function pressNext(state: BranchDay, step: Step): Attempt {
  const counterId = counter(state, step);
  const { status, ticketId } = state.counters.get(counterId) ?? {};
  const inHand = state.tickets.get(ticketId ?? '')?.status;
  const by = desk(state, step);
  if (status === 'closed') return { command: { type: 'OpenCounter', counterId, tellerId: seat(state, step) }, by };
  if (inHand === 'called') return { command: { type: 'StartService', counterId }, by };
  if (inHand === 'serving') return { command: { type: 'CallNext', counterId, finish: 'done' }, by };
  return { command: { type: status === 'paused' ? 'ResumeCounter' : 'CallNext', counterId }, by };
}

function timer(state: BranchDay, step: Step): Attempt {
  const timers = timersOf(state);
  const due = timers.filter((each) => each.at <= state.lastAt + step.seconds * 1000);
  const late: Command = {
    type: 'ExpireCall',
    callId: state.calls[step.b % (state.calls.length || 1)]?.callId ?? 'none',
  };
  const from = due.length > 0 && step.c % 4 > 0 ? due : timers;
  return { command: from[step.b % (from.length || 1)]?.command ?? late, by: 'system' };
}

/** At one of the counters that acted last, for an undo is soon too late. */
function undo(state: BranchDay, step: Step): Attempt {
  const latest = [...state.lastByCounter].sort(([, one], [, other]) => other.lastSeq - one.lastSeq);
  const counterId = latest[step.b % 3]?.[0] ?? counter(state, step);
  return { command: { type: 'UndoLast', counterId }, by: 'staff:manager' };
}

/** Most often one of the latest: older ones are settled. */
function proposal({ floating }: BranchDay, { a, b }: Step): string {
  const latest = [...floating.proposals.keys()].slice(a % 4 === 0 ? 0 : -2);
  return latest.length === 0 ? 'p0' : pick(latest, b);
}

function counter(state: BranchDay, { a }: Step): string {
  return a % 97 === 0 ? 'nowhere' : pick([...state.counters.keys()], a);
}

/** Who presses at a counter: its teller, or the device itself. */
function desk(state: BranchDay, step: Step): string {
  const at: Counter | undefined = state.counters.get(counter(state, step));
  return at?.tellerId === undefined ? `device:${at?.id ?? 'lost'}` : `staff:${at.tellerId}`;
}

function ticket(state: BranchDay, { b, c }: Step): string {
  const all = [...state.tickets.values()];
  const open = all.filter(({ status }) => ['waiting', 'called', 'serving', 'held'].includes(status));
  const from = c % 5 > 0 && open.length > 0 ? open : all;
  return from.length === 0 || b % 97 === 0 ? 'nobody' : pick(from, b).id;
}

function oneOf(state: BranchDay, step: Step, status: 'held' | 'missed' | 'waiting'): string {
  const those = [...state.tickets.values()].filter((each) => each.status === status);
  return those.length === 0 ? ticket(state, step) : pick(those, step.b).id;
}

function target(state: BranchDay, { a, c }: Step): TransferTarget {
  switch (a % 4) {
    case 0:
      return { kind: 'service', service: service(c) };
    case 1:
      return { kind: 'segment', segment: pick(BRANCH.segments, c).id };
    case 2:
      return { kind: 'counter', counterId: pick([...state.counters.keys()], c) };
    default:
      return { kind: 'person', staffId: pick(BRANCH.staff, c).id };
  }
}

function service(number: number): string {
  return number % 89 === 0 ? 'juggling' : pick(BRANCH.services, number).id;
}

function careNeeds(number: number): string[] {
  return number % 3 === 0 ? [] : number % 3 === 1 ? ['hearing'] : ['wheelchair', 'sight'];
}

function teller({ b }: Step): string | undefined {
  return b % 5 === 0 ? undefined : pick(BRANCH.staff, b).id;
}

/** Somebody who sits nowhere, and for a device nobody. */
function seat(state: BranchDay, step: Step): string | undefined {
  if (counter(state, step) === 'c5') return undefined;
  const seated = [...state.counters.values()].map(({ tellerId }) => tellerId);
  const free = BRANCH.staff.filter(({ id }) => !seated.includes(id));
  return pick(free.length > 0 ? free : BRANCH.staff, step.b).id;
}

function outcome({ c }: Step): Outcome {
  return pick(OUTCOMES, c);
}

function reason({ c }: Step): OutOfTurnReason {
  return pick(REASONS, c);
}
