import type { CounterConfig, Forecast, Locale } from '../domain/config.ts';
import type { DomainEvent } from '../domain/events.ts';
import type { ForecastModel } from '../domain/forecast/forecast.ts';
import type { Volume } from '../domain/forecast/volume.ts';
import type {
  ActorId,
  BranchId,
  BusinessDay,
  CounterId,
  Instant,
  SegmentId,
  ServiceId,
  StaffId,
  ZoneId,
} from '../domain/ids.ts';
import type { Visit } from '../domain/visit.ts';
import type { AuditRow } from '../protocol/audit.ts';
import type { SoundState, VoiceForm } from '../protocol/display.ts';
import type { DeviceKind, StaffRole } from './identity/caller.ts';

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
  /** Of a display: under which name it says how its sound is. */
  readonly sound?: { readonly screen: string; readonly state: SoundState } | undefined;
  /** Since when it shows this. */
  readonly since: Instant;
}
export type ScreenKind = 'kiosk' | 'display' | 'counter' | 'manager' | 'rating';

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

/** A call as it is to be spoken: nothing but a number and a counter. */
export interface Phrase {
  readonly language: Locale;
  readonly number: string;
  readonly counter: Pick<CounterConfig, 'label' | 'kind'>;
  /** The whole sentence, or the number alone. */
  readonly form: VoiceForm;
  /** How a 1 in a number is read in Mandarin. */
  readonly one: 'yi' | 'yao';
}

/** The voice of the hall. */
export interface Voice {
  /** The engine that is used where there are no recordings; undefined when there is none. */
  readonly engine: string | undefined;
  /** A WAV file. `no-voice`: neither recordings nor engine can say it; `busy`: ask again in a moment. */
  say(
    phrase: Phrase,
  ): Promise<
    { readonly ok: true; readonly wav: Buffer } | { readonly ok: false; readonly reason: 'no-voice' | 'busy' }
  >;
}

/** A program that reads text aloud. */
export interface SpeechEngine {
  readonly name: string;
  /** @returns a WAV file. Rejects when the program fails */
  speak(language: Locale, text: string): Promise<Buffer>;
}

/** A role in one branch; without a branch, in all of them. */
export interface Grant {
  readonly role: StaffRole;
  readonly branchId?: BranchId | undefined;
}

/** Somebody who may sign in. The name is the one of the branch file, where that has the same id. */
export interface StaffAccount {
  readonly staffId: StaffId;
  readonly name: string;
  readonly grants: readonly Grant[];
  /** Hashes, never the secrets. A PIN opens a counter, a password the console. */
  readonly pinHash?: string | undefined;
  readonly passwordHash?: string | undefined;
  /** A link that was handed out to set both, until it is used; of it only a digest is kept. */
  readonly link?: { readonly digest: string; readonly until: Instant } | undefined;
  readonly disabled: boolean;
  /** Made for a demonstration, with a PIN that everybody knows. */
  readonly demo: boolean;
}

export interface StaffSession {
  readonly id: string;
  readonly staffId: StaffId;
  readonly role: StaffRole;
  readonly also: readonly StaffRole[];
  readonly branchId?: BranchId | undefined;
  /** Of a teller: nobody else has a session at this counter. */
  readonly counterId?: CounterId | undefined;
  readonly openedAt: Instant;
  /** When the person last did something. */
  readonly usedAt: Instant;
  readonly expiresAt: Instant;
  readonly endedAt?: Instant | undefined;
  /** Who ended it. */
  readonly endedBy?: ActorId | undefined;
}

/** A device that was paired. */
export interface Device {
  readonly id: string;
  readonly branchId: BranchId;
  readonly kind: DeviceKind;
  readonly name: string;
  /** What a machine or a call pad works at, and a rating screen stands at. */
  readonly counterId?: CounterId | undefined;
  readonly pairedAt: Instant;
  readonly pairedBy: ActorId;
  readonly revokedAt?: Instant | undefined;
  readonly revokedBy?: ActorId | undefined;
  readonly seenAt?: Instant | undefined;
  readonly state: DeviceState;
}
export type PartState = 'ok' | 'low' | 'empty' | 'fault';
/** What a device says of itself; a part that it does not have is absent. */
export interface OfflineState {
  /** Whether its page starts while the server is away: not when it came over plain http. */
  readonly starts: boolean;
  /** Tickets that it gave by itself and has not handed in yet. */
  readonly toHandIn: number;
  /** Numbers that were handed in and are not in the queue. */
  readonly turnedAway: readonly string[];
}
export interface DeviceState {
  /** Of a machine (rule M1). */
  readonly fault?: boolean | undefined;
  readonly cannot?: readonly ServiceId[] | undefined;
  readonly printer?: PartState | undefined;
  readonly reader?: PartState | undefined;
  readonly sound?: SoundState | undefined;
  /** Of a kiosk: how it gets on without the server. */
  readonly offline?: OfflineState | undefined;
  readonly version?: string | undefined;
}

