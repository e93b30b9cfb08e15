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
/** So often each screen hears that what it shows is the present. */
const BEAT_MS = 5_000;

export interface FanOutOptions {
  readonly hosts: Hosts;
  readonly clock: Clock;
  readonly log: Logger;
  /** As in the door's welcome. */
  readonly publicUrl?: string | undefined;
  readonly sendView: (room: string, message: ViewMessage) => void;
  readonly sendProfile: (branchId: BranchId, profile: BranchProfile) => void;
  readonly sendBeat: (branchId: BranchId, at: Instant) => void;
  /** Told of each view that shows a change: for whom, and how long after it, ms. */
  readonly sent?: (kind: Audience['kind'], lagMs: number) => void;
}

interface Watched {
  /** Who looks, by the room that they are in. */
  readonly audiences: Map<string, Audience>;
  planned: boolean;
  newDay: boolean;
  sentAt: Instant;
  /** When the views that were last sent were made. */
  shownAt: Instant;
  /** The oldest change that is not in a view yet. */
  changedAt?: Instant | undefined;
}

/** Sends each audience that somebody watches its view after every change, made once however many screens show it. */
export class FanOut implements HostListener {
  readonly #options: FanOutOptions;
  readonly #watched = new Map<BranchId, Watched>();
  readonly #ends: readonly (() => void)[];

  constructor(options: FanOutOptions) {
    this.#options = options;
    options.hosts.listen(this);
    this.#ends = [
      every(options.clock, LOOK_AROUND_MS, (now) => this.#lookAround(now)),
      every(options.clock, BEAT_MS, () => this.#beat()),
    ];
  }

  watch(branchId: BranchId, room: string, audience: Audience): void {
    let watched = this.#watched.get(branchId);
    if (watched === undefined) {
      watched = { audiences: new Map(), planned: false, newDay: false, sentAt: 0, shownAt: this.#options.clock.now() };
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
    if (watched === undefined) return;
    watched.changedAt ??= this.#options.clock.now();
    this.#plan(branchId, watched);
  }

  /** Age of the oldest view that was last sent, by kind of screen, ms. */
  ages(): ReadonlyMap<Audience['kind'], number> {
    const now = this.#options.clock.now();
    const ages = new Map<Audience['kind'], number>();
    for (const { audiences, shownAt } of this.#watched.values())
      for (const { kind } of audiences.values()) ages.set(kind, Math.max(ages.get(kind) ?? 0, now - shownAt));
    return ages;
  }

  #plan(branchId: BranchId, watched: Watched): void {
    if (watched.planned) return;
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
    for (const end of this.#ends) end();
  }

  async #send(branchId: BranchId, watched: Watched): Promise<void> {
    watched.sentAt = this.#options.clock.now();
    watched.planned = false;
    const seen = await this.#look(branchId, (state, version) => this.#show(branchId, watched, state, version));
    // Tried again when we look around.
    if (!seen) watched.sentAt = -Infinity;
  }

  /** A beat says that what a screen shows is the present, so it goes out when that is known: without the log, none does. */
  #beat(): void {
    const { clock, sendBeat } = this.#options;
    for (const branchId of this.#watched.keys()) void this.#look(branchId, () => sendBeat(branchId, clock.now()));
  }

  /** @returns false when the log cannot be read, or the day not be opened */
  async #look(branchId: BranchId, see: (state: BranchDay | undefined, version: number) => void): Promise<boolean> {
    const { hosts, log } = this.#options;
    const today = await hosts.today(branchId);
    if (!today.ok) return false;
    try {
      await today.host.look(see);
      return true;
    } catch (error) {
      log.warn({ err: error, branchId }, 'the screens cannot be told how things stand');
      return false;
    }
  }

  #show(branchId: BranchId, watched: Watched, state: BranchDay | undefined, version: number): void {
    const { clock, sendView, sendProfile, sent, publicUrl } = this.#options;
    if (state === undefined) return;
    if (watched.newDay) sendProfile(branchId, profileOf(state.config, publicUrl));
    watched.newDay = false;
    const at = clock.now();
    const lagMs = watched.changedAt === undefined ? undefined : at - watched.changedAt;
    watched.changedAt = undefined;
    watched.shownAt = at;
    for (const [room, audience] of watched.audiences) {
      const view = viewFor(state, audience, at);
      if (view === undefined) continue;
      sendView(room, { version, at, view });
      if (lagMs !== undefined) sent?.(audience.kind, lagMs);
    }
  }

  /** What no message says: midnight, commits of other processes when the bus lost one, and time itself. */
  #lookAround(now: Instant): void {
    const { hosts, log } = this.#options;
    for (const [branchId, watched] of this.#watched) {
      if (now - watched.sentAt >= REFRESH_MS) this.#plan(branchId, watched);
      hosts
        .today(branchId)
        .then((today) => (today.ok ? today.host.checkLog() : undefined))
        .catch((error: unknown) => log.warn({ err: error, branchId }, 'the log could not be asked for news'));
    }
  }
}
