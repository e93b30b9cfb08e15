import type { Logger } from 'pino';
import { z } from 'zod';
import type { BranchId, BusinessDay, Instant, TicketId } from '../../domain/ids.ts';
import type { BranchDay } from '../../domain/state.ts';
import type { HostListener, Hosts } from '../hosts.ts';
import type { NoticeRecords, NoticeWish, Notifier } from '../notice-ports.ts';
import type { Clock, Jobs } from '../ports.ts';
import { dueNotice, isOver, type DueNotice } from './due-notice.ts';

const JOB = 'send-notice';
/** Changes that come closer together are looked at once. */
const GATHER_MS = 250;
/** Wishes that came to another process are known here after this. */
const KNOWN_MS = 30_000;
/** What is older than this is told to nobody: they see it when they look. */
const STALE_MS = 10 * 60_000;

const jobSchema = z.object({
  branchId: z.string(),
  day: z.string(),
  ticketId: z.string(),
  kind: z.enum(['near', 'called', 'missed']),
  number: z.string(),
  label: z.string().optional(),
  at: z.number(),
});

export interface NoticesOptions {
  readonly hosts: Hosts;
  readonly records: NoticeRecords;
  readonly notifier: Notifier;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Watched {
  readonly day: BusinessDay;
  wishes: Map<TicketId, NoticeWish>;
  readAt: Instant;
  /** Occasions that this process has handed over already. */
  readonly told: Set<string>;
}

/**
 * Tells customers who agreed to it when their turn is near, when they are called and when they missed it. Each occasion is a job of its
 * own, tried again while the push service is away; of several processes that see it one sends. With the ticket the address is erased.
 */
export class Notices implements HostListener {
  readonly #options: NoticesOptions;
  readonly #watched = new Map<BranchId, Watched>();
  readonly #planned = new Set<BranchId>();
  #stopped = false;

  constructor(options: NoticesOptions) {
    this.#options = options;
    options.jobs.handle(JOB, (data) => this.#send(data));
    options.hosts.listen(this);
  }

  get key(): string {
    return this.#options.notifier.key;
  }

  sendsTo(endpoint: string): boolean {
    return this.#options.notifier.sendsTo(endpoint);
  }

  /** @returns false when there is no such ticket, or it is over */
  async agree(wish: Omit<NoticeWish, 'day' | 'agreedAt'>): Promise<boolean> {
    const { hosts, records, clock } = this.#options;
    const { branchId, ticketId } = wish;
    const today = await hosts.today(branchId);
    if (!today.ok) return false;
    const { day } = today.host;
    const goesOn = await today.host.look((state) => {
      const ticket = state?.tickets.get(ticketId);
      return state !== undefined && ticket !== undefined && !isOver(state, ticket, clock.now());
    });
    if (!goesOn) return false;
    const whole = { ...wish, day, agreedAt: clock.now() };
    await records.keep(whole);
    this.#of(branchId, day).wishes.set(ticketId, whole);
    this.changed(branchId);
    return true;
  }

  /** The customer has thought better of it. */
  async withdraw(branchId: BranchId, ticketId: TicketId): Promise<void> {
    const today = await this.#options.hosts.today(branchId);
    if (today.ok) await this.#forget(branchId, today.host.day, ticketId);
  }

  changed(branchId: BranchId): void {
    if (this.#planned.has(branchId)) return;
    this.#planned.add(branchId);
    const { clock, log } = this.#options;
    clock.wakeAt(clock.now() + GATHER_MS, () => {
      this.#planned.delete(branchId);
      if (this.#stopped) return;
      this.#look(branchId).catch((error: unknown) =>
        log.warn({ err: error, branchId }, 'who is to be notified could not be found out'),
      );
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  newDay(branchId: BranchId): void {
    this.#watched.delete(branchId);
  }

  #of(branchId: BranchId, day: BusinessDay): Watched {
    let watched = this.#watched.get(branchId);
    if (watched?.day !== day) {
      watched = { day, wishes: new Map(), readAt: -Infinity, told: new Set() };
      this.#watched.set(branchId, watched);
    }
    return watched;
  }

  async #look(branchId: BranchId): Promise<void> {
    const { hosts, records, clock } = this.#options;
    const today = await hosts.today(branchId);
    if (!today.ok) return;
    const { day } = today.host;
    const watched = this.#of(branchId, day);
    if (clock.now() - watched.readAt >= KNOWN_MS) {
      watched.readAt = clock.now();
      watched.wishes = new Map((await records.of(branchId, day)).map((wish) => [wish.ticketId, wish]));
    }
    if (watched.wishes.size === 0) return;
    const seen = await today.host.look((state) => (state === undefined ? [] : this.#seen(state, watched)));
    for (const { wish, due, over } of seen) {
      if (due !== undefined) await this.#tell(watched, wish, due);
      if (over) await this.#forget(branchId, day, wish.ticketId);
    }
  }

  #seen(state: BranchDay, { wishes }: Watched) {
    const now = this.#options.clock.now();
    return [...wishes.values()].map((wish) => {
      const ticket = state.tickets.get(wish.ticketId);
      const due = ticket && dueNotice(state, ticket);
      return { wish, due, over: ticket === undefined || isOver(state, ticket, now) };
    });
  }

  async #tell({ told }: Watched, { branchId, day, ticketId }: NoticeWish, due: DueNotice): Promise<void> {
    const { jobs, clock } = this.#options;
    const { id, ...notice } = due;
    if (told.has(id)) return;
    const at = clock.now();
    // Without the address: that stays where it is erased with the ticket.
    await jobs.once(JOB, id, at, { branchId, day, ticketId, ...notice, at });
    told.add(id);
  }

  async #send(data: unknown): Promise<void> {
    const { records, notifier, clock } = this.#options;
    const { branchId, day, ticketId, kind, number, label, at } = jobSchema.parse(data);
    if (clock.now() - at > STALE_MS) return;
    const wish = await records.wish(branchId, day, ticketId);
    if (wish === undefined) return;
    const outcome = await notifier.send(wish.address, { kind, number, label, language: wish.language });
    if (outcome === 'gone') await this.#forget(branchId, day, ticketId);
  }

  async #forget(branchId: BranchId, day: BusinessDay, ticketId: TicketId): Promise<void> {
    await this.#options.records.forget(branchId, day, ticketId);
    this.#watched.get(branchId)?.wishes.delete(ticketId);
  }
}
