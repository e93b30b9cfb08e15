import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/commands.ts';
import { whileOpening } from '../support/floating-hall.ts';
import { Hall } from '../support/hall.ts';
import { isRejectionCode } from '../support/rejection-codes.ts';
import { transitionTable } from '../support/rules.ts';

/** The two tables of RULES.md, walked cell by cell: a cell that is changed in the text is changed here. */

/** A ticket in each of the states, at counter c1 where it is at one. */
const SCENES: Readonly<Record<string, (hall: Hall, ticketId: string) => void>> = {
  waiting: () => undefined,
  called: (hall) => hall.next('c1'),
  serving: (hall) => {
    hall.next('c1');
    hall.do({ type: 'StartService', counterId: 'c1' });
  },
  held: (hall) => {
    hall.next('c1');
    hall.do({ type: 'HoldTicket', counterId: 'c1', reason: 'form' });
  },
  missed: (hall) => {
    hall.next('c1');
    hall.wait({ seconds: 20 }).do({ type: 'MarkNoShow', counterId: 'c1' });
  },
  finished: (hall) => hall.serveNext('c1'),
  cancelled: (hall, ticketId) => hall.do({ type: 'CancelTicket', ticketId, reason: 'left' }),
  expired: () => undefined,
};

const ticketCells = transitionTable('Q');

function scene(from: string): { hall: Hall; ticketId: string } {
  const hall = Hall.open().openCounter('c1', 'ann').openCounter('c3', 'ben');
  const ticketId = hall.take('deposit');
  SCENES[from]?.(hall, ticketId);
  return { hall: hall.wait({ seconds: 20 }), ticketId };
}

function ticketCommand(name: string, hall: Hall, ticketId: string): Command {
  const counterId = 'c1';
  switch (name) {
    case 'StartService':
    case 'MarkNoShow':
    case 'ReturnToQueue':
      return { type: name, counterId };
    case 'FinishService':
      return { type: name, counterId, outcome: 'done' };
    case 'HoldTicket':
      return { type: name, counterId, reason: 'form' };
    case 'ExpireCall':
      hall.wait({ minutes: 1 });
      return { type: name, callId: hall.day.calls.at(-1)?.callId ?? 'none' };
    case 'TransferTicket':
      return { type: name, ticketId, to: { kind: 'segment', segment: 'vip' } };
    case 'CancelTicket':
      return { type: name, ticketId, reason: 'left' };
    case 'RejoinQueue':
      return { type: name, ticketId };
    case 'day closes':
      return { type: 'CloseDay' };
    default:
      throw new Error(`RULES.md has a column ${name} that no test knows`);
  }
}

/** What the ticket has become, or the code of the rejection. */
function outcome(hall: Hall, ticketId: string, command: Command): string {
  const decision = hall.try(command);
  return decision.ok ? hall.ticket(ticketId).status : decision.rejection.code;
}

describe('Q1 the life of a ticket, as the table of RULES.md has it', () => {
  test('the table names every state, once', () => {
    expect([...new Set(ticketCells.map(({ from }) => from))].sort()).toEqual(Object.keys(SCENES).sort());
  });

  const plain = ticketCells.filter(({ from, command }) => command !== 'is called' && from !== 'expired');
  test.each(plain)('$from, $command: $cell', ({ from, command, cell }) => {
    const { hall, ticketId } = scene(from);
    const became = outcome(hall, ticketId, ticketCommand(command, hall, ticketId));
    expect(became).toBe(expected(from, command, cell));
  });

  const calls = ticketCells.filter(({ command, from }) => command === 'is called' && from !== 'expired');
  test.each(calls)('$from, is called: $cell', ({ from, cell }) => {
    const call = (by: 'CallTicket' | 'ResumeTicket') => {
      const { hall, ticketId } = scene(from);
      const chosen: Command = { type: 'CallTicket', counterId: 'c3', ticketId, reason: 'care' };
      return outcome(
        hall,
        ticketId,
        by === 'CallTicket' ? chosen : { type: 'ResumeTicket', counterId: 'c3', ticketId },
      );
    };
    const byNext = () => {
      const { hall, ticketId } = scene(from);
      return outcome(hall, ticketId, { type: 'CallNext', counterId: 'c3' });
    };
    const onlyByResume = cell.includes('by ResumeTicket');
    const code = codeIn(cell);
    expect(call('ResumeTicket')).toBe(onlyByResume ? 'called' : 'ticket-not-held');
    expect(call('CallTicket')).toBe(code ?? 'called');
    expect(byNext()).toBe(from === 'waiting' ? 'called' : 'queue-empty');
  });

  test('a missed ticket is called while it may rejoin, and not after', () => {
    const { hall, ticketId } = scene('missed');
    hall.wait({ minutes: 30 });
    const code = 'rejoin-too-late';
    expect(hall.refusal({ type: 'CallTicket', counterId: 'c1', ticketId, reason: 'came-back' })).toMatchObject({
      code,
    });
  });

  test('an expired ticket is of a day that is closed: every command is refused so', () => {
    const { hall, ticketId } = scene('waiting');
    hall.do({ type: 'CloseDay' });
    expect(hall.ticket(ticketId).status).toBe('expired');
    const columns = new Set(ticketCells.map(({ command }) => command).filter((command) => command !== 'is called'));
    for (const column of columns) expect(hall.refusal(ticketCommand(column, hall, ticketId)).code).toBe('day-closed');
  });
});

