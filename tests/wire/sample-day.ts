import type { Command, HandInTickets, OfflineTicket } from '../../domain/commands.ts';
import type { BranchConfig, Text } from '../../domain/config.ts';
import { decide } from '../../domain/decide.ts';
import { evolve } from '../../domain/evolve.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { BranchDay } from '../../domain/state.ts';

/** One day of a very small branch in which everything happens once: what the log and the wire look like. */

const text = (en: string): Text => ({ 'zh-CN': `${en} zh-CN`, 'zh-TW': `${en} zh-TW`, en });
const guide = { documents: [text('Identity card')], fee: text('Free'), steps: [text('Sign')] };
const CASH = {
  id: 'cash',
  prefix: 'A',
  targetMinutes: 10,
  ceilingMinutes: 25,
  rank: 2,
  weight: 2,
  colour: 'blue',
  zone: 'hall',
} as const;
const VIP = {
  id: 'vip',
  prefix: 'V',
  targetMinutes: 3,
  ceilingMinutes: 8,
  rank: 1,
  weight: 1,
  colour: 'gold',
  zone: 'hall',
} as const;

export const SAMPLE_BRANCH: BranchConfig = {
  branchId: 'sample',
  name: text('Sample'),
  timeZone: 'Asia/Shanghai',
  hours: { opens: '09:00', closes: '17:00' },
  hotline: '95000',
  segments: [
    { ...CASH, name: text('Cash'), firstNumber: 1, width: 3 },
    { ...VIP, name: text('VIP'), firstNumber: 501, width: 3 },
  ],
  services: [
    { id: 'deposit', name: text('Deposit'), minutes: 4, skills: ['cash'], guide, selfService: true },
    { id: 'loan', name: text('Loan'), minutes: 20, skills: ['loans'], guide, selfService: false },
  ],
  menu: [{ id: 'cash', name: text('Cash'), hint: text('In and out'), icon: 'cash', services: ['deposit', 'loan'] }],
  segmentRules: [
    { id: 'gold', when: { tiers: ['gold'] }, segment: 'vip' },
    { id: 'rest', when: {}, segment: 'cash' },
  ],
  tiers: [{ id: 'gold', name: text('Gold') }],
  careNeeds: [{ id: 'older', name: text('Older') }],
  zones: [{ id: 'hall', kind: 'cash', name: text('Hall') }],
  counters: [
    { id: 'c1', label: '1', kind: 'fixed', zone: 'hall', profile: 'all', skills: [] },
    { id: 'c2', label: '2', kind: 'floating', zone: 'hall', profile: 'all', skills: [] },
  ],
  workProfiles: [
    { id: 'all', name: text('All'), first: ['cash', 'vip'], help: [], helpWhen: 'free' },
    { id: 'vip-first', name: text('VIP first'), first: ['vip'], help: ['cash'], helpWhen: 'free' },
  ],
  staff: [
    { id: '1', skills: [{ skill: 'cash' }], speed: { '*': 1 } },
    { id: '2', skills: [{ skill: 'cash' }, { skill: 'loans', until: '2027-12-31' }], speed: { '*': 1.2 } },
  ],
  floating: {
    ...{
      policy: 'manual',
      mode: 'advise',
      reviewSeconds: 60,
      openingMinutes: 4,
      minOpenMinutes: 15,
      minClosedMinutes: 5,
    },
    ...{ proposalMinutes: 5, price: 3, openingCost: 4, threshold: { openAbove: 2, closeAfterIdleMinutes: 10 } },
    ...{ staff: [], posts: [] },
  },
  estimate: { method: 'queue-length', paths: 200 },
  routing: { policy: 'cost-of-delay', power: 2, careTargetMinutes: 3, careFirst: false },
  calling: { recallAfterSeconds: 10, maxRecalls: 3, noShowSeconds: 90, careNoShowSeconds: 180, noShowAfterSeconds: 45 },
  rejoin: { withinMinutes: 30, creditShare: 1 },
  undoSeconds: 60,
  pauseReasons: [{ id: 'break', name: text('Break') }],
  holdReasons: [{ id: 'form', name: text('Form') }],
  ticker: [text('Welcome')],
};

export const SAMPLE_DAY = '2026-11-24';
const OPENING = Date.UTC(2026, 10, 24, 1);

