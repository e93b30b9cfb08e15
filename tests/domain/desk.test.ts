import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/commands.ts';
import { timersOf } from '../../domain/timers.ts';
import { BRANCH } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';
import { difference, replayed } from '../support/replayed.ts';

const text = (en: string) => ({ 'zh-CN': en, 'zh-TW': en, en });
const OUTCOMES = [{ id: 'signed', name: text('Signed') }];

describe('outcome codes', () => {
  const services = BRANCH.services.map((service) =>
    service.id === 'deposit' ? { ...service, outcomes: OUTCOMES } : service,
  );
  function serving(service: string): Hall {
    const hall = Hall.open({ services }).openCounter('c1', 'ann');
    hall.take(service);
    hall.next('c1');
    hall.do({ type: 'StartService', counterId: 'c1' });
    return hall;
  }
  const finish = (code?: string): Command => ({ type: 'FinishService', counterId: 'c1', outcome: 'done', code });

  test('C9 a service ends with one of its own codes, also when the next one is called at once', () => {
    expect(serving('deposit').do(finish('signed'))[0]).toMatchObject({ type: 'ServiceFinished', code: 'signed' });
    const next: Command = { type: 'CallNext', counterId: 'c1', finish: 'done', code: 'signed' };
    expect(serving('deposit').do(next)[0]).toMatchObject({ type: 'ServiceFinished', code: 'signed' });
  });

  test('C9 a code that the service does not list is refused, and none is needed', () => {
    expect(serving('deposit').refusal(finish('sold'))).toEqual({ code: 'unknown-reason' });
    expect(serving('account').refusal(finish('signed'))).toEqual({ code: 'unknown-reason' });
    const next: Command = { type: 'CallNext', counterId: 'c1', finish: 'done', code: 'sold' };
    expect(serving('deposit').refusal(next)).toEqual({ code: 'unknown-reason' });
    expect(serving('deposit').do(finish())[0]).not.toHaveProperty('code');
  });
});

