import type { BranchConfig, Text } from '../../domain/config.ts';

const text = (en: string): Text => ({ 'zh-CN': en, 'zh-TW': en, en });
const guide = { documents: [], fee: text('none'), steps: [] };

/** The day of every test, and its start. */
export const DAY = '2026-11-24';
export const OPENING = Date.parse('2026-11-24T01:00:00Z');

/** A small branch that has one of everything that the rules speak of. */
export const BRANCH: BranchConfig = {
  branchId: 'test',
  name: text('Test'),
  timeZone: 'Asia/Shanghai',
  hours: { opens: '09:00', closes: '17:00' },
  hotline: '95000',
  segments: [
    {
      ...{ id: 'cash', name: text('Cash'), prefix: 'A', firstNumber: 1, width: 3, colour: 'blue', zone: 'hall' },
      ...{ targetMinutes: 10, ceilingMinutes: 25, rank: 3, weight: 2 },
    },
    {
      ...{ id: 'non-cash', name: text('Non-cash'), prefix: 'B', firstNumber: 1, width: 3, colour: 'green' },
      ...{ zone: 'hall', targetMinutes: 15, ceilingMinutes: 40, rank: 4, weight: 1 },
    },
    {
      ...{ id: 'vip', name: text('VIP'), prefix: 'V', firstNumber: 501, width: 3, colour: 'gold', zone: 'vip-room' },
      ...{ targetMinutes: 3, ceilingMinutes: 10, rank: 1, weight: 3 },
    },
    {
      ...{ id: 'machine', name: text('Machines'), prefix: 'M', firstNumber: 1, width: 2, colour: 'slate' },
      ...{ zone: 'machines', targetMinutes: 5, ceilingMinutes: 15, rank: 2, weight: 1 },
    },
  ],
  services: [
    { id: 'deposit', name: text('Deposit'), minutes: 5, skills: ['cash'], guide, selfService: false },
    { id: 'exchange', name: text('Exchange'), minutes: 10, skills: ['cash', 'currency'], guide, selfService: false },
    { id: 'account', name: text('Account'), minutes: 12, skills: ['accounts'], guide, selfService: false },
    { id: 'loan', name: text('Loan'), minutes: 20, skills: ['loans'], guide, selfService: false },
    { id: 'advice', name: text('Advice'), minutes: 15, skills: [], guide, selfService: false },
    { id: 'atm', name: text('Machine cash'), minutes: 3, skills: ['machine'], guide, selfService: true },
  ],
  menu: [{ id: 'all', name: text('All'), hint: text('All'), icon: 'cash', services: ['deposit', 'account'] }],
  segmentRules: [
    { id: 'gold', when: { tiers: ['gold'] }, segment: 'vip' },
    { id: 'large-cash', when: { services: ['deposit', 'exchange'], amountAtLeast: 50_000 }, segment: 'vip' },
    { id: 'booked', when: { services: ['loan', 'advice'], appointment: true }, segment: 'vip' },
    { id: 'helped-cash', when: { services: ['atm'], careNeeds: ['wheelchair', 'sight'] }, segment: 'cash' },
    { id: 'small-cash', when: { services: ['deposit', 'exchange'], amountBelow: 1_000 }, segment: 'machine' },
    { id: 'machines', when: { services: ['atm'] }, segment: 'machine' },
    { id: 'cash', when: { services: ['deposit', 'exchange'] }, segment: 'cash' },
    { id: 'rest', when: {}, segment: 'non-cash' },
  ],
  tiers: [{ id: 'gold', name: text('Gold') }],
  careNeeds: [
    { id: 'wheelchair', name: text('Wheelchair') },
    { id: 'sight', name: text('Sight') },
    { id: 'hearing', name: text('Hearing') },
  ],
  zones: [
    { id: 'hall', kind: 'waiting', name: text('Hall') },
    { id: 'vip-room', kind: 'vip', name: text('VIP room') },
    { id: 'machines', kind: 'self-service', name: text('Machines') },
  ],
  counters: [
    { id: 'c1', label: '1', kind: 'fixed', zone: 'hall', profile: 'cash-first', skills: [] },
    { id: 'c2', label: '2', kind: 'fixed', zone: 'hall', profile: 'non-cash-first', skills: [] },
    { id: 'c3', label: '3', kind: 'floating', zone: 'hall', profile: 'both', skills: [] },
    { id: 'c4', label: '4', kind: 'adviser', zone: 'vip-room', profile: 'vip-only', skills: [] },
    { id: 'c5', label: '5', kind: 'device', zone: 'machines', profile: 'machines', skills: ['machine', 'cash'] },
  ],
  workProfiles: [
    { id: 'cash-first', name: text('Cash'), first: ['cash'], help: ['non-cash'], helpWhen: 'free' },
    { id: 'non-cash-first', name: text('Non-cash'), first: ['non-cash'], help: ['cash', 'vip'], helpWhen: 'late' },
    { id: 'both', name: text('Both'), first: ['cash', 'non-cash'], help: ['vip'], helpWhen: 'free-or-late' },
    { id: 'vip-only', name: text('VIP'), first: ['vip'], help: [], helpWhen: 'free' },
    { id: 'machines', name: text('Machines'), first: ['machine'], help: [], helpWhen: 'free' },
  ],
  staff: [
    { id: 'ann', skills: ['cash', 'currency', 'accounts', 'loans'].map((skill) => ({ skill })), speed: { '*': 1 } },
    { id: 'ben', skills: [{ skill: 'cash' }, { skill: 'accounts' }], speed: { '*': 1, deposit: 2 } },
    {
      id: 'cat',
      skills: [{ skill: 'accounts' }, { skill: 'loans', until: DAY }, { skill: 'cash', until: '2026-11-23' }],
      speed: { '*': 0.5 },
    },
    { id: 'dan', skills: [{ skill: 'loans' }], speed: { '*': 1 } },
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
  routing: { policy: 'cost-of-delay', power: 2, careTargetMinutes: 5, careFirst: false },
  calling: { recallAfterSeconds: 10, maxRecalls: 2, noShowSeconds: 60, careNoShowSeconds: 120, noShowAfterSeconds: 20 },
  rejoin: { withinMinutes: 30, creditShare: 0.5 },
  undoSeconds: 30,
  pauseReasons: [{ id: 'lunch', name: text('Lunch') }],
  holdReasons: [{ id: 'form', name: text('Filling in a form') }],
  ticker: [],
};
