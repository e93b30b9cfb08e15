import { type Insertable, type Kysely, type Migration, type Selectable, sql } from 'kysely';
import type { StoppedBecause } from '../../protocol/report-subscriptions.ts';
import type { RelativePeriod, ReportFormat } from '../../protocol/subscription-lists.ts';
import type { Locale } from '../../domain/config.ts';
import type { Subscription, SubscriptionRecords } from '../subscription-ports.ts';
import { mailMigration } from './mail-records.ts';
import type { Tables } from './tables.ts';

export interface SubscriptionTable {
  id: string;
  staff_id: string;
  branch_id: string;
  query: string;
  period: RelativePeriod;
  day: number | null;
  hour: number;
  format: ReportFormat;
  language: Locale;
  address: string;
  paused: boolean;
  stopped: StoppedBecause | null;
  made_at: Date;
  changed_at: Date;
  done_day: string | null;
  last_mail: string | null;
  failed_at: Date | null;
}

/** Mails, and the reports that are mailed. */
export const subscriptionMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await mailMigration.up(db);
    await sql`
      create table app.report_subscription (
        id text primary key,
        staff_id text not null references app.staff_account on delete cascade,
        branch_id text not null,
        query text not null,
        period text not null,
        day int,
        hour int not null,
        format text not null,
        language text not null,
        address text not null,
        paused boolean not null,
        stopped text,
        made_at timestamptz not null,
        changed_at timestamptz not null,
        done_day date,
        last_mail text,
        failed_at timestamptz
      )`.execute(db);
    await sql`create index report_subscription_of on app.report_subscription (staff_id)`.execute(db);
  },
};

export function sqlSubscriptions(db: Kysely<Tables>): SubscriptionRecords {
  const all = () => db.selectFrom('app.report_subscription').selectAll().orderBy('made_at').orderBy('id');
  return {
    async of(staffId, branchId) {
      const rows = await all().where('staff_id', '=', staffId).where('branch_id', '=', branchId).execute();
      return rows.map(fromRow);
    },

    async active() {
      return (await all().where('paused', '=', false).execute()).map(fromRow);
    },

    async save(subscription) {
      const { id, ...row } = toRow(subscription);
      await db
        .insertInto('app.report_subscription')
        .values({ id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    async note(id, { stopped, changedAt, doneDay, lastMail, ...rest }) {
      await db
        .updateTable('app.report_subscription')
        .set({
          ...(stopped !== undefined && { stopped, paused: true }),
          ...(changedAt !== undefined && { changed_at: new Date(changedAt) }),
          ...(doneDay !== undefined && { done_day: doneDay }),
          ...(lastMail !== undefined && { last_mail: lastMail }),
          ...('failedAt' in rest && { failed_at: dateOf(rest.failedAt) }),
        })
        .where('id', '=', id)
        .execute();
    },

    async remove(id) {
      await db.deleteFrom('app.report_subscription').where('id', '=', id).execute();
    },
  };
}

function toRow(subscription: Subscription): Insertable<SubscriptionTable> {
  const { staffId, branchId, day, stopped, madeAt, changedAt, doneDay, lastMail, failedAt, ...rest } = subscription;
  return {
    ...rest,
    ...{ staff_id: staffId, branch_id: branchId, day: day ?? null, stopped: stopped ?? null },
    ...{ made_at: new Date(madeAt), changed_at: new Date(changedAt), done_day: doneDay ?? null },
    ...{ last_mail: lastMail ?? null, failed_at: dateOf(failedAt) },
  };
}

function fromRow(row: Selectable<SubscriptionTable>): Subscription {
  const { staff_id, branch_id, day, stopped, made_at, changed_at, done_day, last_mail, failed_at, ...rest } = row;
  return {
    ...rest,
    ...{ staffId: staff_id, branchId: branch_id },
    ...{ madeAt: made_at.getTime(), changedAt: changed_at.getTime() },
    ...(day !== null && { day }),
    ...(stopped !== null && { stopped }),
    ...(done_day !== null && { doneDay: done_day }),
    ...(last_mail !== null && { lastMail: last_mail }),
    ...(failed_at !== null && { failedAt: failed_at.getTime() }),
  };
}

function dateOf(at: number | undefined): Date | null {
  return at === undefined ? null : new Date(at);
}