describe('auto-call', () => {
  const on: Command = { type: 'SetAutoCall', counterId: 'c1', on: true };
  const due = (hall: Hall) => timersOf(hall.day).filter(({ command }) => command.type === 'CallWaiting');
  /** Lets the timer of the first counter that is due run out. */
  function runOut(hall: Hall) {
    const [timer] = due(hall);
    if (timer === undefined) throw new Error('no counter calls by itself');
    hall.now = timer.at;
    return hall.do(timer.command, 'system');
  }

  test('C10 ten seconds after somebody came, the free counter calls by itself', () => {
    const hall = Hall.open().openCounter('c1', 'ann');
    hall.do(on);
    expect(due(hall)).toEqual([]);
    hall.wait({ minutes: 3 }).take('deposit');
    const came = hall.now;
    expect(due(hall).map(({ at }) => at)).toEqual([came + 10_000]);
    // Somebody else who comes meanwhile does not put it off.
    hall.wait({ seconds: 6 }).take('deposit');
    expect(due(hall).map(({ at }) => at)).toEqual([came + 10_000]);
    const [timer] = due(hall);
    expect(hall.refusal(timer?.command ?? on, 'system')).toEqual({ code: 'timer-out-of-date' });
    expect(runOut(hall)).toMatchObject([{ type: 'TicketCalled', number: 'A001', counterId: 'c1', tellerId: 'ann' }]);
    expect(due(hall)).toEqual([]);
  });

  test('C10 its time begins when it is switched on, free, or open again, and closing switches it off', () => {
    const hall = Hall.open({ calling: { ...BRANCH.calling, autoCallSeconds: 5 } }).openCounter('c1', 'ann');
    hall.take('deposit');
    hall.take('deposit');
    hall.wait({ minutes: 2 }).do(on);
    expect(due(hall)[0]?.at).toBe(hall.now + 5_000);
    hall.do({ type: 'PauseCounter', counterId: 'c1', reason: 'lunch' });
    expect(due(hall)).toEqual([]);
    hall.wait({ minutes: 9 }).do({ type: 'ResumeCounter', counterId: 'c1' });
    expect(due(hall)[0]?.at).toBe(hall.now + 5_000);
    hall.serveNext('c1');
    expect(due(hall)[0]?.at).toBe(hall.now + 5_000);
    hall.do({ type: 'CloseCounter', counterId: 'c1' });
    hall.openCounter('c1', 'ann');
    expect(due(hall)).toEqual([]);
    expect(hall.refusal({ ...on, on: false })).toEqual({ code: 'nothing-would-change' });
  });

  test('C10, U4 what it called can be undone, and then it waits its time once more', () => {
    const hall = Hall.open().openCounter('c1', 'ann');
    hall.do(on);
    hall.take('deposit');
    runOut(hall);
    hall.wait({ seconds: 4 }).do({ type: 'UndoLast', counterId: 'c1' });
    expect(hall.numbers('c1')).toEqual(['A001']);
    expect(due(hall)[0]?.at).toBe(hall.now + 10_000);
  });

  test('C10, R11 of several that are due together the one that can do least calls', () => {
    const hall = Hall.open().openCounter('c1', 'ann').openCounter('c3', 'ben');
    hall.do(on);
    hall.do({ ...on, counterId: 'c3' });
    hall.wait({ minutes: 1 }).take('deposit');
    const [first, second] = due(hall);
    expect(first?.at).toBe(second?.at);
    // Ben can do three services in three segments, Ann five in two.
    expect(first?.command).toMatchObject({ counterId: 'c3' });
    runOut(hall);
    expect(hall.refusal(second?.command ?? on, 'system')).toEqual({ code: 'timer-out-of-date' });
  });

  test('C10, W1 a day with it is replayed event for event', () => {
    const hall = Hall.open().openCounter('c1', 'ann');
    hall.do(on);
    hall.wait({ minutes: 1 }).take('deposit');
    runOut(hall);
    hall.wait({ seconds: 20 }).do({ type: 'StartService', counterId: 'c1' });
    hall.wait({ minutes: 4 }).do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    hall.wait({ minutes: 60 }).do({ type: 'CloseDay' }, 'system');
    expect(difference(hall.log, replayed(hall.log).events)).toBeUndefined();
  });
});

describe('arrival that nobody confirms', () => {
  const calling = { ...BRANCH.calling, arrivalSeconds: 15 };
  const due = (hall: Hall) => timersOf(hall.day).find(({ command }) => command.type === 'AssumeArrival');
  function called(): Hall {
    const hall = Hall.open({ calling }).openCounter('c1', 'ann');
    hall.take('deposit');
    hall.next('c1');
    return hall;
  }

  test('C11 the service begins by itself so long after the call', () => {
    const hall = called();
    const timer = due(hall);
    expect(timer?.at).toBe(hall.now + 15_000);
    expect(hall.view({ kind: 'counter', counterId: 'c1' }).current?.startsAt).toBe(timer?.at);
    const assume = timer?.command ?? { type: 'CloseDay' };
    expect(hall.wait({ seconds: 14 }).refusal(assume, 'system')).toEqual({ code: 'timer-out-of-date' });
    expect(hall.wait({ seconds: 1 }).do(assume, 'system')).toEqual([{ type: 'ServiceStarted', ticketId: 'id-3' }]);
    expect(hall.refusal(assume, 'system')).toEqual({ code: 'timer-out-of-date' });
    hall.wait({ minutes: 5 }).do({ type: 'CallNext', counterId: 'c1', finish: 'done' });
    expect(hall.ticket('id-3').status).toBe('finished');
    hall.do({ type: 'CloseDay' }, 'system');
    expect(difference(hall.log, replayed(hall.log).events)).toBeUndefined();
  });

  test('C11 whoever had to be called again is not taken to have come, and nobody is where tellers confirm it', () => {
    const hall = called();
    hall.wait({ seconds: 10 }).do({ type: 'Recall', counterId: 'c1' });
    expect(due(hall)).toBeUndefined();
    expect(timersOf(hall.day).map(({ command }) => command.type)).toEqual(['ExpireCall']);
    const confirmed = Hall.open().openCounter('c1', 'ann');
    confirmed.take('deposit');
    confirmed.next('c1');
    expect(due(confirmed)).toBeUndefined();
  });
});

