import { type Kysely, type Migration, sql } from 'kysely';
import type { Channel } from '../customer-ports.ts';

export interface CustomerTicketTable {
  branch_id: string;
  day: string;
  ticket_id: string;
  number: string;
  pseudonym: string;
  at: Date;
}

export interface ConsentTable {
  pseudonym: string;
  channel: Channel;
  given: boolean;
  at: Date;
}

/** The only tables that lead from a ticket to a person: erasing them leaves a log of numbers. */
export const personalMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table app.customer_ticket (
        branch_id text not null,
        day date not null,
        ticket_id text not null,
        number text not null,
        pseudonym text not null,
        at timestamptz not null,
        constraint customer_ticket_pkey primary key (branch_id, day, ticket_id)
      )`.execute(db);
    await sql`create index customer_ticket_of on app.customer_ticket (pseudonym)`.execute(db);
    await sql`create index customer_ticket_at on app.customer_ticket (at)`.execute(db);
    await sql`
      create table app.consent (
        pseudonym text not null,
        channel text not null,
        given boolean not null,
        at timestamptz not null,
        constraint consent_pkey primary key (pseudonym, channel)
      )`.execute(db);
  },
};
