import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { auditMigration } from './audit-tables.ts';
import { dayFactsMigration } from './day-facts-records.ts';
import { inboxMigration } from './inbox-tables.ts';
import { caseMigration } from './case-tables.ts';
import { personalMigration } from './personal-tables.ts';
import { noticeMigration } from './notice-records.ts';
import { paperMigration } from './print-records.ts';
import { ratingMigration } from './rating-records.ts';
import { reviewMigration } from './review-records.ts';
import { subscriptionMigration } from './subscription-records.ts';
import { surveyMigration } from './survey-records.ts';
import type { Tables } from './tables.ts';

/** In order of their names. One that has been released is never changed: write the next. */
const migrations: Record<string, Migration> = {
  '0001-log-and-visits': {
    async up(db: Kysely<unknown>) {
      await sql`
        create table app.commit (
          branch_id text not null,
          day date not null,
          version int not null check (version > 0),
          events jsonb not null,
          command_ids text[] not null,
          written_at timestamptz not null default now(),
          constraint commit_pkey primary key (branch_id, day, version)
        )`.execute(db);
      // So that "which days were opened and never closed" looks at two short indexes, not at the log.
      await sql`create index commit_opening on app.commit (branch_id, day) where events @> '[{"type":"DayOpened"}]'`.execute(
        db,
      );
      await sql`create index commit_closing on app.commit (branch_id, day) where events @> '[{"type":"DayClosed"}]'`.execute(
        db,
      );
      await sql`
        create table app.visit (
          branch_id text not null,
          day date not null,
          ticket_id text not null,
          number text not null,
          segment text not null,
          services text[] not null,
          care_needs text[] not null,
          tier text,
          status text not null,
          reason text,
          issued_at timestamptz not null,
          ended_at timestamptz not null,
          waited_ms bigint not null,
          served_ms bigint not null,
          counter_id text,
          teller_id text,
          quote jsonb,
          periods jsonb not null,
          constraint visit_pkey primary key (branch_id, day, ticket_id)
        )`.execute(db);
    },
  },
  '0002-forecast': {
    async up(db: Kysely<unknown>) {
      await sql`
        create table app.forecast (
          branch_id text not null,
          day date not null,
          made jsonb,
          known_until date,
          came jsonb,
          constraint forecast_pkey primary key (branch_id, day)
        )`.execute(db);
      await sql`
        create table app.forecast_model (
          branch_id text primary key,
          learned_until date not null,
          model jsonb not null
        )`.execute(db);
    },
  },
  '0003-identity': {
    async up(db: Kysely<unknown>) {
      await sql`
        create table app.staff_account (
          staff_id text primary key,
          name text not null,
          grants jsonb not null,
          pin_hash text,
          password_hash text,
          link jsonb,
          disabled boolean not null,
          demo boolean not null
        )`.execute(db);
      // Also of numbers that nobody has, so that a lock does not tell which ones exist.
      await sql`
        create table app.sign_in_attempt (
          staff_id text primary key,
          failures int not null,
          locked_until timestamptz not null
        )`.execute(db);
      await sql`
        create table app.staff_session (
          id text primary key,
          staff_id text not null references app.staff_account on delete cascade,
          role text not null,
          also text[] not null,
          branch_id text,
          counter_id text,
          opened_at timestamptz not null,
          used_at timestamptz not null,
          expires_at timestamptz not null,
          ended_at timestamptz,
          ended_by text
        )`.execute(db);
      await sql`create index staff_session_of on app.staff_session (staff_id) where ended_at is null`.execute(db);
      await sql`
        create unique index staff_session_seat on app.staff_session (branch_id, counter_id)
         where ended_at is null and counter_id is not null`.execute(db);
      await sql`
        create table app.device (
          id text primary key,
          branch_id text not null,
          kind text not null,
          name text not null,
          counter_id text,
          paired_at timestamptz not null,
          paired_by text not null,
          revoked_at timestamptz,
          revoked_by text,
          seen_at timestamptz,
          state jsonb not null
        )`.execute(db);
      await sql`create index staff_session_ended on app.staff_session (ended_at) where ended_at is not null`.execute(
        db,
      );
      await sql`create index device_of on app.device (branch_id) where revoked_at is null`.execute(db);
      await sql`create index device_revoked on app.device (revoked_at) where revoked_at is not null`.execute(db);
      await sql`
        create table app.device_pairing (
          id text primary key,
          key_digest text not null,
          branch_id text not null,
          kind text not null,
          code text not null,
          until timestamptz not null,
          device_id text references app.device,
          constraint device_pairing_code unique (branch_id, code)
        )`.execute(db);
    },
  },
  '0004-audit': auditMigration,
  '0005-personal-data': personalMigration,
  '0006-paper': paperMigration,
  '0007-ratings': ratingMigration,
  '0008-notices': noticeMigration,
  '0009-day-facts': dayFactsMigration,
  '0010-cases': caseMigration,
  '0011-inbox': inboxMigration,
  '0012-surveys': surveyMigration,
  '0013-reviews': reviewMigration,
  '0014-subscriptions': subscriptionMigration,
};

/** The names of all forms of the tables that this program knows, oldest first. */
export const tableForms: readonly string[] = Object.keys(migrations);

/** Brings the tables up to date. Of two processes that start together one does it and the other waits. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableSchema: 'app',
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw new Error('The tables could not be brought up to date.', { cause: error });
}
