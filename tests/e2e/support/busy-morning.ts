import type { OutsideCommand } from '../../../protocol/commands.ts';
import { Hall } from './hall.ts';
import { RunningServer } from '../../support/running-server.ts';

/** A hall in the middle of a busy morning, with somebody in each state that a screen can show. */
export interface Scene {
  readonly server: RunningServer;
  readonly hall: Hall;
  /** By what has become of them; each is the id of a ticket. */
  readonly tickets: Readonly<
    Record<'waiting' | 'near' | 'called' | 'serving' | 'finished' | 'missed' | 'held', string>
  >;
}

export const BUSY_BRANCH = 'harbour';
const OPENING = Date.parse('2026-11-24T09:00:00+08:00');
const MINUTE = 60_000;
const LAST_MINUTE = 84;

/** Who sits where, and from which minute on. Machines have nobody. */
const DESKS: readonly { counterId: string; tellerId?: string; from: number }[] = [
  { counterId: 'c1', tellerId: '1001', from: 0 },
  { counterId: 'c2', tellerId: '1002', from: 0 },
  { counterId: 'c3', tellerId: '1005', from: 0 },
  { counterId: 'c8', tellerId: '1010', from: 5 },
  { counterId: 'm1', from: 0 },
  { counterId: 'm2', from: 0 },
  { counterId: 'c4', tellerId: '1008', from: 30 },
  { counterId: 'c5', tellerId: '1004', from: 60 },
];

/** What people come for, in turn; the gaps are minutes in which nobody comes. */
const WISHES: readonly (readonly [service: string, minutes: number, wish?: Parameters<Hall['take']>[1]] | undefined)[] =
  [
    ['deposit-withdrawal', 5],
    ['passbook', 6],
    ['deposit-withdrawal', 4, { careNeeds: ['older'] }],
    ['statement-print', 3],
    undefined,
    ['transfer', 7],
    ['deposit-withdrawal', 5],
    ['large-cash', 8],
    ['card-loss', 9, { language: 'en' }],
    ['deposit-withdrawal', 3, { amount: 3000 }],
    ['wealth', 14, { tier: 'gold' }],
    ['deposit-withdrawal', 6],
    undefined,
    ['password-reset', 6, { careNeeds: ['with-child'] }],
  ];

type Desk = { readonly counterId: string; busyUntil: number; state: 'free' | 'called' | 'serving' };

/** Plays the morning from nine to a quarter past ten through the server's own doors, and stops the clock there. */
export async function playBusyMorning(): Promise<Scene> {
  const server = await RunningServer.launch({
    entry: 'tests/e2e/support/posing-server.ts',
    env: { LOBBYFLOW_BRANCHES: 'config/branches' },
    pastDays: ['--branch', BUSY_BRANCH, '--days', '3', '--today', '2026-11-24'],
  });
  const hall = new Hall(server.url, BUSY_BRANCH);
  const desks: Desk[] = [];
  const minutesOf = new Map<string, number>();
  const turnTo = async (minute: number): Promise<void> => {
    await server.tell({ turnTo: OPENING + minute * MINUTE });
  };
  const staff = (command: OutsideCommand) => hall.send('manager', command);

  /** One step of a counter: finish who is done, call the next one, begin with who was called. */
  async function step(desk: Desk, minute: number): Promise<void> {
    const { counterId } = desk;
    if (desk.state === 'called') {
      await staff({ type: 'StartService', counterId });
      desk.state = 'serving';
      return;
    }
    if (minute < desk.busyUntil) return;
    const finish = desk.state === 'serving' ? ({ finish: 'done' } as const) : {};
    const ack = await hall.ask('manager', { type: 'CallNext', counterId, ...finish });
    const called = ack.ok ? ack.answer.called : undefined;
    desk.state = called ? 'called' : 'free';
    if (called) desk.busyUntil = minute + 1 + (minutesOf.get(called.ticketId) ?? 5);
  }

  for (let minute = 0; minute < LAST_MINUTE; minute += 1) {
    await turnTo(minute);
    for (const { counterId, tellerId } of DESKS.filter(({ from }) => from === minute)) {
      await staff({ type: 'OpenCounter', counterId, tellerId });
      desks.push({ counterId, busyUntil: 0, state: 'free' });
    }
    const wishes = minute > 20 && minute % 4 === 0 ? [minute, minute + 5] : [minute];
    for (const wish of wishes.map((at) => WISHES[at % WISHES.length]))
      if (wish) minutesOf.set((await hall.take(wish[0], wish[2])).ticketId, wish[1]);
    for (const desk of desks) await step(desk, minute);
  }
  await turnTo(LAST_MINUTE);
  return { server, hall, tickets: await pose(hall, (minute) => turnTo(minute)) };
}

/** The last minutes: one of each, and a number that is being called right now. */
async function pose(hall: Hall, turnTo: (minute: number) => Promise<void>): Promise<Scene['tickets']> {
  const staff = (command: OutsideCommand) => hall.send('manager', command);
  const finished = await finishAt(hall, 'c8');
  const missed = await callAt(hall, 'c8');
  await turnTo(LAST_MINUTE + 2);

  const held = await callAt(hall, 'c3');
  await staff({ type: 'HoldTicket', counterId: 'c3', reason: 'papers' });
  const serving = await callAt(hall, 'c3');
  await staff({ type: 'StartService', counterId: 'c3' });
  await freeAt(hall, 'c4');
  await staff({ type: 'PauseCounter', counterId: 'c4', reason: 'lunch' });

  const near = (await hall.take('statement-print')).ticketId;
  await hall.take('wealth', { appointmentAt: OPENING + (LAST_MINUTE + 6) * MINUTE });
  // Asks for somebody who is not there today: the console warns.
  await hall.take('loans', { adviser: '1009' });
  const waiting = (await hall.take('deposit-withdrawal')).ticketId;
  const { waiting: queue } = await hall.view('manager');
  const urgent = queue.find((row) => row.segment === 'non-cash' && row.careNeeds.length > 0);
  if (urgent) await staff({ type: 'PrioritiseTicket', ticketId: urgent.ticketId, reason: 'care' });
  await turnTo(LAST_MINUTE + 4);
  const called = await callAt(hall, 'c1');
  return { waiting, near, called, serving, finished, missed, held };
}

/** Ends whatever the counter has in hand. */
async function freeAt(hall: Hall, counterId: string): Promise<void> {
  await hall.ask('manager', { type: 'StartService', counterId });
  await hall.ask('manager', { type: 'FinishService', counterId, outcome: 'done' });
}

async function callAt(hall: Hall, counterId: string): Promise<string> {
  await freeAt(hall, counterId);
  const { called } = await hall.send('manager', { type: 'CallNext', counterId });
  if (called === undefined) throw new Error(`Nobody was called at ${counterId}`);
  return called.ticketId;
}

async function finishAt(hall: Hall, counterId: string): Promise<string> {
  const { current } = await hall.view('counter', { counterId });
  const ticketId = current?.ticketId ?? (await callAt(hall, counterId));
  await freeAt(hall, counterId);
  return ticketId;
}