describe('a note from the lobby', () => {
  const notes = [
    { id: 'slowly', name: text('Speak slowly') },
    { id: 'checked', name: text('Papers checked') },
  ];
  test("Q14 the branch's phrases reach the teller, and nothing else does", () => {
    const hall = Hall.open({ notes }).openCounter('c1', 'ann');
    const ticketId = hall.take('deposit');
    const note = (...ids: string[]): Command => ({ type: 'NoteTicket', ticketId, notes: ids });
    expect(hall.refusal(note('Mr Wang is angry'))).toEqual({ code: 'unknown-reason' });
    expect(hall.do(note('slowly', 'checked', 'slowly'))).toEqual([
      { type: 'TicketNoted', ticketId, notes: ['slowly', 'checked'] },
    ]);
    expect(hall.refusal(note('checked', 'slowly'))).toEqual({ code: 'nothing-would-change' });
    hall.next('c1');
    expect(hall.view({ kind: 'counter', counterId: 'c1' }).current?.notes).toEqual(['slowly', 'checked']);
    expect(hall.do(note())).toEqual([{ type: 'TicketNoted', ticketId, notes: [] }]);
    hall.do({ type: 'StartService', counterId: 'c1' });
    hall.do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    expect(hall.refusal(note('slowly'))).toEqual({ code: 'ticket-ended', status: 'finished' });
  });
});

describe('the rating screen', () => {
  const view = (hall: Hall) => hall.view({ kind: 'rating', counterId: 'c1' });

  test('V7 it shows whose turn it is, and asks whoever was served last for so many seconds', () => {
    const hall = Hall.open({ rating: { askSeconds: 15, withinMinutes: 60 } }).openCounter('c1', 'ann');
    const ticketId = hall.take('deposit', { language: 'en' });
    hall.take('deposit');
    hall.next('c1');
    expect(view(hall)).toMatchObject({ label: '1', current: { number: 'A001', status: 'called', language: 'en' } });
    hall.do({ type: 'StartService', counterId: 'c1' });
    hall.do({ type: 'CallNext', counterId: 'c1', finish: 'done' });
    const since = hall.now;
    expect(view(hall)).toMatchObject({
      current: { number: 'A002', status: 'called' },
      toRate: { number: 'A001', since, until: since + 15_000, language: 'en' },
    });
    expect(hall.view({ kind: 'ticket', ticketId }).mayRateUntil).toBe(since + 3_600_000);
    hall.wait({ seconds: 15 });
    expect(view(hall).toRate).toBeUndefined();
    hall.wait({ minutes: 60 });
    expect(hall.view({ kind: 'ticket', ticketId }).mayRateUntil).toBeUndefined();
  });

  test('V7 nobody is asked whose service was undone, or goes on elsewhere, or in a branch that does not ask', () => {
    const finished = (services: string[], rating = true) => {
      const hall = Hall.open(rating ? { rating: { askSeconds: 15, withinMinutes: 60 } } : {});
      hall.openCounter('c1', 'ben').take('deposit', { services });
      hall.next('c1');
      hall.do({ type: 'StartService', counterId: 'c1' });
      hall.do({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
      return hall;
    };
    const undone = finished(['deposit']);
    expect(view(undone).toRate).toBeDefined();
    undone.do({ type: 'UndoLast', counterId: 'c1' });
    expect(view(undone).toRate).toBeUndefined();
    expect(view(finished(['deposit', 'loan'])).toRate).toBeUndefined();
    expect(view(finished(['deposit'], false)).toRate).toBeUndefined();
  });
});
