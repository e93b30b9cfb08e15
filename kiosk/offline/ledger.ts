import type { OfflineTicket } from '../../domain/commands.ts';
import type { BusinessDay, Instant, KioskId, SegmentId, TicketId } from '../../domain/ids.ts';
import type { ReservedNumbers } from '../../domain/views/views.ts';

/** What a kiosk must not forget: the numbers that it may give by itself, and the tickets that are not handed in yet. Pure. */

/** The server takes so many at a time. */
const BATCH = 20;

export interface Block {
  readonly series: SegmentId;
  readonly from: number;
  /** The last one. */
  readonly to: number;
  /** The next to be given; behind `to` when it is used up. */
  readonly next: number;
}

/** A ticket on paper that the server does not know yet. */
export interface Given {
  readonly day: BusinessDay;
  /** As it is on the paper. */
  readonly number: string;
  readonly ticket: OfflineTicket;
}

export interface Ledger {
  /** Chosen once: whoever loses this store is another kiosk, so no number of its blocks is given again. */
  readonly kiosk: KioskId;
  /** Of the blocks. */
  readonly day?: BusinessDay | undefined;
  readonly blocks: readonly Block[];
  /** Oldest first. */
  readonly outbox: readonly Given[];
  /** The oldest of them are on their way under this id, until an answer comes. */
  readonly sending?: { readonly commandId: string; readonly count: number } | undefined;
  /** Numbers of `day` that the server did not take: somebody may hold them on paper. */
  readonly turnedAway: readonly string[];
}

export function newLedger(kiosk: KioskId): Ledger {
  return { kiosk, blocks: [], outbox: [], turnedAway: [] };
}

/** Takes over what the server says this kiosk may give. The same ledger when nothing is new. */
export function withReserved(ledger: Ledger, day: BusinessDay, reserved: readonly ReservedNumbers[]): Ledger {
  // An older day is a view that was late.
  if (ledger.day !== undefined && day < ledger.day) return ledger;
  const known = day === ledger.day ? ledger.blocks : [];
  const blocks = reserved
    .filter(({ kiosk }) => kiosk === ledger.kiosk)
    .map(({ series, from, to, next }): Block => {
      const own = known.find((block) => block.series === series && block.from === from);
      return { series, from, to, next: Math.max(next, own?.next ?? from) };
    });
  if (day === ledger.day && JSON.stringify(blocks) === JSON.stringify(ledger.blocks)) return ledger;
  return { ...ledger, day, blocks, turnedAway: day === ledger.day ? ledger.turnedAway : [] };
}

/** Whether a number of any series is left today. */
export function hasNumbers({ day, blocks }: Ledger, today: BusinessDay): boolean {
  return day === today && blocks.some(({ next, to }) => next <= to);
}

/** @returns nothing when no number of the series is left today */
export function give(
  ledger: Ledger,
  today: BusinessDay,
  wish: Omit<OfflineTicket, 'sequence'>,
  numberText: (sequence: number) => string,
): { readonly ledger: Ledger; readonly given: Given } | undefined {
  const block = ledger.blocks.find(({ series, next, to }) => series === wish.series && next <= to);
  if (ledger.day !== today || block === undefined) return undefined;
  const given = { day: today, number: numberText(block.next), ticket: { ...wish, sequence: block.next } };
  const blocks = ledger.blocks.map((each) => (each === block ? { ...block, next: block.next + 1 } : each));
  return { ledger: { ...ledger, blocks, outbox: [...ledger.outbox, given] }, given };
}

/** Takes a ticket out again that is not on its way; its number stays used. */
export function takeBack(ledger: Ledger, ticketId: TicketId): Ledger {
  const place = ledger.outbox.findIndex(({ ticket }) => ticket.ticketId === ticketId);
  if (place < (ledger.sending?.count ?? 0)) return ledger;
  return { ...ledger, outbox: ledger.outbox.toSpliced(place, 1) };
}

export interface Batch {
  readonly commandId: string;
  readonly day: BusinessDay;
  readonly tickets: readonly OfflineTicket[];
}

/** What is to be handed in now: once more what got no answer, else the oldest. */
export function nextBatch(
  ledger: Ledger,
  newId: () => string,
): { readonly ledger: Ledger; readonly batch: Batch | undefined } {
  const day = ledger.outbox[0]?.day;
  if (day === undefined) return { ledger, batch: undefined };
  const ofDay = ledger.outbox.findIndex((given) => given.day !== day);
  const count = Math.min(BATCH, ofDay < 0 ? ledger.outbox.length : ofDay);
  const sending = ledger.sending ?? { commandId: newId(), count };
  const tickets = ledger.outbox.slice(0, sending.count).map(({ ticket }) => ticket);
  return { ledger: { ...ledger, sending }, batch: { commandId: sending.commandId, day, tickets } };
}

/** The server has answered this batch. */
export function handedIn(ledger: Ledger, commandId: string, turnedAway: readonly string[]): Ledger {
  // Another tab has seen the answer, too.
  if (ledger.sending?.commandId !== commandId) return ledger;
  const outbox = ledger.outbox.slice(ledger.sending.count);
  return { ...ledger, outbox, sending: undefined, turnedAway: [...ledger.turnedAway, ...turnedAway] };
}

export function outboxHas({ outbox }: Ledger, ticketId: TicketId): boolean {
  return outbox.some(({ ticket }) => ticket.ticketId === ticketId);
}

/** Takes no time zone but the branch's. */
export function businessDayOf(at: Instant, timeZone: string): BusinessDay {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}
