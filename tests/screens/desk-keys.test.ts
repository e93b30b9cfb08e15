import { describe, expect, test } from '@jest/globals';
import { hindranceOf, type ActionId } from '../../counter-client/actions.ts';
import type { DeskDialog } from '../../counter-client/desk.ts';
import { createKeyReader, type KeyPress } from '../../counter-client/keys.ts';
import { createPresses } from '../../counter-client/presses.ts';
import { createTurns } from '../../counter-client/turns.ts';
import { timersOf } from '../../domain/timers.ts';
import { BRANCH } from '../support/branch.ts';
import { Hall } from '../support/hall.ts';

/** The desk as a teller works it, from the key to the hall's answer; only what is drawn is left out. */
class KeyedDesk {
  readonly notice = { value: '' };
  readonly dialog: { value: DeskDialog | undefined } = { value: undefined };
  readonly resting = { value: false };
  /** Keys that somebody pressed. */
  pressed = 0;
  readonly #turns = createTurns<ActionId>((action, why) => (this.notice.value = `${why} ${action}`));
  readonly #read = createKeyReader(() => true);
  readonly #presses;

  constructor(
    readonly hall: Hall,
    readonly counterId = 'c1',
  ) {
    const { calling } = hall.day.config;
    const desk = {
      me: { branchId: 'test', counterId, staffId: 'ann', staffName: 'Ann' },
      ...{ notice: this.notice, dialog: this.dialog, resting: this.resting },
      hindrance: (action: ActionId) =>
        hindranceOf(action, { view: this.view, calling, now: hall.now, connected: true })?.code ?? '',
      inTurn: (action: ActionId, act: () => Promise<boolean>) => this.#turns.take(action, act),
      send: async (command: Parameters<Hall['try']>[0]) => {
        await Promise.resolve();
        const decision = hall.try(command, 'staff:ann');
        this.notice.value = decision.ok ? '' : decision.rejection.code;
        return decision.ok;
      },
      rest: () => {
        this.resting.value = true;
        return () => (this.resting.value = false);
      },
    };
    this.#presses = createPresses(
      // What a press asks of the desk, without the parts of Vue.
      desk as unknown as Parameters<typeof createPresses>[0],
      () => this.view,
      () => false,
      (key) => key,
    );
  }

  get view() {
    return this.hall.view({ kind: 'counter', counterId: this.counterId });
  }

  key(key: string, code = key): void {
    const press: KeyPress = { key, code, timeStamp: this.hall.now, repeat: false, ...NO_OTHER };
    const action = this.#read(press);
    if (action === undefined) throw new Error(`${code} does nothing`);
    this.pressed += 1;
    this.#presses.onKey(action);
  }

  /** Until everything that was pressed has its answer. */
  async answered(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }

  /** Time passes, and what falls due by itself is done. */
  wait(seconds: number): void {
    this.hall.wait({ seconds });
    this.resting.value &&= seconds < 3;
    for (const { at, command } of timersOf(this.hall.day)) if (at <= this.hall.now) this.hall.do(command, 'system');
  }
}
const NO_OTHER = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };

function deskWith(customers: number, calling: Partial<typeof BRANCH.calling> = {}): KeyedDesk {
  const hall = Hall.open({ calling: { ...BRANCH.calling, ...calling } }).openCounter('c1', 'ann');
  for (let one = 0; one < customers; one += 1) hall.take('deposit');
  return new KeyedDesk(hall);
}

type Key = readonly [key: string, code: string];
type Keys = Readonly<Record<'next' | 'recall' | 'away', Key>>;
const KEYBOARD: Keys = { next: ['F2', 'F2'], recall: ['F3', 'F3'], away: ['F4', 'F4'] };
const KEYPAD: Keys = {
  ...{ next: ['Enter', 'NumpadEnter'], recall: ['*', 'NumpadMultiply'], away: ['-', 'NumpadSubtract'] },
};

