import { sql, type Kysely, type Migration } from 'kysely';

import type { PaperKey, PrintRecords } from '../printing-ports.ts';
import type { PartState } from '../ports.ts';
import type { Tables } from './tables.ts';

/** A day later nobody asks any more. */
const KEPT_MS = 24 * 3_600_000;

export interface PaperTable {
  ticket_id: string;
  copy: number;
  at: Date;
  printed: boolean | null;
  sent: boolean | null;
  state: PartState | null;
}

export const paperMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table app.paper (
        ticket_id text not null,
        copy int not null,
        at timestamptz not null,
        printed boolean,
        sent boolean,
        state text,
        constraint paper_pkey primary key (ticket_id, copy)
      )`.execute(db);
    await sql`create index paper_at on app.paper (at)`.execute(db);
  },
};

/** Which papers were printed. */
export function sqlPrintRecords(db: Kysely<Tables>): PrintRecords {
  const of = ({ ticketId, copy }: PaperKey) => ({ ticket_id: ticketId, copy });
  return {
    async begin(paper, now) {
      await db
        .deleteFrom('app.paper')
        .where('at', '<', new Date(now - KEPT_MS))
        .execute();
      const begun = await db
        .insertInto('app.paper')
        .values({ ...of(paper), at: new Date(now), printed: null, sent: null, state: null })
        .onConflict((conflict) => conflict.columns(['ticket_id', 'copy']).doNothing())
        .executeTakeFirst();
      return begun.numInsertedOrUpdatedRows === 1n;
    },

    async finish({ ticketId, copy }, { printed, sent, state }) {
      await db
        .updateTable('app.paper')
        .set({ printed, sent, state })
        .where('ticket_id', '=', ticketId)
        .where('copy', '=', copy)
        .execute();
    },

    async resultOf({ ticketId, copy }) {
      const row = await db
        .selectFrom('app.paper')
        .select(['printed', 'sent', 'state'])
        .where('ticket_id', '=', ticketId)
        .where('copy', '=', copy)
        .executeTakeFirst();
      if (row === undefined || row.printed === null || row.sent === null || row.state === null) return undefined;
      return { printed: row.printed, sent: row.sent, state: row.state };
    },
  };
}
