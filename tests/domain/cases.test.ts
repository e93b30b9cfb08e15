import { describe, expect, test } from '@jest/globals';
import { lastDayOf } from '../../domain/cases/calendar.ts';
import type { CaseAct } from '../../domain/cases/commands.ts';
import type { CaseStatus } from '../../domain/cases/case.ts';
import { Complaint, CUSTOMER, EVERY_DAY, staff, TERMS } from '../support/complaint.ts';
import { transitionTable } from '../support/rules.ts';

const noon = (date: string) => Date.parse(`${date}T00:00:00Z`);

/** An act of each type that nothing but the state stands in the way of, with who does it and what must be first. */
const ACTS: readonly { act: CaseAct; by?: string; first?: (complaint: Complaint) => void }[] = [
  {
    act: { type: 'TakeCase' },
    by: 'ben',
    first: (complaint) => void (complaint.state = { ...complaint.state, ownerId: undefined }),
  },
  { act: { type: 'OfferCase', to: 'ben' } },
  {
    act: { type: 'AcceptOffer' },
    by: 'ben',
    first: (complaint) => complaint.by('ann', { type: 'OfferCase', to: 'ben' }),
  },
  {
    act: { type: 'DeclineOffer' },
    by: 'ben',
    first: (complaint) => complaint.by('ann', { type: 'OfferCase', to: 'ben' }),
  },
  { act: { type: 'RecusePerson', staffId: 'tom' } },
  { act: { type: 'MarkRegulator', reference: 'R-1' } },
  { act: { type: 'AddNote' } },
  { act: { type: 'AttachFile', fileId: 'f1' } },
  { act: { type: 'AcknowledgeCase', channel: 'phone' } },
  { act: { type: 'StartInvestigation' } },
  { act: { type: 'ExtendCase', channel: 'phone' } },
  { act: { type: 'AskExtension' }, first: extended },
  { act: { type: 'ApproveExtension', channel: 'phone' }, by: 'hana', first: asked },
  { act: { type: 'RefuseExtension' }, by: 'hana', first: asked },
  { act: { type: 'SetRootCause', rootCause: 'waiting' } },
  { act: { type: 'DecideCase', outcome: 'upheld', remedies: ['apology'] } },
  { act: { type: 'InformCustomer', channel: 'letter', letter: 'letter-1' } },
  { act: { type: 'NoteSecondContact', channel: 'phone', answer: 'satisfied' } },
  { act: { type: 'CloseCase' } },
  { act: { type: 'WithdrawCase' } },
];
function extended(complaint: Complaint): void {
  complaint.by('ann', { type: 'ExtendCase', channel: 'phone' });
}
function asked(complaint: Complaint): void {
  extended(complaint);
  complaint.by('ann', { type: 'AskExtension' });
}

describe('what may be done', () => {
  const table = transitionTable('G');

  test.each(table)('G3 $from, $command: $cell', ({ from, command, cell }) => {
    const { act, by = 'ann', first } = ACTS.find((one) => one.act.type === command)!;
    const complaint = new Complaint();
    if (from === 'withdrawn') complaint.by('ann', { type: 'WithdrawCase' });
    else complaint.until(from as CaseStatus);
    first?.(complaint);
    const before = complaint.state;
    const refused = complaint.by(by, act);
    if (cell.startsWith('`')) {
      expect(refused).toBe(cell.slice(1, -1));
      expect(complaint.state).toEqual(before);
    } else {
      expect(refused).toBeUndefined();
      expect(complaint.state.status).toBe(cell === 'stays' ? from : cell.slice(2, -2));
    }
  });

  test('G3 the table names every act', () => {
    expect(new Set(table.map(({ command }) => command))).toEqual(new Set(ACTS.map(({ act }) => act.type)));
  });

  test('G3 only the owner takes it forward; others of the bank add notes and files, and the clock does nothing of it', () => {
    const complaint = new Complaint();
    expect(complaint.by('ben', { type: 'AcknowledgeCase', channel: 'phone' })).toBe('not-owner');
    expect(complaint.by(CUSTOMER, { type: 'AcknowledgeCase', channel: 'phone' })).toBe('staff-only');
    expect(complaint.by({ kind: 'clock' }, { type: 'AddNote' })).toBe('staff-only');
    expect(complaint.by('ben', { type: 'AddNote' })).toBeUndefined();
    expect(complaint.by(CUSTOMER, { type: 'AttachFile', fileId: 'f' })).toBeUndefined();
  });
});

