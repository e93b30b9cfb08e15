import { type ColumnType, type Kysely, type Migration, sql } from 'kysely';
import type { Rating, RatingRecords } from '../rating-ports.ts';
import type { Tables } from './tables.ts';

export interface RatingTable {
  branch_id: string;
  day: string;
  ticket_id: string;
  channel: Rating['channel'];
  at: Date;
  score: number;
  reasons: Rating['reasons'];
  dimensions: ColumnType<Rating['dimensions'], string, never>;
  segment: string;
  services: readonly string[];
  counter_id: string | null;
  teller_id: string | null;
}

export const ratingMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table app.rating (
        branch_id text not null,
        day date not null,
        ticket_id text not null,
        channel text not null,
        at timestamptz not null,
        score smallint not null check (score between 1 and 5),
        reasons text[] not null,
        dimensions jsonb not null,
        segment text not null,
        services text[] not null,
        counter_id text,
        teller_id text,
        constraint rating_pkey primary key (branch_id, day, ticket_id, channel)
      )`.execute(db);
  },
};

export function sqlRatings(db: Kysely<Tables>): RatingRecords {
  return {
    async add({ branchId, ticketId, counterId, tellerId, at, dimensions, ...rest }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('app.rating')
        .values({
          ...rest,
          ...{ branch_id: branchId, ticket_id: ticketId, at: new Date(at), dimensions: JSON.stringify(dimensions) },
          ...{ counter_id: counterId ?? null, teller_id: tellerId ?? null },
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async ofDay(branchId, day) {
      const rows = await db
        .selectFrom('app.rating')
        .selectAll()
        .where('branch_id', '=', branchId)
        .where('day', '=', day)
        .orderBy('at')
        .orderBy('ticket_id')
        .execute();
      return rows.map(({ branch_id, ticket_id, counter_id, teller_id, at, ...rest }) => ({
        ...rest,
        ...{ branchId: branch_id, ticketId: ticket_id, at: at.getTime() },
        ...(counter_id !== null && { counterId: counter_id }),
        ...(teller_id !== null && { tellerId: teller_id }),
      }));
    },
  };
}
