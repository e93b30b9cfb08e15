import { type Kysely, type Migration, type Selectable, sql } from 'kysely';
import type { Locale } from '../../domain/config.ts';
import type { NoticeRecords, NoticeWish } from '../notice-ports.ts';
import type { Tables } from './tables.ts';

export interface NoticeTable {
  branch_id: string;
  day: string;
  ticket_id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  language: Locale;
  agreed_at: Date;
}

export const noticeMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table app.notice_wish (
        branch_id text not null,
        day date not null,
        ticket_id text not null,
        endpoint text not null,
        p256dh text not null,
        auth text not null,
        language text not null,
        agreed_at timestamptz not null,
        constraint notice_wish_pkey primary key (branch_id, day, ticket_id)
      )`.execute(db);
  },
};

export function sqlNotices(db: Kysely<Tables>): NoticeRecords {
  return {
    async keep({ branchId, day, ticketId, address, language, agreedAt }) {
      const wish = { ...address, language, agreed_at: new Date(agreedAt) };
      await db
        .insertInto('app.notice_wish')
        .values({ branch_id: branchId, day, ticket_id: ticketId, ...wish })
        .onConflict((conflict) => conflict.columns(['branch_id', 'day', 'ticket_id']).doUpdateSet(wish))
        .execute();
    },

    async of(branchId, day) {
      const wishes = db.selectFrom('app.notice_wish').selectAll().where('branch_id', '=', branchId);
      return (await wishes.where('day', '=', day).execute()).map(wishOf);
    },

    async wish(branchId, day, ticketId) {
      const wishes = db.selectFrom('app.notice_wish').selectAll().where('branch_id', '=', branchId);
      const row = await wishes.where('day', '=', day).where('ticket_id', '=', ticketId).executeTakeFirst();
      return row && wishOf(row);
    },

    async forget(branchId, day, ticketId) {
      const wishes = db.deleteFrom('app.notice_wish').where('branch_id', '=', branchId);
      await wishes.where('day', '=', day).where('ticket_id', '=', ticketId).execute();
    },
  };
}

function wishOf(row: Selectable<NoticeTable>): NoticeWish {
  const { endpoint, p256dh, auth, language } = row;
  return {
    ...{ branchId: row.branch_id, day: row.day, ticketId: row.ticket_id, language },
    address: { endpoint, p256dh, auth },
    agreedAt: row.agreed_at.getTime(),
  };
}