describe('whose it is', () => {
  test('G1 it says what it is about, and a case that is there does not begin again', () => {
    const link = { day: '2026-11-01', ticketId: 't', waitedMs: 5, counterId: 'c1', tellerId: 'tom' };
    const complaint = new Complaint(staff('ann'), { link });
    expect(complaint.state).toMatchObject({ number: 'C2026-000001', link, receivedAt: complaint.now });
    const again = { type: 'ReceiveCase', number: 'C2026-000001', branchId: 'b', source: 'desk', link, about: [] };
    expect(complaint.by('ann', again as never)).toBe('case-exists');
  });

  test('G2 who took it in owns it; one that came by itself is its first taker’s, and then nobody else can take it', () => {
    expect(new Complaint(staff('ann')).state.ownerId).toBe('ann');
    const web = new Complaint(CUSTOMER, { source: 'web' });
    expect(web.by('ann', { type: 'AcknowledgeCase', channel: 'phone' })).toBe('no-owner');
    expect(web.by('ben', { type: 'TakeCase' })).toBeUndefined();
    expect(web.by('ann', { type: 'TakeCase' })).toBe('case-owned');
    expect(web.state.ownerId).toBe('ben');
  });

  test('G12 an owner stays the owner until the other accepts; one offer at a time; others cannot answer it', () => {
    const complaint = new Complaint();
    expect(complaint.by('ben', { type: 'OfferCase', to: 'tom' })).toBe('not-owner');
    expect(complaint.by('ann', { type: 'OfferCase', to: 'ann' })).toBe('offer-to-owner');
    expect(complaint.by('ann', { type: 'OfferCase', to: 'ben' })).toBeUndefined();
    expect(complaint.by('ann', { type: 'OfferCase', to: 'hana' })).toBe('offer-open');
    expect(complaint.by('hana', { type: 'AcceptOffer' })).toBe('offer-for-another');
    expect(complaint.state.ownerId).toBe('ann');
    expect(complaint.by('ben', { type: 'DeclineOffer' })).toBeUndefined();
    expect(complaint.by('ben', { type: 'AcceptOffer' })).toBe('no-offer');
    expect(complaint.by('hana', { type: 'OfferCase', to: 'ben' })).toBeUndefined();
    expect(complaint.by('ben', { type: 'AcceptOffer' })).toBeUndefined();
    expect(complaint.state.ownerId).toBe('ben');
  });

  test('G12 an offer that nobody answers lapses, and can then not be accepted', () => {
    const complaint = new Complaint();
    complaint.by('ann', { type: 'OfferCase', to: 'ben' });
    expect(complaint.timer('LapseOffer')).toBe('timer-out-of-date');
    complaint.pass(3);
    expect(complaint.by('ben', { type: 'AcceptOffer' })).toBe('no-offer');
    expect(complaint.timer('LapseOffer')).toBeUndefined();
    expect(complaint.state).toMatchObject({ ownerId: 'ann', offer: undefined });
  });

  test('G7 whom it is about does not own it by taking it in, and is not offered it', () => {
    const complaint = new Complaint(staff('tom'), { about: ['tom'] });
    expect(complaint.state.ownerId).toBeUndefined();
    expect(complaint.by('tom', { type: 'TakeCase' })).toBe('recused');
    expect(complaint.by('hana', { type: 'OfferCase', to: 'tom' })).toBe('other-recused');
  });

  test('G7 an owner whom it turns out to be about can only hand it over; an offer to one is gone', () => {
    const complaint = new Complaint().until('investigating');
    complaint.by('ann', { type: 'OfferCase', to: 'ben' });
    expect(complaint.by('hana', { type: 'RecusePerson', staffId: 'ben' })).toBeUndefined();
    expect(complaint.state.offer).toBeUndefined();
    complaint.by('hana', { type: 'RecusePerson', staffId: 'ann' });
    expect(complaint.by('hana', { type: 'RecusePerson', staffId: 'ann' })).toBe('already-recused');
    expect(complaint.by('ann', { type: 'DecideCase', outcome: 'upheld', remedies: ['none'] })).toBe('recused');
    expect(complaint.by('ann', { type: 'AddNote' })).toBe('recused');
    expect(complaint.by('ann', { type: 'OfferCase', to: 'hana' })).toBeUndefined();
    expect(complaint.by('hana', { type: 'AcceptOffer' })).toBeUndefined();
    expect(complaint.by('ann', { type: 'OfferCase', to: 'nan' })).toBe('recused');
  });
});

