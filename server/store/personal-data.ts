import { type Kysely, sql } from 'kysely';
import type { PersonalClass, PersonalData } from '../customer-ports.ts';
import { complaintsOf } from './personal-complaints.ts';
import type { Tables } from './tables.ts';

export function sqlPersonalData(db: Kysely<Tables>): PersonalData {
  return {
    async keepTicket(pseudonym, { branchId, day, ticketId, number }, at) {
      await db
        .insertInto('app.customer_ticket')
        .values({ branch_id: branchId, day, ticket_id: ticketId, number, pseudonym, at: new Date(at) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async keepConsents(pseudonym, consents) {
      if (consents.length === 0) return;
      await db
        .insertInto('app.consent')
        .values(consents.map(({ channel, given, at }) => ({ pseudonym, channel, given, at: new Date(at) })))
        .onConflict((conflict) =>
          conflict.columns(['pseudonym', 'channel']).doUpdateSet((eb) => ({
            given: eb.ref('excluded.given'),
            at: eb.ref('excluded.at'),
          })),
        )
        .execute();
    },

    async of(pseudonyms) {
      const tickets = await db
        .selectFrom('app.customer_ticket')
        .selectAll()
        .where('pseudonym', 'in', pseudonyms)
        .orderBy('at')
        .execute();
      const consents = await db
        .selectFrom('app.consent')
        .selectAll()
        .where('pseudonym', 'in', pseudonyms)
        .orderBy('channel')
        .execute();
      const notices = await db
        .selectFrom('app.notice_wish as wish')
        .innerJoin('app.customer_ticket as ticket', (join) =>
          join
            .onRef('ticket.branch_id', '=', 'wish.branch_id')
            .onRef('ticket.day', '=', 'wish.day')
            .onRef('ticket.ticket_id', '=', 'wish.ticket_id'),
        )
        .select(['wish.branch_id', 'wish.day', 'wish.agreed_at'])
        .where('ticket.pseudonym', 'in', pseudonyms)
        .orderBy('wish.agreed_at')
        .execute();
      const feedback = await db
        .selectFrom('app.inbox_text as said')
        .innerJoin('app.inbox_item as item', 'item.id', 'said.item_id')
        .leftJoin('app.customer_ticket as ticket', (join) =>
          join.onRef('ticket.branch_id', '=', 'item.branch_id').onRef('ticket.ticket_id', '=', 'item.ticket_id'),
        )
        .select(['item.branch_id', 'item.number', 'said.at', 'said.text', 'said.contact', 'said.answer'])
        .where((or) => or.or([or('said.pseudonym', 'in', pseudonyms), or('ticket.pseudonym', 'in', pseudonyms)]))
        .orderBy('said.at')
        .execute();
      return {
        complaints: await complaintsOf(db, pseudonyms),
        feedback: feedback.map(({ branch_id: branchId, number, at, text, contact, answer }) => ({
          ...{ branchId, number, at: at.getTime(), text, contact },
          ...(answer !== null && { answer }),
        })),
        notices: notices.map((row) => ({ branchId: row.branch_id, day: row.day, at: row.agreed_at.getTime() })),
        tickets: tickets.map((row) => ({
          branchId: row.branch_id,
          day: row.day,
          number: row.number,
          at: row.at.getTime(),
        })),
        consents: consents.map(({ channel, given, at }) => ({ channel, given, at: at.getTime() })),
      };
    },

    async erase(pseudonyms) {
      // One statement: all of it is gone, or nothing.
      const { rows } = await sql<{ gone: number }>`
        with theirs as (select branch_id, day, ticket_id from app.customer_ticket where pseudonym in (${sql.join(pseudonyms)})),
             notices as (delete from app.notice_wish where (branch_id, day, ticket_id) in (select * from theirs) returning 1),
             feedback as (delete from app.inbox_text where pseudonym in (${sql.join(pseudonyms)}) or item_id in
               (select item.id from app.inbox_item item join theirs using (branch_id, ticket_id)) returning 1),
             cases as (select number from app.complaint_customer where pseudonym in (${sql.join(pseudonyms)})
               union select number from app.complaint join theirs on theirs.branch_id = complaint.branch_id
                 and theirs.ticket_id = complaint.state -> 'link' ->> 'ticketId'),
             texts as (delete from app.complaint_text where number in (select number from cases) returning 1),
             files as (delete from app.complaint_file where number in (select number from cases) returning 1),
             customers as (delete from app.complaint_customer where number in (select number from cases) returning 1),
             tickets as (delete from app.customer_ticket where pseudonym in (${sql.join(pseudonyms)}) returning 1),
             consents as (delete from app.consent where pseudonym in (${sql.join(pseudonyms)}) returning 1)
        select (select count(*) from notices) + (select count(*) from feedback) + (select count(*) from texts) + (select count(*) from files) + (select count(*) from customers) + (select count(*) from tickets) + (select count(*) from consents) as gone`.execute(
        db,
      );
      return rows[0]?.gone ?? 0;
    },

    async eraseBefore(kind, before) {
      const { numAffectedRows = 0n } = await OLD[kind](new Date(before)).execute(db);
      return Number(numAffectedRows);
    },
  };
}

const OLD: Readonly<Record<PersonalClass, (before: Date) => ReturnType<typeof sql>>> = {
  'customer-tickets': (before) => sql`delete from app.customer_ticket where at < ${before}`,
  notices: (before) => sql`delete from app.notice_wish where agreed_at < ${before}`,
  consents: (before) => sql`delete from app.consent where at < ${before}`,
  feedback: (before) => sql`delete from app.inbox_text where at < ${before}`,
  mails: (before) => sql`delete from app.mail where ended_at < ${before}`,
  subscriptions: (before) =>
    sql`delete from app.report_subscription where stopped is not null and changed_at < ${before}`,
  'day-facts': (before) => sql`delete from app.day_facts where day < ${before}::timestamptz::date`,
  complaints: (before) => sql`
    with old as (select number from app.complaint where ended_at < ${before}),
         files as (delete from app.complaint_file where number in (select number from old)),
         customers as (delete from app.complaint_customer where number in (select number from old))
    delete from app.complaint_text where number in (select number from old)`,
  // Of staff: who sat where. Only what is over.
  sessions: (before) => sql`delete from app.staff_session where coalesce(ended_at, expires_at) < ${before}`,
};