/** The first rejection code that a cell names. */
function codeIn(cell: string): string | undefined {
  return /`([a-z-]+)`/.exec(cell)?.[1];
}

/** A cell as one word: the state that the ticket gets, or the rejection. */
function expected(from: string, command: string, cell: string): string {
  if (command === 'ExpireCall' && from !== 'called') return 'timer-out-of-date'; // the note under the table
  if (cell === '–') return 'counter-has-no-ticket';
  if (cell === 'stays') return from;
  const became = codeIn(cell) ?? /\*\*([a-z]+)\*\*/.exec(cell)?.[1];
  if (became === undefined) throw new Error(`RULES.md has a cell that says nothing: ${cell}`);
  return became;
}

const counterCells = transitionTable('K');

/** Counter c1 in each of the states; `closing` and the busy ones have a customer in hand. */
function counterScene(from: string, busy: boolean): Hall {
  if (from === 'opening') return whileOpening('c1', 'ann');
  const hall = Hall.open();
  hall.take('deposit');
  hall.take('deposit');
  if (from === 'closed') return hall;
  hall.openCounter('c1', 'ann');
  if (busy) hall.next('c1');
  if (from === 'paused') hall.do({ type: 'PauseCounter', counterId: 'c1', reason: 'lunch' });
  if (from === 'closing') hall.do({ type: 'CloseCounter', counterId: 'c1' });
  return hall;
}

function counterCommand(name: string): Command {
  const counterId = 'c1';
  switch (name) {
    case 'OpenCounter':
      return { type: name, counterId, tellerId: 'ann' };
    case 'PauseCounter':
      return { type: name, counterId, reason: 'lunch' };
    case 'ResumeCounter':
    case 'CloseCounter':
    case 'KeepCounterOpen':
    case 'CallNext':
      return { type: name, counterId };
    default:
      throw new Error(`RULES.md has a column ${name} that no test knows`);
  }
}

describe('K2 the states of a counter, as the table of RULES.md has them', () => {
  test.each(counterCells)('$from, $command: $cell', ({ from, command, cell }) => {
    const busy = from === 'closing';
    const hall = counterScene(from, busy);
    const decision = hall.try(counterCommand(command));
    const became = decision.ok ? hall.counter('c1').status : decision.rejection.code;
    if (cell === 'calls') expect(hall.counter('c1').ticketId).toBeDefined();
    else if (cell.includes('when idle')) {
      expect(became).toBe('closed');
      const withCustomer = counterScene(from, true);
      withCustomer.do(counterCommand(command));
      expect(withCustomer.counter('c1').status).toBe('closing');
    } else expect(became).toBe(codeIn(cell) ?? /\*\*([a-z]+)\*\*/.exec(cell)?.[1]);
  });

  test('the tables name no rejection that is not in the closed list', () => {
    const codes = [...ticketCells, ...counterCells].flatMap(({ cell }) => codeIn(cell) ?? []);
    expect(codes.filter((code) => !isRejectionCode(code))).toEqual([]);
  });
});
