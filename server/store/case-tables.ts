import { type ColumnType, type Kysely, type Migration, sql } from 'kysely';
import type { CaseOutcome, CaseStatus, ComplaintCase } from '../../domain/cases/case.ts';
import type { CaseEvent } from '../../domain/cases/events.ts';
import type { CaseContact } from '../../protocol/cases.ts';

/** One row of a case, for lists: made from its events and written with them. Nothing that anybody wrote is in it. */
export interface CaseTable {
  number: string;
  version: number;
  branch_id: string;
  received_at: Date;
  status: CaseStatus;
  owner_id: string | null;
  warn_at: Date;
  due: Date;
  /** The time to decide and inform runs. */
  runs: boolean;
  /** Since when it does not. */
  rested_at: Date | null;
  ended_at: Date | null;
  outcome: CaseOutcome | null;
  root_cause: string | null;
  on_time: boolean | null;
  next_at: Date | null;
  state: ColumnType<ComplaintCase, string, string>;
  key_digest: string;
  verified: boolean;
}

export interface CaseEventTable {
  number: string;
  version: number;
  events: ColumnType<readonly CaseEvent[], string, never>;
}

/** Personal, as the next two: erased by its time, or on demand. */
export interface CaseTextTable {
  number: string;
  version: number;
  text: string;
}

export interface CaseCustomerTable {
  number: string;
  contact: ColumnType<CaseContact, string, string>;
  pseudonym: string | null;
}

export interface CaseFileTable {
  id: string;
  number: string;
  name: string;
  media_type: string;
  bytes: number;
  at: Date;
  by: string;
  letter: boolean;
  content: Buffer;
}

export const caseMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table app.complaint (
        number text primary key,
        version int not null,
        branch_id text not null,
        received_at timestamptz not null,
        status text not null,
        owner_id text,
        warn_at timestamptz not null,
        due timestamptz not null,
        runs boolean not null,
        rested_at timestamptz,
        ended_at timestamptz,
        outcome text,
        root_cause text,
        on_time boolean,
        next_at timestamptz,
        state jsonb not null,
        key_digest text not null unique,
        verified boolean not null
      )`.execute(db);
    await sql`create index complaint_of on app.complaint (branch_id, received_at)`.execute(db);
    await sql`create index complaint_next on app.complaint (next_at) where next_at is not null`.execute(db);
    await sql`
      create table app.complaint_event (
        number text not null references app.complaint,
        version int not null,
        events jsonb not null,
        constraint complaint_event_pkey primary key (number, version)
      )`.execute(db);
    await sql`
      create table app.complaint_text (
        number text not null references app.complaint,
        version int not null,
        text text not null,
        constraint complaint_text_pkey primary key (number, version)
      )`.execute(db);
    await sql`
      create table app.complaint_customer (
        number text primary key references app.complaint,
        contact jsonb not null,
        pseudonym text
      )`.execute(db);
    await sql`create index complaint_customer_of on app.complaint_customer (pseudonym) where pseudonym is not null`.execute(
      db,
    );
    await sql`
      create table app.complaint_file (
        id text primary key,
        number text not null references app.complaint,
        name text not null,
        media_type text not null,
        bytes int not null,
        at timestamptz not null,
        by text not null,
        letter boolean not null,
        content bytea not null
      )`.execute(db);
    await sql`create index complaint_file_of on app.complaint_file (number)`.execute(db);
  },
};