const teller = 'staff:1';
const other = 'staff:2';
const lobby = 'staff:9';
const kiosk = 'device:kiosk-1';

/** Seconds after the step before, who, and what. The ticket of step n has the id `id-n`. */
const SCRIPT: readonly (readonly [seconds: number, actor: string, command: Command])[] = [
  [0, 'system', { type: 'OpenDay', day: SAMPLE_DAY, config: SAMPLE_BRANCH, rangeScores: { cash: [-0.125, 0.4] } }],
  [60, teller, { type: 'OpenCounter', counterId: 'c1', tellerId: '1' }],
  [5, other, { type: 'OpenCounter', counterId: 'c2', tellerId: '2' }],
  [10, kiosk, { type: 'TakeTicket', services: ['deposit', 'loan'], language: 'zh-TW' }],
  [10, kiosk, { type: 'TakeTicket', services: ['deposit'], tier: 'gold', careNeeds: ['older'], amount: 80_000 }],
  [10, kiosk, { type: 'TakeTicket', services: ['deposit'] }],
  [5, kiosk, { type: 'TakeTicket', services: ['deposit'] }],
  [5, kiosk, { type: 'TakeTicket', services: ['loan'], appointmentAt: OPENING + 1_800_000 }],
  [5, lobby, { type: 'PrioritiseTicket', ticketId: 'id-5', reason: 'came-back' }],
  [5, lobby, { type: 'MarkCareNeeds', ticketId: 'id-6', careNeeds: ['older'] }],
  [5, lobby, { type: 'AddService', ticketId: 'id-6', service: 'loan' }],
  [5, lobby, { type: 'TransferTicket', ticketId: 'id-7', to: { kind: 'segment', segment: 'vip' } }],
  [5, lobby, { type: 'SetWorkProfile', counterId: 'c2', profile: 'vip-first' }],
  [5, teller, { type: 'CallNext', counterId: 'c1' }],
  [15, teller, { type: 'Recall', counterId: 'c1' }],
  [40, teller, { type: 'MarkNoShow', counterId: 'c1' }],
  [60, 'customer', { type: 'RejoinQueue', ticketId: 'id-5' }],
  [5, teller, { type: 'CallTicket', counterId: 'c1', ticketId: 'id-3', reason: 'quick' }],
  [20, teller, { type: 'StartService', counterId: 'c1' }],
  [200, teller, { type: 'FinishService', counterId: 'c1', outcome: 'done' }],
  [5, teller, { type: 'UndoLast', counterId: 'c1' }],
  [5, teller, { type: 'FinishService', counterId: 'c1', outcome: 'done' }],
  [5, other, { type: 'CallNext', counterId: 'c2' }],
  [20, other, { type: 'StartService', counterId: 'c2' }],
  [60, other, { type: 'HoldTicket', counterId: 'c2', reason: 'form' }],
  [5, other, { type: 'CallNext', counterId: 'c2' }],
  [20, other, { type: 'ReturnToQueue', counterId: 'c2' }],
  [5, other, { type: 'PauseCounter', counterId: 'c2', reason: 'break' }],
  [300, other, { type: 'ResumeCounter', counterId: 'c2' }],
  [5, other, { type: 'ServeWithoutTicket', counterId: 'c2', services: ['deposit'] }],
  [5, lobby, { type: 'CloseCounter', counterId: 'c2' }],
  [5, lobby, { type: 'KeepCounterOpen', counterId: 'c2' }],
  [5, lobby, { type: 'CancelTicket', ticketId: 'id-6', reason: 'left' }],
  [5, teller, { type: 'CallNext', counterId: 'c1' }],
];
const EVENING: readonly (typeof SCRIPT)[number][] = [
  [28_000, teller, { type: 'CloseCounter', counterId: 'c1' }],
  [60, 'system', { type: 'CloseDay' }],
];

