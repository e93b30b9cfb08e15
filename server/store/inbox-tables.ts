import { type ColumnType, type Kysely, type Migration, sql } from 'kysely';
import type { Locale } from '../../domain/config.ts';
import type { InboxState } from '../../domain/inbox/moves.ts';
import type { InboxContact, InboxIdentity, InboxKind, InboxNature, InboxOutcome } from '../../protocol/inbox.ts';

/** The facts: no word that anybody wrote, and nothing of who it was. */
export interface InboxTable {
  id: string;
  number: string;
  branch_id: string;
  kind: InboxKind;
  nature: InboxNature;
  at: Date;
  identity: InboxIdentity;
  language: Locale;
  visit_day: string | null;
  ticket_number: string | null;
  ticket_id: string | null;
  survey_id: string | null;
  key_digest: string | null;
  answer_by: Date | null;
  state: InboxState;
  taken_by: string | null;
  taken_at: Date | null;
  answered_at: Date | null;
  outcome: InboxOutcome | null;
  done_by: string | null;
  done_at: Date | null;
  case_number: string | null;
}

/** What people wrote, of themselves or of others: erased by its time or on demand, and the facts stay. */
export interface InboxTextTable {
  item_id: string;
  at: Date;
  pseudonym: string | null;
  text: string;
  contact: ColumnType<InboxContact, string, string>;
  answer: string | null;
  done_text: string | null;
  page: Buffer | null;
  page_type: string | null;
}

export interface FeedbackCodeTable {
  id: string;
  digest: string;
  until: Date;
  tries: number;
}

export const inboxMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create sequence app.inbox_number`.execute(db);
    await sql`
      create table app.inbox_item (
        id text primary key,
        number text not null unique,
        branch_id text not null,
        kind text not null,
        nature text not null,
        at timestamptz not null,
        identity text not null,
        language text not null,
        visit_day date,
        ticket_number text,
        ticket_id text,
        survey_id text,
        key_digest text unique,
        answer_by timestamptz,
        state text not null,
        taken_by text,
        taken_at timestamptz,
        answered_at timestamptz,
        outcome text,
        done_by text,
        done_at timestamptz,
        case_number text
      )`.execute(db);
    await sql`create index inbox_item_of on app.inbox_item (branch_id, at)`.execute(db);
    await sql`
      create table app.inbox_text (
        item_id text primary key references app.inbox_item,
        at timestamptz not null,
        pseudonym text,
        text text not null,
        contact jsonb not null,
        answer text,
        done_text text,
        page bytea,
        page_type text
      )`.execute(db);
    await sql`create index inbox_text_of on app.inbox_text (pseudonym) where pseudonym is not null`.execute(db);
    await sql`create index inbox_text_at on app.inbox_text (at)`.execute(db);
    await sql`
      create table app.feedback_code (
        id text primary key,
        digest text not null,
        until timestamptz not null,
        tries int not null default 0
      )`.execute(db);
  },
};
