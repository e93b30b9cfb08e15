import type { Text } from '../domain/config.ts';
import type { ActorId, BusinessDay, Instant } from '../domain/ids.ts';

/** What happened, in the audit. No name, number or address of a customer is in it, and no link of a ticket. */
export interface AuditAct {
  readonly at: Instant;
  readonly actor: ActorId;
  /** The counter or the device that it came from, where that is known. */
  readonly device?: string | undefined;
  /** Types of events, or one administrative act. */
  readonly acts: readonly string[];
  /** Where it stands in the log; absent for an administrative act. */
  readonly log?: { readonly day: BusinessDay; readonly version: number; readonly commandId: string } | undefined;
  /** What it was done to: `tickets` by their numbers, `counters`, an account, a device … */
  readonly about: Readonly<Record<string, string | readonly string[]>>;
  readonly before?: AuditFacts | undefined;
  readonly after?: AuditFacts | undefined;
}
export type AuditFacts = { readonly [name: string]: string | number | boolean | null | readonly string[] | AuditFacts };

/** One row of a chain: its hash is over the hash before it and everything that it says. */
export interface AuditRow {
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  readonly act: AuditAct;
  readonly previous: string;
  readonly hash: string;
}

/** Whether every row of a chain is as it was written. */
export type AuditVerdict =
  | { readonly ok: true; readonly rows: number; readonly hash: string }
  /** `seq` is the first row that is not; `why` is for the person who repairs it. */
  | { readonly ok: false; readonly seq: number; readonly why: string };
export type AuditCheck = AuditVerdict & { readonly checkedAt: Instant };

interface Named {
  readonly id: string;
  readonly name: Text;
}
interface Called {
  readonly id: string;
  readonly name: string;
}
/** What the ids in the rows are called today. One that is not here any more is shown as it is. */
export interface AuditNames {
  /** IANA name. The days of a search are days there. */
  readonly timeZone: string;
  readonly people: readonly Called[];
  readonly devices: readonly Called[];
  /** Of the branch; empty for what belongs to none. `name` is the label on the sign. */
  readonly counters: readonly Called[];
  readonly segments: readonly Named[];
  readonly services: readonly Named[];
  readonly careNeeds: readonly Named[];
  readonly profiles: readonly Named[];
  /** Of pausing and of holding a ticket. */
  readonly reasons: readonly Named[];
}
