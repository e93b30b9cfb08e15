import type { Command } from '../commands.ts';
import type { CommandId, CounterId, Instant, ServiceId, StaffId, TicketId } from '../ids.ts';
import type { TicketStatus } from '../state.ts';
import type { Habits } from './habits.ts';
import type { Recorded } from './recorded.ts';

/**
 * A recorded day as what came from outside: what people did, and how long after what. Under the policy in force the same
 * people do the same things at the same times; under another one they do them when their turn comes.
 */
export interface DayScript {
  readonly opening: Recorded;
  readonly closing: Recorded;
  /** By their own time: tickets taken, people who sit down, pause and leave, and what was chosen by hand. */
  readonly acts: readonly Act[];
  readonly stories: ReadonlyMap<TicketId, readonly Step[]>;
  /** Each time that somebody could have pressed "next", arrived or answered: by what is alike, in order. */
  readonly reactions: ReadonlyMap<string, readonly Reaction[]>;
  /** By the moment at which they were due. */
  readonly reviews: ReadonlyMap<Instant, Recorded>;
  /** Stretches in which a review that was due did not happen: the server was late, or away. By their beginning. */
  readonly away: readonly Away[];
  readonly habits: Habits;
}

export interface Act {
  readonly recorded: Recorded;
  /** Of the ticket that it is about. */
  readonly from?: TicketStatus | undefined;
  /** Of an undo. */
  readonly undoes?: CommandId | undefined;
  /** A teller who goes home when nobody waits any more. */
  readonly goesHome?: boolean | undefined;
}

/** What happens to a ticket, one after the other. `after`: ms after the step before, or after it was taken. */
export type Step =
  /** It is called, by whom and when ever. */
  | { readonly kind: 'called' }
  | ActStep
  /** Somebody undoes a command that was about other tickets too; or the machine that it is at fails (rule M2). */
  | { readonly kind: 'undone' | 'sent-back'; readonly after: number }
  /** Nothing more: so it was until the day closed. */
  | { readonly kind: 'stays'; readonly after: number; readonly from: TicketStatus };

export interface ActStep {
  readonly kind: 'act';
  readonly recorded: Recorded;
  readonly after: number;
  /** Its status before. */
  readonly from: TicketStatus;
  /** While it was at a counter: which one, who sat there, and the service that was current. */
  readonly counterId?: CounterId | undefined;
  readonly tellerId?: StaffId | undefined;
  readonly service: ServiceId;
  /** Of the end of a service: what was done. */
  readonly served?: readonly ServiceId[] | undefined;
  /** Of an undo: the place of what it undoes. */
  readonly undoes?: number | undefined;
}

/** From when somebody could to when they did, ms; or, when they did not, for how long they could have. */
export interface Reaction {
  readonly after: number;
  readonly recorded?: Recorded | undefined;
}

/** What a machine says, or does not say any more. */
export function isOfMachine({ type }: Command): boolean {
  return type === 'ReportMachine' || type === 'MarkMachineSilent';
}

export interface Away {
  readonly from: Instant;
  readonly to: Instant;
  /** Of the review at its end. */
  readonly order: number;
}
