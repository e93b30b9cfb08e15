import type { CallTicket, Command, OpenCounter, OpenDay, ResumeTicket, ServeWithoutTicket } from '../commands.ts';
import type { CounterId } from '../ids.ts';
import { counterCanDo } from '../routing/skills.ts';
import type { Counter } from '../state.ts';
import type { Recorded } from './recorded.ts';
import type { Replay } from './replay.ts';
import type { Act, DayScript } from './script.ts';

type AtCounter = CallTicket | ResumeTicket | ServeWithoutTicket;

interface Wish {
  readonly command: AtCounter;
  readonly recorded: Recorded | undefined;
}

/**
 * What happens by its own time: tickets are taken, people sit down, pause and leave, and choose by hand. What has to wait
 * (the counter is busy, the teller still sits elsewhere) is done as soon as it can be; what cannot be done is counted.
 */
export class ByHand {
  #wishes: Wish[] = [];
  /** Tellers who still sit somewhere else. */
  readonly #sitting = new Map<CounterId, { readonly command: OpenCounter; readonly recorded: Recorded }>();
  /** Tellers who go home when nobody waits. */
  readonly #leaving = new Map<CounterId, Recorded>();

  constructor(
    private readonly hall: Replay,
    private readonly script: DayScript,
  ) {}

  plan(): void {
    for (const act of this.script.acts) {
      const { at, order } = act.recorded;
      if (!this.#isPolicys(act)) this.hall.at(at, order, () => this.#act(act));
    }
  }

  wish(command: AtCounter, recorded: Recorded | undefined): void {
    const wish = { command, recorded };
    if (!this.#grant(wish)) this.#wishes.push(wish);
  }

  /** To be asked after each command: what waited may be possible now. */
  settle(): void {
    if (this.#wishes.length > 0) {
      const wishes = this.#wishes;
      this.#wishes = [];
      // A wish that is granted settles again, and may add to the list.
      for (const wish of wishes) this.wish(wish.command, wish.recorded);
    }
    for (const [counterId, { command, recorded }] of this.#sitting)
      if (this.hall.send(command, recorded.by, recorded)) this.#sitting.delete(counterId);
    if (this.#leaving.size > 0 && this.hall.state.queue.size === 0)
      for (const [counterId, recorded] of this.#leaving) {
        this.#leaving.delete(counterId);
        this.hall.send(recorded.command, recorded.by, recorded);
      }
  }

  /** The day closes. */
  giveUp(): void {
    for (const { command } of this.#wishes.splice(0)) this.hall.leaveOut(command);
    for (const { command } of this.#sitting.values()) this.hall.leaveOut(command);
    this.#sitting.clear();
    this.#leaving.clear();
  }

  /** Where floating windows were opened by hand, that was the policy, and another one takes its place. */
  #isPolicys({ recorded: { command } }: Act): boolean {
    if (command.type !== 'OpenCounter' && command.type !== 'CloseCounter') return false;
    const before = (this.script.opening.command as OpenDay).config.floating.policy;
    const { config, index } = this.hall.state;
    const other = before === 'manual' && config.floating.policy !== 'manual';
    return other && index.counters.get(command.counterId)?.kind === 'floating';
  }

  #act(act: Act): void {
    const { hall } = this;
    const { recorded, from, undoes, goesHome } = act;
    const { command, by } = recorded;
    switch (command.type) {
      case 'CallNext': {
        const { status, ticketId } = this.#counter(command.counterId) ?? {};
        if (status === 'open' && ticketId === undefined) hall.send(command, by, recorded);
        return;
      }
      case 'CallTicket':
      case 'ServeWithoutTicket':
        return this.wish(command, recorded);
      case 'OpenCounter':
        return this.#sit(command, recorded);
      case 'CloseCounter':
        this.#forget(command.counterId);
        if (goesHome === true && hall.state.queue.size > 0) this.#leaving.set(command.counterId, recorded);
        else if (!hall.send(command, by, recorded) && this.#counter(command.counterId)?.status === 'open')
          hall.leaveOut(command);
        return;
      case 'UndoLast': {
        const { lastByActor, lastByCounter } = hall.state;
        const action = command.counterId === undefined ? lastByActor.get(by) : lastByCounter.get(command.counterId);
        if (action?.commandId !== undoes || !hall.send(command, by, recorded)) hall.leaveOut(command);
        return;
      }
      default: {
        const ticketId = 'ticketId' in command && from !== undefined ? command.ticketId : undefined;
        const fits = ticketId === undefined || hall.state.tickets.get(ticketId)?.status === from;
        if (!fits || !hall.send(command, by, recorded)) hall.leaveOut(command);
      }
    }
  }

  #sit(command: OpenCounter, recorded: Recorded): void {
    const { hall } = this;
    this.#forget(command.counterId);
    if (hall.send(command, recorded.by, recorded)) return;
    const counter = this.#counter(command.counterId);
    const sitsThere = counter?.status !== 'closed' && counter?.tellerId === command.tellerId;
    if (counter?.status === 'closed') this.#sitting.set(command.counterId, { command, recorded });
    else if (!sitsThere) hall.leaveOut(command);
  }

  /** Somebody changed their mind about this counter. */
  #forget(counterId: CounterId): void {
    const sitting = this.#sitting.get(counterId);
    if (sitting !== undefined) this.hall.leaveOut(sitting.command);
    this.#sitting.delete(counterId);
    this.#leaving.delete(counterId);
  }

  /** @returns false when it has to wait */
  #grant({ command, recorded }: Wish): boolean {
    const { hall } = this;
    if ('ticketId' in command) {
      const status = hall.state.tickets.get(command.ticketId)?.status;
      const wanted = command.type === 'ResumeTicket' ? status === 'held' : status === 'waiting' || status === 'missed';
      if (!wanted) return this.#leaveOut(command);
    }
    const place = this.#counter(command.counterId);
    const gone = place === undefined || place.status === 'closed' || place.status === 'closing';
    if (gone && command.type !== 'ResumeTicket') return this.#leaveOut(command);
    const counterId = gone ? this.#anyFor(command) : command.counterId;
    const counter = counterId === undefined ? undefined : this.#counter(counterId);
    if (counterId === undefined || counter?.status !== 'open' || counter.ticketId !== undefined) return false;
    const own = counterId === command.counterId;
    const by = own && recorded !== undefined ? recorded.by : hall.deskOf(counterId);
    return hall.send({ ...command, counterId }, by, recorded) || this.#leaveOut(command);
  }

  #leaveOut(command: Command): true {
    this.hall.leaveOut(command);
    return true;
  }

  /** Somebody else can go on with a customer who was held. */
  #anyFor(command: AtCounter): CounterId | undefined {
    const { state } = this.hall;
    const service = 'ticketId' in command ? state.tickets.get(command.ticketId)?.services[0] : command.services[0];
    for (const { id, status, ticketId } of state.counters.values())
      if (status === 'open' && ticketId === undefined && counterCanDo(state, id, service ?? '')) return id;
    return undefined;
  }

  #counter(counterId: CounterId): Counter | undefined {
    return this.hall.state.counters.get(counterId);
  }
}
