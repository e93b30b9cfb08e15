import type { Forecast } from '../domain/config.ts';
import type { DomainEvent } from '../domain/events.ts';
import type { ForecastModel } from '../domain/forecast/forecast.ts';
import type { Volume } from '../domain/forecast/volume.ts';
import type { ActorId, BranchId, BusinessDay, CounterId, Instant, SegmentId, ZoneId } from '../domain/ids.ts';
import type { Visit } from '../domain/visit.ts';

/** What the server needs from the world. Each is narrow, and says what it means, not how it is done. */

export interface Clock {
  now(): Instant;
  /** Calls back once at `at` or soon after; the result takes it back. */
  wakeAt(at: Instant, wake: () => void): () => void;
}

/** What one turn of a branch host decided: all of it becomes durable, or nothing. */
export interface Commit {
  readonly branchId: BranchId;
  readonly day: BusinessDay;
  /** The first commit of a day is 1. */
  readonly version: number;
  readonly events: readonly DomainEvent[];
  /** Visits that ended in this turn, written in the same statement. */
  readonly visits: readonly Visit[];
  /** Tickets that had ended and, by an undo or a rejoin, have not any more. */
  readonly reopened: readonly string[];
}

export interface StoredCommit {
  readonly version: number;
  readonly events: readonly DomainEvent[];
}

export interface EventStore {
  /** True when other processes may write to the same log. */
  readonly shared: boolean;
  /**
   * Resolves when a commit that is handed over now is written next. Whoever decides only then takes along all that has come in
   * meanwhile; who does not wait for it loses nothing but that.
   */
  ready(): Promise<void>;
  /**
   * Resolves when the commit is durable: `appended`; or `conflict` when the version was taken by another process, and then
   * nothing of it is there. Rejects when the store is away; then it is not known, and the host reads again.
   */
  append(commit: Commit): Promise<'appended' | 'conflict'>;
  /** The commits after `afterVersion`, in order. */
  read(branchId: BranchId, day: BusinessDay, afterVersion: number): Promise<readonly StoredCommit[]>;
  /** The latest version, 0 when there is none. */
  head(branchId: BranchId, day: BusinessDay): Promise<number>;
  /** Runs `turn` while no other process's turn of this branch that asked for the same is running. */
  exclusively<T>(branchId: BranchId, turn: () => Promise<T>): Promise<T>;
  /** Days of the branch that were opened and not closed, oldest first. */
  unclosedDays(branchId: BranchId): Promise<readonly BusinessDay[]>;
}

export interface IssuedTicket {
  readonly segment: SegmentId;
  readonly at: Instant;
}

/** Tickets taken in each half hour of a day, by the segment that they were issued for. */
export type Arrivals = Readonly<Record<SegmentId, readonly number[]>>;

export interface MadeForecast {
  readonly forecast: Forecast;
  readonly volume: Volume;
  /** The last finished day that it was made from. */
  readonly knownUntil: BusinessDay;
}

/** What was forecast for a day, and what came once it was over. */
export interface ForecastRecord {
  readonly made?: MadeForecast;
  readonly came?: Arrivals;
}

/** What is kept beside the log. */
export interface Records {
  visits(branchId: BranchId, day: BusinessDay): Promise<readonly Visit[]>;
  /** Days that were opened, later than `after` when that is given and before `before`, oldest first. */
  openedDays(branchId: BranchId, after: BusinessDay | undefined, before: BusinessDay): Promise<readonly BusinessDay[]>;
  /** Every ticket that was taken on the day, in any order, with the segment that it was issued for. */
  ticketsIssued(branchId: BranchId, day: BusinessDay): Promise<readonly IssuedTicket[]>;
  forecast(branchId: BranchId, day: BusinessDay): Promise<ForecastRecord>;
  /** Replaces an earlier one only when it was made from a later day. */
  keepForecast(branchId: BranchId, day: BusinessDay, made: MadeForecast): Promise<void>;
  forecastModel(branchId: BranchId): Promise<ForecastModel | undefined>;
  /** What came on a finished day together with the model that learned from it; a model that knows as much or more stays. */
  keepLesson(branchId: BranchId, day: BusinessDay, came: Arrivals, model: ForecastModel): Promise<void>;
}

export interface Jobs {
  /** Says what to do when a job of this name is due. A handler may run twice for one job. */
  handle(name: string, handler: (data: Readonly<Record<string, unknown>>) => Promise<void>): void;
  /** Once, at `at` or soon after; a second one with the same id is ignored. */
  once(name: string, id: string, at: Instant, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** By a cron pattern in a time zone; replaces the one of the same id. */
  every(
    name: string,
    id: string,
    cron: string,
    timeZone: string,
    data: Readonly<Record<string, unknown>>,
  ): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Tells every process that a branch is at a new version. A lost message is harmless: the next one, or a look at the log, shows the gap. */
export interface Bus {
  publish(message: BusMessage): void;
  subscribe(listener: (message: BusMessage) => void): () => void;
  /** Whether what other processes publish comes through now. While it does not, a shared log must be asked for news. */
  connected(): boolean;
  close(): Promise<void>;
}
export interface BusMessage {
  readonly branchId: BranchId;
  readonly day: BusinessDay;
  readonly version: number;
}

/** A screen that is connected to one of the processes. Phones are people, not devices, and are not kept. */
export interface PresentScreen {
  readonly kind: ScreenKind;
  /** Who it signed in as, `device:kiosk-1` or `staff:1001`. */
  readonly actor: ActorId;
  readonly counterId?: CounterId | undefined;
  readonly zone?: ZoneId | undefined;
  /** Since when it shows this. */
  readonly since: Instant;
}
export type ScreenKind = 'kiosk' | 'display' | 'counter' | 'manager';

/** Which screens are connected, over all processes. */
export interface Presence {
  /** Present until the result is called. */
  arrived(branchId: BranchId, screen: PresentScreen): () => void;
  /** Those of a branch, in any order; `complete` is false when it is only known who is at this process. */
  screens(branchId: BranchId): Promise<{ readonly screens: readonly PresentScreen[]; readonly complete: boolean }>;
  /** How many are connected to this process. */
  here(): Readonly<Record<ScreenKind, number>>;
  close(): Promise<void>;
}