describe('its time', () => {
  test('G4 fifteen days are the fifteen after the day on which it came in, to the end of the last', () => {
    expect(new Complaint().state.clock.due).toBe(noon('2026-11-18'));
  });

  test('G4 working days leave out weekends and holidays, and count a weekend on which people work', () => {
    const year = { working: true, holidays: ['2026-10-01', '2026-10-02'], workingWeekends: ['2026-10-10'] };
    // Wed 30 Sep: Thu and Fri are holidays; Mon 5 is the first.
    expect(lastDayOf('2026-09-30', 1, year)).toBe('2026-10-05');
    // … Fri 9 the fifth, Sat 10 the sixth.
    expect(lastDayOf('2026-09-30', 6, year)).toBe('2026-10-10');
    expect(lastDayOf('2026-09-30', 15, year)).toBe('2026-10-22');
    expect(lastDayOf('2026-09-30', 15, EVERY_DAY)).toBe('2026-10-15');
    expect(lastDayOf('2026-12-31', 0, EVERY_DAY)).toBe('2026-12-31');
    expect(lastDayOf('2026-12-31', 1, EVERY_DAY)).toBe('2027-01-01');
  });

  test('G5 a complex one gets thirty days from its beginning, once, and sixty only by another who oversees', () => {
    const complaint = new Complaint();
    expect(complaint.by('ann', { type: 'AskExtension' })).toBe('not-extended-yet');
    complaint.by('ann', { type: 'ExtendCase', channel: 'phone' });
    expect(complaint.state.clock).toMatchObject({ due: noon('2026-12-03'), allowance: 'complex' });
    expect(complaint.by('ann', { type: 'ExtendCase', channel: 'phone' })).toBe('extended-already');
    expect(complaint.by('hana', { type: 'ApproveExtension', channel: 'web' })).toBe('not-asked');
    complaint.by('ann', { type: 'AskExtension' });
    expect(complaint.by('ann', { type: 'AskExtension' })).toBe('asked-already');
    expect(complaint.by('ben', { type: 'ApproveExtension', channel: 'web' })).toBe('approver-needed');
    expect(complaint.by('hana', { type: 'RefuseExtension' })).toBeUndefined();
    expect(complaint.state.clock.due).toBe(noon('2026-12-03'));
    complaint.by('ann', { type: 'AskExtension' });
    expect(complaint.by('hana', { type: 'ApproveExtension', channel: 'web' })).toBeUndefined();
    expect(complaint.state.clock).toMatchObject({ due: noon('2027-01-02'), allowance: 'longest' });
    expect(complaint.by('ann', { type: 'AskExtension' })).toBe('longest-already');
  });

  test('G5 nobody approves what they asked for, not even after handing it over', () => {
    const complaint = new Complaint(staff('hana'));
    complaint.by('hana', { type: 'ExtendCase', channel: 'phone' });
    complaint.by('hana', { type: 'AskExtension' });
    expect(complaint.by('hana', { type: 'ApproveExtension', channel: 'web' })).toBe('approver-needed');
    complaint.by('hana', { type: 'OfferCase', to: 'ann' });
    complaint.by('ann', { type: 'AcceptOffer' });
    expect(complaint.by('hana', { type: 'ApproveExtension', channel: 'web' })).toBe('approver-needed');
    expect(complaint.by('nan', { type: 'ApproveExtension', channel: 'web' })).toBeUndefined();
  });

  test('G5 after the deadline no more time is taken', () => {
    const complaint = new Complaint();
    complaint.by('ann', { type: 'ExtendCase', channel: 'phone' });
    complaint.by('ann', { type: 'AskExtension' });
    complaint.pass(31);
    expect(complaint.by('hana', { type: 'ApproveExtension', channel: 'web' })).toBe('deadline-past');
    expect(new Complaint().pass(16).by('ann', { type: 'ExtendCase', channel: 'phone' })).toBe('deadline-past');
  });

  test('G6 warned at 70 % of the days, then brought to the head at the deadline and to the network after each three', () => {
    const complaint = new Complaint();
    // 10.5 of 15: the end of the tenth day.
    expect(complaint.state.clock.warnAt).toBe(noon('2026-11-13'));
    expect(complaint.timer('WarnOfDeadline')).toBe('timer-out-of-date');
    complaint.now = noon('2026-11-13');
    expect(complaint.timer('WarnOfDeadline')).toBeUndefined();
    expect(complaint.timer('WarnOfDeadline')).toBe('timer-out-of-date');
    expect(complaint.timer('EscalateCase')).toBe('timer-out-of-date');
    complaint.now = noon('2026-11-18');
    expect(complaint.timer('EscalateCase')).toBeUndefined();
    expect(complaint.timer('EscalateCase')).toBe('timer-out-of-date');
    expect(complaint.events.at(-1)).toMatchObject({ type: 'CaseEscalated', to: 'branch-head', by: 'system' });
    complaint.pass(4);
    expect(complaint.timer('EscalateCase')).toBeUndefined();
    expect(complaint.events.at(-1)).toMatchObject({ to: 'network-manager' });
    expect(complaint.state.clock.escalations).toBe(2);
  });

  test('G6 more time is warned of anew; while the customer has the word nothing is', () => {
    const complaint = new Complaint().pass(11);
    complaint.timer('WarnOfDeadline');
    complaint.by('ann', { type: 'ExtendCase', channel: 'phone' });
    expect(complaint.state.clock).toMatchObject({ warned: false, warnAt: noon('2026-11-24') });
    complaint.until('informed').pass(60);
    expect(complaint.timer('WarnOfDeadline')).toBe('timer-out-of-date');
    expect(complaint.timer('EscalateCase')).toBe('timer-out-of-date');
  });

  test('G6 whoever does not acknowledge in time is reminded once', () => {
    const late = new Complaint().pass(3);
    expect(late.timer('RemindOfAcknowledging')).toBeUndefined();
    expect(late.timer('RemindOfAcknowledging')).toBe('timer-out-of-date');
    expect(new Complaint().until('acknowledged').pass(3).timer('RemindOfAcknowledging')).toBe('timer-out-of-date');
  });

  test('G10 the regulator’s time counts where it is shorter, and never makes a deadline later', () => {
    const from = new Complaint(staff('ann'), { source: 'regulator', reference: 'R-7' });
    expect(from.state).toMatchObject({ clock: { due: noon('2026-11-13') }, regulator: { reference: 'R-7' } });
    expect(from.by('ann', { type: 'MarkRegulator', reference: 'R-8' })).toBe('regulator-known');
    const told = new Complaint();
    told.by('ben', { type: 'MarkRegulator', reference: 'R-9' });
    expect(told.state.clock).toMatchObject({ due: noon('2026-11-13'), warned: false });
    const late = new Complaint().pass(9);
    late.by('ann', { type: 'MarkRegulator', reference: 'R-9' });
    expect(late.state.clock.due).toBe(noon('2026-11-18'));
    const { regulatorDays: _, ...without } = TERMS;
    expect(new Complaint(staff('ann'), { reference: 'R' }, without).state.clock.due).toBe(noon('2026-11-18'));
  });
});