/** A device that shows its code and waits. */
export interface Pairing {
  readonly id: string;
  /** Of the key with which the device asks how it stands. */
  readonly keyDigest: string;
  readonly branchId: BranchId;
  readonly kind: DeviceKind;
  /** Short, and different from every other of the branch that is waiting. */
  readonly code: string;
  readonly until: Instant;
  /** Once it is confirmed. */
  readonly deviceId?: string | undefined;
}

/** Who may sign in, who is, and which devices were paired. */
export interface Identities {
  account(staffId: StaffId): Promise<StaffAccount | undefined>;
  accounts(): Promise<readonly StaffAccount[]>;
  /** Makes or replaces it; attempts that failed stay counted. */
  saveAccount(account: StaffAccount): Promise<void>;
  /** Accounts of a demonstration, and their sessions. */
  removeDemoAccounts(): Promise<void>;
  /**
   * Counts an attempt to sign in as a failed one, before it is known how it ends, so that many at once gain nothing.
   * @param lockMs how long the next attempt must wait after the first, second … failure; the last holds for all further ones
   * @returns nothing when it may go on, else until when the account is locked
   */
  beginAttempt(staffId: StaffId, at: Instant, lockMs: readonly number[]): Promise<Instant | undefined>;
  clearAttempts(staffId: StaffId): Promise<void>;

  /** False when somebody has a session at the counter that has not ended. */
  openSession(session: StaffSession): Promise<boolean>;
  session(id: string): Promise<StaffSession | undefined>;
  /** Sessions that have not ended, oldest first; those that ran out are among them. */
  sessions(of: { readonly staffId: StaffId } | { readonly branchId: BranchId }): Promise<readonly StaffSession[]>;
  touchSession(id: string, at: Instant): Promise<void>;
  endSession(id: string, at: Instant, by: ActorId): Promise<void>;
  /** Sessions that were ended and devices that were revoked at this time or later. */
  endedSince(at: Instant): Promise<readonly string[]>;

  /** False when a waiting device of the branch shows the same code. Forgets those whose time is over. */
  startPairing(pairing: Pairing, now: Instant): Promise<boolean>;
  pairing(id: string): Promise<Pairing | undefined>;
  pairingOf(branchId: BranchId, code: string): Promise<Pairing | undefined>;
  /** The device of a pairing; false when it has one already. */
  addDevice(device: Device, pairingId: string): Promise<boolean>;
  device(id: string): Promise<Device | undefined>;
  /** By kind and name; revoked ones are not among them. */
  devices(branchId: BranchId): Promise<readonly Device[]>;
  noteDevice(id: string, at: Instant, state: DeviceState): Promise<void>;
  /** Counters whose machine has reported before and not since then. */
  silentMachines(since: Instant): Promise<readonly { readonly branchId: BranchId; readonly counterId: CounterId }[]>;
  revokeDevice(id: string, at: Instant, by: ActorId): Promise<void>;
}

export type { AuditAct, AuditFacts, AuditRow } from '../protocol/audit.ts';

/** How far the log of a branch has been written down. */
export interface AuditProgress {
  /** Every day until this one is over and written down. */
  readonly doneUntil?: BusinessDay | undefined;
  /** The last version that is written down of each later day. */
  readonly versions: Readonly<Record<BusinessDay, number>>;
}

export interface AuditHead {
  /** 0 before the first row. */
  readonly seq: number;
  readonly hash: string;
  readonly progress: AuditProgress;
}

export interface AuditQuery {
  readonly actor?: string | undefined;
  /** Number of a ticket. */
  readonly ticket?: string | undefined;
  readonly counterId?: string | undefined;
  /** Where it came from: a counter, a device, `phone`. */
  readonly device?: string | undefined;
  readonly act?: string | undefined;
  readonly from?: Instant | undefined;
  readonly until?: Instant | undefined;
  /** Only rows before this one, newest first: the next page. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** Chains of rows that are added to and never changed: one for each branch, and one (`*`) for what belongs to none. */
export interface AuditStore {
  chains(): Promise<readonly string[]>;
  head(chain: string): Promise<AuditHead>;
  /** All of it becomes durable, or nothing. False when the chain does not end at `from` any more. */
  append(chain: string, from: AuditHead, rows: readonly AuditRow[], progress: AuditProgress): Promise<boolean>;
  /** In order. */
  rows(chain: string, afterSeq: number, limit: number): Promise<readonly AuditRow[]>;
  /** Newest first. */
  search(chain: string, query: AuditQuery): Promise<readonly AuditRow[]>;
}
