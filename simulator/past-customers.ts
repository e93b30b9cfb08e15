import type { Offer, TakeTicket } from '../domain/commands.ts';
import { machineOffer } from '../domain/diversion/machine-offer.ts';
import { machineSegmentFor } from '../domain/diversion/machines.ts';
import { newcomersNow } from '../domain/estimate/waits-now.ts';
import { MINUTE, type Instant, type TicketId } from '../domain/ids.ts';
import { segmentFor } from '../domain/segment-rules.ts';
import { minutesToNext } from './arrivals.ts';
import type { Chance } from './chance.ts';
import { AWAY_MINUTES, COMES_BACK, fateOf, IMPATIENT, PATIENCE_MINUTES, type Fate } from './fates.ts';
import { lobbyOf, type PastHall } from './past-hall.ts';
import { wishOf } from './wish.ts';

/** What those say who are offered a machine. */
const ANSWERS: readonly (readonly [Offer['answer'] | 'left', number])[] = [
  ['accepted', 58],
  ['declined', 34],
  ['left', 8],
];
/** In the end everybody goes home. */
const LONGEST_MINUTES = [70, 150] as const;
/** Pressed the wrong tile, and takes another number. */
const MISTAKE = 0.005;
const MISTAKE_MINUTES = 0.5;
/** A care need that the lobby sees while they wait. */
const CARE_SEEN = 0.01;
const CARE_SEEN_MINUTES = [0.5, 4] as const;

/** Those who come to a past day, and what becomes of them until they are called. */
export class PastCustomers {
  readonly #fates = new Map<TicketId, Fate>();
  readonly #people: Chance;
  readonly #offers: Chance;

  constructor(private readonly hall: PastHall) {
    this.#people = hall.chance('people');
    this.#offers = hall.chance('offers');
  }

  begin(): void {
    this.#next(this.hall.options.opensAt, this.hall.chance('arrivals'));
  }

  fateOf(ticketId: TicketId): Fate {
    return this.#fates.get(ticketId) ?? 'comes';
  }

  /** To be told of each ticket that is taken. */
  arrived(ticketId: TicketId): void {
    const { hall } = this;
    this.#fates.set(ticketId, fateOf(this.#people));
    if (this.#people.happens(IMPATIENT))
      hall.in(this.#people.exponential(PATIENCE_MINUTES), () =>
        hall.send({ type: 'CancelTicket', ticketId, reason: 'left' }, 'customer'),
      );
    else if (this.#people.happens(MISTAKE))
      hall.in(MISTAKE_MINUTES, () => hall.send({ type: 'CancelTicket', ticketId, reason: 'mistake' }, 'customer'));
    else if (this.#people.happens(CARE_SEEN)) this.#careIsSeen(ticketId);
    hall.in(this.#people.between(...LONGEST_MINUTES), () => {
      if (hall.day.tickets.get(ticketId)?.status === 'waiting')
        hall.send({ type: 'CancelTicket', ticketId, reason: 'left' }, 'customer');
    });
  }

  missed(ticketId: TicketId): void {
    if (!this.#people.happens(COMES_BACK)) return;
    this.#fates.set(ticketId, 'comes');
    this.hall.in(this.#people.exponential(AWAY_MINUTES), () =>
      this.hall.send({ type: 'RejoinQueue', ticketId }, 'customer'),
    );
  }

  #next(at: Instant, chance: Chance): void {
    const { opensAt, closesAt, perHour } = this.hall.options;
    const partAt = (minutes: number) => (at + minutes * MINUTE - opensAt) / (closesAt - opensAt);
    const next = at + Math.round(minutesToNext(chance, perHour, partAt) * MINUTE);
    if (next >= closesAt) return;
    this.hall.at(next, () => {
      this.#comesWith(wishOf(chance, this.hall.options.config));
      this.#next(next, chance);
    });
  }

  #comesWith(wish: TakeTicket): void {
    const kiosk = 'device:kiosk-1';
    const savesMinutes = this.#savedAtMachine(wish);
    if (savesMinutes === undefined) return void this.hall.send(wish, kiosk);
    const [service = ''] = wish.services;
    const offer = { channel: 'machine', savesMinutes } as const;
    const answer = this.#offers.weighted(ANSWERS) ?? 'declined';
    if (answer === 'left') this.hall.send({ type: 'LeaveOffer', service, ...offer }, kiosk);
    else this.hall.send({ ...wish, offer: { ...offer, answer } }, kiosk);
  }

  /** As the kiosk asks (rule L1); nobody is asked while nobody waits. */
  #savedAtMachine({ services, careNeeds = [], tier, amount }: TakeTicket): number | undefined {
    const { day, now } = this.hall;
    const [service = ''] = services;
    if (day.queue.size === 0 || services.length > 1 || careNeeds.length > 0) return undefined;
    const { segment } = segmentFor(day, { services, careNeeds, tier, amount });
    const machines = machineSegmentFor(day, service);
    if (machines === undefined || machines === segment) return undefined;
    const places = [segment, machines].map((each) => ({ service, segment: each, care: false }));
    const [atCounter, atMachine] = newcomersNow(day, now, places);
    return machineOffer(day, service, machines, { atCounter, atMachine })?.savesMinutes;
  }

  #careIsSeen(ticketId: TicketId): void {
    const { hall } = this;
    const need = this.#people.pick(hall.options.config.careNeeds)?.id;
    if (need === undefined) return;
    hall.in(this.#people.between(...CARE_SEEN_MINUTES), () => {
      if (hall.day.tickets.get(ticketId)?.status === 'waiting')
        hall.send({ type: 'MarkCareNeeds', ticketId, careNeeds: [need] }, lobbyOf(hall.options.config));
    });
  }
}
