import type { Logger } from 'pino';
import type { BranchId, Instant } from '../domain/ids.ts';
import type { BranchDay } from '../domain/state.ts';
import { profileOf } from '../domain/views/profile.ts';
import { viewFor } from '../domain/views/view-for.ts';
import type { Audience, BranchProfile } from '../domain/views/views.ts';
import type { ViewMessage } from '../protocol/messages.ts';
import { every } from './every.ts';
import type { HostListener, Hosts } from './hosts.ts';
import type { Clock } from './ports.ts';

/** Changes that come closer together than this go out as one view. The first after a quiet time goes out at once. */
const GATHER_MS = 50;
/** Waits grow and the order of a queue shifts with time alone, so views are sent again after this. */
const REFRESH_MS = 10_000;
const LOOK_AROUND_MS = 1_000;

export interface FanOutOptions {
  readonly hosts: Hosts;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sendView: (room: string, message: ViewMessage) => void;
  readonly sendProfile: (branchId: BranchId, profile: BranchProfile) => void;
}

interface Watched {
  /** Who looks, by the room that they are in. */
  readonly audiences: Map<string, Audience>;
  planned: boolean;
  newDay: boolean;
  sentAt: Instant;
}

/** Sends each audience that somebody watches its view after every change, made once however many screens show it. */
export class FanOut implements HostListener {
  readonly #options: FanOutOptions;
  readonly #watched = new Map<BranchId, Watched>();
  readonly #end: () => void;

  constructor(options: FanOutOptions) {
    this.#options = options;
    options.hosts.listen(this);
    this.#end = every(options.clock, LOOK_AROUND_MS, (now) => this.#lookAround(now));
  }

  watch(branchId: BranchId, room: string, audience: Audience): void {
    let watched = this.#watched.get(branchId);
    if (watched === undefined) {
      watched = { audiences: new Map(), planned: false, newDay: false, sentAt: 0 };
      this.#watched.set(branchId, watched);
    }
    watched.audiences.set(room, audience);
  }

  /** Nobody is in the room any more. */
  left(branchId: BranchId, room: string): void {
    const watched = this.#watched.get(branchId);
    watched?.audiences.delete(room);
    if (watched?.audiences.size === 0) this.#watched.delete(branchId);
  }

  changed(branchId: BranchId): void {
    const watched = this.#watched.get(branchId);
    if (watched === undefined || watched.planned) return;
    watched.planned = true;
    const { clock } = this.#options;
    const at = watched.sentAt + GATHER_MS;
    if (at <= clock.now()) void this.#send(branchId, watched);
    else clock.wakeAt(at, () => void this.#send(branchId, watched));
  }

  newDay(branchId: BranchId): void {
    const watched = this.#watched.get(branchId);
    if (watched === undefined) return;
    watched.newDay = true;
    this.changed(branchId);
  }

  stop(): void {
    this.#end();
  }

  async #send(branchId: BranchId, watched: Watched): Promise<void> {
    const { hosts, clock, log } = this.#options;
    watched.sentAt = clock.now();
    watched.planned = false;
    const today = await hosts.today(branchId);
    if (!today.ok) return;
    try {
      await today.host.look((state, version) => this.#show(branchId, watched, state, version));
    } catch (error) {
      log.error({ err: error, branchId }, 'views could not be sent');
    }
  }

  #show(branchId: BranchId, watched: Watched, state: BranchDay | undefined, version: number): void {
    const { clock, sendView, sendProfile } = this.#options;
    if (state === undefined) return;
    if (watched.newDay) sendProfile(branchId, profileOf(state.config));
    watched.newDay = false;
    const at = clock.now();
    for (const [room, audience] of watched.audiences) {
      const view = viewFor(state, audience, at);
      if (view !== undefined) sendView(room, { version, at, view });
    }
  }

  /** What no message says: midnight, commits of other processes when the bus lost one, and time itself. */
  #lookAround(now: Instant): void {
    const { hosts, log } = this.#options;
    for (const [branchId, watched] of this.#watched) {
      if (now - watched.sentAt >= REFRESH_MS) this.changed(branchId);
      hosts
        .today(branchId)
        .then((today) => (today.ok ? today.host.checkLog() : undefined))
        .catch((error: unknown) => log.warn({ err: error, branchId }, 'the log could not be asked for news'));
    }
  }
}