/** The same branch with a policy for its floating window, and somebody to staff it: what a review and its answers write. */
const FLOATING_BRANCH: BranchConfig = {
  ...SAMPLE_BRANCH,
  floating: { ...SAMPLE_BRANCH.floating, policy: 'rolling-plan', staff: ['2'] },
};
const due = (minutes: number) => OPENING + minutes * 60_000;
const take = (seconds: number) => [seconds, kiosk, { type: 'TakeTicket', services: ['deposit'] }] as const;
const FLOATING_SCRIPT: typeof SCRIPT = [
  [0, 'system', { type: 'OpenDay', day: SAMPLE_DAY, config: FLOATING_BRANCH, closesAt: due(40) }],
  [10, teller, { type: 'OpenCounter', counterId: 'c1', tellerId: '1' }],
  ...Array.from({ length: 16 }, () => take(1)),
  [34, 'system', { type: 'ReviewWindows', due: due(1) }],
  [20, lobby, { type: 'DismissProposal', proposalId: 'p2', reason: 'passes-soon' }],
  [10, lobby, { type: 'ApproveProposal', proposalId: 'p1' }],
  [240, 'system', { type: 'OpenReadyCounter', counterId: 'c2', readyAt: due(5.5) }],
  [120, 'system', { type: 'ReviewWindows', due: due(2) }],
  [300, 'system', { type: 'ReviewWindows', due: due(8.5) }],
  [60, lobby, { type: 'ApproveProposal', proposalId: 'p4' }],
  [1560, 'system', { type: 'ReviewWindows', due: due(13.5) }],
];

/** What is done with tasks of the hall and with alerts, and by a customer who is late. */
const ATTENTION_SCRIPT: typeof SCRIPT = [
  [0, 'system', { type: 'OpenDay', day: SAMPLE_DAY, config: SAMPLE_BRANCH }],
  [10, kiosk, { type: 'TakeTicket', services: ['deposit'] }],
  [10, kiosk, { type: 'AskForPerson', from: { kind: 'kiosk', id: 'kiosk-1' }, ticketId: 'id-1' }],
  [120, 'system', { type: 'EscalateTask', taskId: 't1', due: OPENING + 140_000 }],
  [5, lobby, { type: 'TakeTask', taskId: 't1' }],
  [5, lobby, { type: 'WriteTicker', lines: [text('No power from 16:00')] }],
  [60, lobby, { type: 'FinishTask', taskId: 't1', outcome: 'done' }],
  [5, lobby, { type: 'AcknowledgeAlert', alertId: 'nobody-serves:cash' }],
  [5, lobby, { type: 'SnoozeAlert', alertId: 'nobody-serves:cash' }],
  [5, lobby, { type: 'EscalateAlert', alertId: 'nobody-serves:cash' }],
  [5, 'customer', { type: 'DelayTicket', ticketId: 'id-1' }],
  [60, 'customer', { type: 'EndDelay', ticketId: 'id-1' }],
];

/** A kiosk without a connection, and what it hands in. */
const OFFLINE_KIOSK = '0d3a5f9f-6c11-4c8e-8a52-6f1d0d2e9b1c';
const OFFLINE_TICKET: OfflineTicket = {
  ...{ ticketId: 'dGlja2V0LW9mLWEta2lvc2', series: 'cash', sequence: 501, services: ['deposit'], careNeeds: ['older'] },
  ...{ tier: 'gold', language: 'zh-TW', takenAt: OPENING + 60_000 },
};
const HAND_IN: HandInTickets = {
  ...{ type: 'HandInTickets', kiosk: OFFLINE_KIOSK, day: SAMPLE_DAY },
  tickets: [OFFLINE_TICKET, { ...OFFLINE_TICKET, ticketId: 'YW5vdGhlciB0aWNrZXQhIQ', insteadOf: OFFLINE_KIOSK }],
};
const OFFLINE_SCRIPT: typeof SCRIPT = [
  [0, 'system', { type: 'OpenDay', day: SAMPLE_DAY, config: { ...SAMPLE_BRANCH, offline: { numbers: 2 } } }],
  [10, kiosk, { type: 'ReserveNumbers', kiosk: OFFLINE_KIOSK }],
  [300, kiosk, HAND_IN],
  [60, 'system', { type: 'CloseDay' }],
];