describe.each([
  { name: 'the keyboard', keys: KEYBOARD },
  { name: 'the numeric pad', keys: KEYPAD },
])('twenty customers with $name alone', ({ keys }) => {
  /** Serves everybody; every fifth does not come. @returns how many keys each of them took */
  async function serveAll(desk: KeyedDesk): Promise<number[]> {
    const spent: number[] = [];
    desk.key(...keys.next);
    await desk.answered();
    for (let customer = 1; customer <= 20; customer += 1) {
      const before = desk.pressed;
      if (customer % 5 === 0) {
        desk.wait(12);
        desk.key(...keys.recall);
        await desk.answered();
        desk.key(...keys.away);
        await desk.answered();
      } else {
        desk.wait(20);
        if (desk.view.current?.status === 'called') desk.key(...keys.next);
        await desk.answered();
        desk.wait(180);
      }
      // The last press for this one calls the next.
      desk.key(...keys.next);
      await desk.answered();
      desk.wait(3);
      spent.push(desk.pressed - before);
    }
    return spent;
  }
  const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

  test('where nobody has to confirm that they came, the median is one key each', async () => {
    const desk = deskWith(20, { arrivalSeconds: 20 });
    const spent = await serveAll(desk);
    expect(desk.view.today).toMatchObject({ finished: 16, missed: 4 });
    expect(median(spent)).toBe(1);
  });

  test('where the teller confirms it, one key more', async () => {
    const desk = deskWith(20);
    const spent = await serveAll(desk);
    expect(desk.view.today).toMatchObject({ finished: 16, missed: 4 });
    expect(median(spent)).toBe(2);
  });
});

describe('what is pressed before the answer is there', () => {
  test('comes after it: F2 and F9 at once call somebody and start', async () => {
    const desk = deskWith(2);
    desk.key('F2');
    desk.key('F9');
    await desk.answered();
    expect(desk.view.current).toMatchObject({ number: 'A001', status: 'serving' });
  });

  test('one waits, and a second one is not lost without a word', async () => {
    const desk = deskWith(2);
    desk.key('F2');
    desk.key('F9');
    desk.key('F3');
    expect(desk.notice.value).toBe('full recall');
    await desk.answered();
    expect(desk.view.current?.status).toBe('serving');
  });

  test('what waited for something that failed is not done, and that is said', async () => {
    const desk = deskWith(0);
    desk.key('F2');
    desk.key('F9');
    await desk.answered();
    expect(desk.view.current).toBeUndefined();
    expect(desk.notice.value).toBe('failed start');
  });

  test('a second press of the next step within three seconds is said to rest', async () => {
    const desk = deskWith(2);
    desk.key('F2');
    desk.key('F2');
    expect(desk.notice.value).toBe('notice.resting');
    await desk.answered();
    desk.key('F2');
    await desk.answered();
    expect(desk.view.current?.status).toBe('called');
    desk.wait(3);
    desk.key('F2');
    await desk.answered();
    expect(desk.view.current?.status).toBe('serving');
  });
});

test('the next step opens the question where the service has outcomes of its own', async () => {
  const hall = Hall.open().openCounter('c1', 'ann');
  hall.take('deposit');
  hall.next('c1');
  hall.do({ type: 'StartService', counterId: 'c1' });
  const dialog: { value: DeskDialog | undefined } = { value: undefined };
  const presses = createPresses(
    {
      ...{ me: { counterId: 'c1', staffId: 'ann' }, dialog, notice: { value: '' }, resting: { value: false } },
      ...{
        hindrance: () => '',
        inTurn: (_: ActionId, act: () => Promise<boolean>) => act(),
        rest: () => () => undefined,
      },
      send: () => Promise.reject(new Error('sent without the outcome')),
    } as unknown as Parameters<typeof createPresses>[0],
    () => hall.view({ kind: 'counter', counterId: 'c1' }),
    (service) => service === 'deposit',
    (key) => key,
  );
  await presses.pressPrimary();
  expect(dialog.value).toEqual({ kind: 'code', then: 'finish' });
});