describe('its end', () => {
  test('G8 without a root cause of the list it is not closed', () => {
    const complaint = new Complaint().until('investigating');
    expect(complaint.by('ann', { type: 'SetRootCause', rootCause: 'weather' })).toBe('unknown-root-cause');
    expect(
      complaint.by('ann', { type: 'DecideCase', outcome: 'upheld', remedies: ['none'], rootCause: 'weather' }),
    ).toBe('unknown-root-cause');
    complaint.by('ann', { type: 'DecideCase', outcome: 'not-upheld', remedies: ['explanation'] });
    complaint.until('contacted');
    expect(complaint.by('ann', { type: 'CloseCase' })).toBe('root-cause-missing');
    complaint.by('ann', { type: 'SetRootCause', rootCause: 'attitude' });
    expect(complaint.by('ann', { type: 'CloseCase' })).toBeUndefined();
  });

  test('G9 not satisfied opens it once more, with a time of its own; the second time it is settled', () => {
    const complaint = new Complaint().until('informed').pass(20);
    const answer = { type: 'NoteSecondContact', channel: 'web', answer: 'not-satisfied' } as const;
    expect(complaint.by(CUSTOMER, answer)).toBeUndefined();
    expect(complaint.state).toMatchObject({ status: 'investigating', round: 2, decision: undefined });
    expect(complaint.state.clock).toMatchObject({ due: noon('2026-12-08'), allowance: 'normal', escalations: 0 });
    complaint.by('ann', { type: 'DecideCase', outcome: 'upheld', remedies: ['refund'] });
    complaint.until('informed');
    expect(complaint.by('ann', answer)).toBeUndefined();
    expect(complaint.state).toMatchObject({ status: 'contacted', answer: 'not-satisfied', round: 2 });
  });

  test('G9 whoever cannot be reached is tried three times', () => {
    const complaint = new Complaint().until('informed');
    const states = [1, 2, 3].map(() => {
      complaint.by('ann', { type: 'NoteSecondContact', channel: 'phone', answer: 'not-reached' });
      return complaint.state.status;
    });
    expect(states).toEqual(['informed', 'informed', 'contacted']);
  });

  test('G9 it counts whether the customer was informed in time, of the first time', () => {
    const late = new Complaint().pass(16).until('informed');
    expect(late.state.onTime).toBe(false);
    const early = new Complaint().pass(15).until('informed');
    expect(early.state.onTime).toBe(true);
    early.by('ann', { type: 'NoteSecondContact', channel: 'phone', answer: 'not-satisfied' });
    early.pass(40).until('informed');
    expect(early.state.onTime).toBe(true);
  });

  test('G11 the customer withdraws it from every state before the end, and the owner may write that down', () => {
    for (const status of ['received', 'decided', 'informed', 'contacted'] as const) {
      const complaint = new Complaint().until(status);
      expect(complaint.by('ben', { type: 'WithdrawCase' })).toBe('not-owner');
      expect(complaint.by(CUSTOMER, { type: 'WithdrawCase' })).toBeUndefined();
      expect(complaint.state).toMatchObject({ status: 'withdrawn', endedAt: complaint.now });
      expect(complaint.by(CUSTOMER, { type: 'AddNote' })).toBe('case-over');
    }
  });
});
