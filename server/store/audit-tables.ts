import { type ColumnType, type GeneratedAlways, type Kysely, type Migration, sql } from 'kysely';
import type { AuditAct, AuditProgress } from '../ports.ts';

export interface AuditTable {
  chain: string;
  seq: number;
  act: ColumnType<AuditAct, string, never>;
  previous: string;
  hash: string;
  /** Of `act`, to search by. */
  at: GeneratedAlways<number>;
}

export interface AuditHeadTable {
  chain: string;
  seq: number;
  hash: string;
  progress: ColumnType<AuditProgress, string, string>;
}

/** The trigger is against mistakes and careless hands. Whoever owns the database can drop it: the chain is against them. */
export const auditMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table app.audit (
        chain text not null,
        seq int not null check (seq > 0),
        act jsonb not null,
        previous text not null,
        hash text not null,
        at bigint generated always as ((act->>'at')::bigint) stored,
        constraint audit_pkey primary key (chain, seq)
      )`.execute(db);
    await sql`create index audit_time on app.audit (chain, at)`.execute(db);
    await sql`
      create table app.audit_head (
        chain text primary key,
        seq int not null,
        hash text not null,
        progress jsonb not null
      )`.execute(db);
    await sql`
      create function app.refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'rows of app.% are only added', tg_table_name;
      end $$`.execute(db);
    await sql`
      create trigger audit_is_added_to before update or delete or truncate on app.audit
        for each statement execute function app.refuse_change()`.execute(db);
  },
};
