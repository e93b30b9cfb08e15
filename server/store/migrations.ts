import { type Kysely, type Migration, Migrator, sql } from 'kysely';
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
