import { setTimeout as delay } from 'node:timers/promises';
import { connect, newCommandId, type Connection } from '../../../client/connection.ts';
import type { OutsideCommand } from '../../../protocol/commands.ts';
import type { Ack } from '../../../protocol/messages.ts';
import { Chance } from '../../../simulator/chance.ts';
import type { Ledger } from './ledger.ts';
import { tokenFor, type Place } from './place.ts';

const KIOSKS = 6;
const TELLERS = 6;
/** Between two presses, ms. Three commands serve one ticket, so that a teller is as fast as a kiosk. */
const THINK = { kiosk: [60, 180], teller: [10, 60] } as const;
const TRY_AGAIN_MS = 150;

/**
 * The people of the hall: some take tickets, some call and serve them, all with the client of the screens. Whoever hears nothing, or
 * that it is not known, sends the same command again until it is answered.
 */
export class Crowd {
  readonly #lines: Connection[] = [];
  readonly #people: Promise<void>[] = [];
  #leaving = false;

  constructor(
    private readonly place: Place,
    private readonly ledger: Ledger,
    private readonly seed: number,
  ) {}

  async arrive(): Promise<void> {
    const kiosks = Array.from({ length: KIOSKS }, (_, number) => this.#kiosk(number));
    const tellers = Array.from({ length: TELLERS }, (_, number) => this.#teller(number));
    this.#people.push(...(await Promise.all([...kiosks, ...tellers])).map((start) => start()));
  }

  /** Everybody finishes what is under way, and goes. */
  async leave(): Promise<void> {
    this.#leaving = true;
    await Promise.all(this.#people);
    for (const line of this.#lines) line.close();
  }

  async #kiosk(number: number): Promise<() => Promise<void>> {
    const chance = new Chance(this.seed, `kiosk ${number}`);
    const line = await this.#line(number, { role: 'kiosk' });
    const { service } = this.place.hall;
    return async () => {
      while (!this.#leaving) {
        await delay(chance.between(...THINK.kiosk));
        await this.#ask(line, { type: 'TakeTicket', services: [service] });
      }
    };
  }

  async #teller(number: number): Promise<() => Promise<void>> {
    const chance = new Chance(this.seed, `teller ${number}`);
    const { counters, tellers } = this.place.hall;
    const [counterId = '', staffId = ''] = [counters[number], tellers[number]];
    const line = await this.#line(number, { role: 'teller', staffId });
    const think = () => delay(chance.between(...THINK.teller));
    return async () => {
      await this.#ask(line, { type: 'OpenCounter', counterId, tellerId: staffId });
      while (!this.#leaving) {
        const called = await this.#ask(line, { type: 'CallNext', counterId });
        if (called === undefined || (!called.ok && isEmpty(called))) {
          await delay(TRY_AGAIN_MS);
          continue;
        }
        await think();
        await this.#ask(line, { type: 'StartService', counterId });
        await think();
        await this.#ask(line, { type: 'FinishService', counterId, outcome: 'done' });
        await think();
      }
    };
  }

  async #line(
    number: number,
    who: { readonly role: 'kiosk' | 'teller'; readonly staffId?: string },
  ): Promise<Connection> {
    const door = this.place.doors[number % this.place.doors.length] ?? '';
    const { branchId } = this.place.hall;
    const token = await tokenFor(this.place, who);
    const nothing = () => {};
    const line = connect({
      ...{ url: door, branchId, audience: { kind: 'kiosk' }, token: () => token },
      ...{ onView: nothing, onProfile: nothing, onAlive: nothing, onProblem: nothing },
    });
    this.#lines.push(line);
    return line;
  }

  /** @returns undefined when it was never answered, and everybody leaves */
  async #ask(line: Connection, command: OutsideCommand): Promise<Ack | undefined> {
    const commandId = newCommandId();
    const asked = performance.now();
    let goodbye = Infinity;
    while (performance.now() < goodbye) {
      const result = await line.send(command, commandId);
      if (result.ok) {
        const { version, answer } = result;
        this.ledger.done({ commandId, version, answer }, performance.now() - asked);
        return result;
      }
      if ('rejection' in result) {
        this.ledger.notDone(result.rejection.code);
        return result;
      }
      this.ledger.notDone('problem' in result ? result.problem.code : 'unsent' in result ? 'unsent' : 'unconfirmed');
      await delay(TRY_AGAIN_MS);
      if (this.#leaving) goodbye = Math.min(goodbye, performance.now() + LAST_TRIES_MS);
    }
    return undefined;
  }
}

/** At the end a command that is still not answered is tried for so long. */
const LAST_TRIES_MS = 5_000;

function isEmpty(ack: Ack): boolean {
  return 'rejection' in ack && ack.rejection.code === 'queue-empty';
}
