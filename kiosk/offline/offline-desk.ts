import { newCommandId, type SendResult } from '../../client/connection.ts';
import type { OfflineTicket } from '../../domain/commands.ts';
import type { Instant, SegmentId, TicketId } from '../../domain/ids.ts';
import type { BranchProfile, KioskView, ReservedNumbers } from '../../domain/views/views.ts';
import type { OutsideCommand } from '../../protocol/commands.ts';
import { businessDayOf, give, handedIn, hasNumbers, nextBatch, takeBack, withReserved, type Ledger } from './ledger.ts';
import type { KeptHall, KioskStore } from './ports.ts';

/** After the server has no more numbers for us it is not asked again sooner. */
const ASK_AGAIN_MS = 60_000;

export interface OfflineDeskOptions {
  readonly store: KioskStore;
  readonly send: (command: OutsideCommand, commandId?: string) => Promise<SendResult>;
  /** The server's clock, as far as it is known here. */
  readonly now: () => Instant;
  /** What was last seen of the branch. */
  readonly hall: () => Pick<KeptHall, 'profile' | 'view'> | undefined;
  /** Told whenever the ledger is another one. */
  readonly changed?: (ledger: Ledger) => void;
}

/** What a customer wants, and what is known of them. */
export type Wish = Pick<OfflineTicket, 'services' | 'careNeeds' | 'tier' | 'language' | 'insteadOf'>;

export interface OfflineIssue {
  readonly ticketId: TicketId;
  readonly number: string;
  /** Of the series; the server decides by the rules when it is handed in. */
  readonly segment: SegmentId;
}

/** Gives numbers while the server is away, and hands them in when it is back (rules N5–N10). Knows no browser and no screen. */
export class OfflineDesk {
  readonly #options: OfflineDeskOptions;
  #ledger: Ledger | undefined;
  #handing: Promise<void> | undefined;
  #askedAt = -Infinity;

  constructor(options: OfflineDeskOptions) {
    this.#options = options;
  }

  /** To be called at the start, and with every view that comes: it is what the server knows. Never rejects for want of an answer. */
  async saw(view: KioskView | undefined): Promise<void> {
    await this.#change((ledger) => ({
      ledger: view === undefined ? ledger : withReserved(ledger, view.day, view.reserved ?? []),
      result: undefined,
    }));
    if (view?.open !== true) return;
    await this.handIn();
    await this.#fillUp(view);
  }

  /** Whether a number could be given now without the server. */
  mayGive(): boolean {
    const hall = this.#options.hall();
    if (hall === undefined || this.#ledger === undefined || !hall.view.open) return false;
    return hasNumbers(this.#ledger, this.#today(hall.profile));
  }

  /** Durable when it resolves; nothing when no number is left today. Rejects when the store fails: then none was given. */
  give(wish: Wish): Promise<OfflineIssue | undefined> {
    const hall = this.#options.hall();
    const series = hall?.view.services.find(({ service }) => service === wish.services[0])?.segment;
    const segment = hall?.profile.segments.find(({ id }) => id === series);
    if (hall === undefined || segment === undefined || !hall.view.open) return Promise.resolve(undefined);
    const { prefix, width, id } = segment;
    const numberText = (sequence: number) => prefix + String(sequence).padStart(width, '0');
    return this.#change((ledger) => {
      const ticket = { ...wish, ticketId: newTicketId(), series: id, takenAt: this.#options.now() };
      const done = give(ledger, this.#today(hall.profile), ticket, numberText);
      if (done === undefined) return { ledger, result: undefined };
      const { number } = done.given;
      return { ledger: done.ledger, result: { ticketId: ticket.ticketId, number, segment: id } };
    });
  }

  /** @returns false when it is handed in already, or on its way: then the server has to be told */
  takeBack(ticketId: TicketId): Promise<boolean> {
    return this.#change((before) => {
      const ledger = takeBack(before, ticketId);
      return { ledger, result: ledger !== before };
    });
  }

  /** Oldest first, until nothing is left or the server does not answer. */
  handIn(): Promise<void> {
    this.#handing ??= this.#handInAll().finally(() => (this.#handing = undefined));
    return this.#handing;
  }

  async #handInAll(): Promise<void> {
    // Only what there is to hand in is written down as being on its way.
    while (this.#ledger !== undefined && this.#ledger.outbox.length > 0) {
      const { kiosk } = this.#ledger;
      const batch = await this.#change((before) => {
        const { ledger, batch: next } = nextBatch(before, newCommandId);
        return { ledger, result: next };
      });
      if (batch === undefined) return;
      const { commandId, day, tickets } = batch;
      const result = await this.#options.send({ type: 'HandInTickets', kiosk, day, tickets }, commandId);
      if (!result.ok) return;
      const turnedAway = result.answer.turnedAway?.map(({ number }) => number) ?? [];
      await this.#change((ledger) => ({ ledger: handedIn(ledger, commandId, turnedAway), result: undefined }));
    }
  }

  async #fillUp(view: KioskView): Promise<void> {
    const { profile } = this.#options.hall() ?? {};
    const { kiosk } = this.#ledger ?? {};
    const now = this.#options.now();
    if (profile === undefined || kiosk === undefined || now - this.#askedAt < ASK_AGAIN_MS) return;
    if (!isLow(profile, view.reserved?.filter((block) => block.kiosk === kiosk) ?? [])) return;
    this.#askedAt = now;
    const result = await this.#options.send({ type: 'ReserveNumbers', kiosk });
    // The view that shows them is on its way.
    if (result.ok || 'unsent' in result) this.#askedAt = -Infinity;
  }

  #today({ timeZone }: BranchProfile): string {
    return businessDayOf(this.#options.now(), timeZone);
  }

  async #change<T>(step: (ledger: Ledger) => { readonly ledger: Ledger; readonly result: T }): Promise<T> {
    const { ledger, result } = await this.#options.store.change((before) => {
      const after = step(before);
      return { ledger: after.ledger, result: { ledger: after.ledger, result: after.result } };
    });
    this.#ledger = ledger;
    this.#options.changed?.(ledger);
    return result;
  }
}

/** As the server sees it (rule N6): of some series half of a block or less is left. */
function isLow({ segments }: BranchProfile, own: readonly ReservedNumbers[]): boolean {
  return segments.some(({ id }) => {
    const blocks = own.filter(({ series }) => series === id);
    const size = Math.max(0, ...blocks.map(({ from, to }) => to - from + 1));
    const left = blocks.reduce((sum, { next, to }) => sum + to - next + 1, 0);
    return left * 2 <= size;
  });
}

/** 128 random bits, as the server makes them: the paper's link is good as soon as the ticket is handed in. */
function newTicketId(): TicketId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