/** A machine that is offered, and that cannot help. */
const MACHINE_BRANCH: BranchConfig = {
  ...SAMPLE_BRANCH,
  counters: [
    ...SAMPLE_BRANCH.counters,
    { id: 'm1', label: '11', kind: 'device', zone: 'hall', profile: 'vip-first', skills: ['cash'] },
  ],
};
const OFFER = { channel: 'machine', savesMinutes: 12 } as const;
const MACHINE_SCRIPT: typeof SCRIPT = [
  [0, 'system', { type: 'OpenDay', day: SAMPLE_DAY, config: MACHINE_BRANCH }],
  [10, 'device:m1', { type: 'OpenCounter', counterId: 'm1' }],
  [10, kiosk, { type: 'TakeTicket', services: ['deposit'], offer: { ...OFFER, answer: 'accepted' } }],
  [10, kiosk, { type: 'LeaveOffer', service: 'deposit', ...OFFER }],
  [10, 'device:m1', { type: 'CallNext', counterId: 'm1' }],
  [10, 'device:m1', { type: 'StartService', counterId: 'm1' }],
  [60, 'device:m1', { type: 'FinishService', counterId: 'm1', outcome: 'not-possible' }],
  [10, 'device:m1', { type: 'ReportMachine', counterId: 'm1', fault: false, cannot: ['deposit'] }],
  [30, 'system', { type: 'MarkMachineSilent', counterId: 'm1' }],
  [30, 'device:m1', { type: 'ReportMachine', counterId: 'm1', fault: false, cannot: [] }],
];

/** The events of a machine that is offered. */
export function playMachineDay(): readonly DomainEvent[] {
  return play(MACHINE_SCRIPT).events;
}

/** What the lobby tells the teller, and a counter that calls by itself. */
const DESK_BRANCH: BranchConfig = {
  ...SAMPLE_BRANCH,
  services: SAMPLE_BRANCH.services.map((service) => ({
    ...service,
    outcomes: [{ id: 'signed', name: text('Signed') }],
  })),
  notes: [{ id: 'slowly', name: text('Speak slowly') }],
  rating: { askSeconds: 15, withinMinutes: 60 },
};
const DESK_SCRIPT: typeof SCRIPT = [
  [0, 'system', { type: 'OpenDay', day: SAMPLE_DAY, config: DESK_BRANCH }],
  [10, teller, { type: 'OpenCounter', counterId: 'c1', tellerId: '1' }],
  [10, teller, { type: 'SetAutoCall', counterId: 'c1', on: true }],
  take(10),
  [5, lobby, { type: 'NoteTicket', ticketId: 'id-3', notes: ['slowly'] }],
  [5, 'system', { type: 'CallWaiting', counterId: 'c1', due: due(2 / 3) }],
  [20, teller, { type: 'StartService', counterId: 'c1' }],
  [90, teller, { type: 'FinishService', counterId: 'c1', outcome: 'done', code: 'signed' }],
];

export interface Played {
  readonly events: readonly DomainEvent[];
  /** In the middle of the day, with tickets waiting, called, served and held. */
  readonly midday: BranchDay;
  readonly middayAt: number;
}

/** The day as the core makes it now. Throws when a step is refused. */
export function playDay(): Played {
  const { events } = play([...SCRIPT, ...EVENING]);
  const { state, now } = play(SCRIPT);
  if (state === undefined) throw new Error('the sample day was never opened');
  return { events, midday: state, middayAt: now };
}

/** The events of floating windows. */
export function playFloatingDay(): readonly DomainEvent[] {
  return play(FLOATING_SCRIPT).events;
}

/** The events of what needs a person. */
export function playAttentionDay(): readonly DomainEvent[] {
  return play(ATTENTION_SCRIPT).events;
}

/** The events of numbers that a kiosk gave by itself. */
export function playOfflineDay(): readonly DomainEvent[] {
  return play(OFFLINE_SCRIPT).events;
}

/** The events of a desk. */
export function playDeskDay(): readonly DomainEvent[] {
  return play(DESK_SCRIPT).events;
}

function play(script: typeof SCRIPT) {
  let state: BranchDay | undefined;
  let now = OPENING;
  const events: DomainEvent[] = [];
  script.forEach(([seconds, actor, command], step) => {
    now += seconds * 1000;
    const decision = decide(state, command, { now, actor, commandId: `command-${step}`, newId: `id-${step}` });
    if (!decision.ok) throw new Error(`step ${step}, ${command.type}: ${JSON.stringify(decision.rejection)}`);
    for (const event of decision.events) {
      state = evolve(state, event);
      events.push(event);
    }
  });
  return { state, now, events };
}
