import type { DomainEvent } from '../../domain/events.ts';
import type { TicketId } from '../../domain/ids.ts';
import type { BranchDay } from '../../domain/state.ts';
import type { Diversion } from '../../protocol/reports.ts';

/** What came of the offers of a day (rule L3). A ticket with a care need, noticed before or after, is in no figure. */
export class DiversionCount {
  #left = 0;
  readonly #offers = new Map<TicketId, { readonly accepted: boolean; readonly savesMinutes: number }>();
  readonly #failed = new Set<TicketId>();

  see(event: DomainEvent): void {
    if (event.type === 'ChannelFailed') this.#failed.add(event.ticketId);
    if (event.type !== 'ChannelOffered') return;
    const { ticketId, answer, savesMinutes } = event;
    if (ticketId === undefined) this.#left += 1;
    else this.#offers.set(ticketId, { accepted: answer === 'accepted', savesMinutes });
  }

  /** Nothing when nobody was asked. */
  figures({ tickets }: BranchDay): Diversion | undefined {
    const asked = [...this.#offers].filter(([id]) => tickets.get(id)?.careNeeds.length === 0);
    const accepted = asked.filter(([, offer]) => offer.accepted);
    const kept = accepted.filter(([id]) => !this.#failed.has(id));
    if (asked.length === 0 && this.#left === 0) return undefined;
    return {
      accepted: accepted.length,
      declined: asked.length - accepted.length,
      left: this.#left,
      failed: accepted.length - kept.length,
      savedMinutes: kept.reduce((sum, [, { savesMinutes }]) => sum + savesMinutes, 0),
    };
  }
}
