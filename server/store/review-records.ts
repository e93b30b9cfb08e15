import { type ColumnType, type Kysely, type Migration, type Selectable, sql } from 'kysely';
import type { Meeting, PackFacts, ReviewAction } from '../../protocol/reviews.ts';
import type { ReviewRecords } from '../review-ports.ts';
import type { Tables } from './tables.ts';

export interface ReviewPackTable {
  branch_id: string;
  month: string;
  made_at: Date;
  meeting_id: string;
  facts: ColumnType<PackFacts, string, never>;
}
export interface ReviewMeetingTable {
  branch_id: string;
  id: string;
  made_at: Date;
  version: number;
  meeting: ColumnType<Meeting, string, string>;
}
export interface ReviewActionTable {
  branch_id: string;
  id: string;
  meeting_id: string;
  what: string;
  owner: string;
  due: string;
  state: ReviewAction['state'];
  changed: ColumnType<ReviewAction['changed'] | null, string | null, string | null>;
}

export const reviewMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table app.review_meeting (
        branch_id text not null,
        id text not null,
        made_at timestamptz not null,
        version int not null,
        meeting jsonb not null,
        constraint review_meeting_pkey primary key (branch_id, id)
      )`.execute(db);
    await sql`
      create table app.review_pack (
        branch_id text not null,
        month text not null,
        made_at timestamptz not null,
        meeting_id text not null,
        facts jsonb not null,
        constraint review_pack_pkey primary key (branch_id, month)
      )`.execute(db);
    await sql`
      create table app.review_action (
        branch_id text not null,
        id text not null,
        meeting_id text not null,
        what text not null,
        owner text not null,
        due date not null,
        state text not null,
        changed jsonb,
        constraint review_action_pkey primary key (branch_id, id)
      )`.execute(db);
  },
};

export function sqlReviews(db: Kysely<Tables>): ReviewRecords {
  const meetingRow = (meeting: Meeting) => ({ version: meeting.version, meeting: JSON.stringify(meeting) });
  return {
    async addPack({ madeAt, facts, meetingId }, meeting) {
      const { branchId, month } = facts;
      return db.transaction().execute(async (both) => {
        const { numInsertedOrUpdatedRows: added } = await both
          .insertInto('app.review_pack')
          .values({
            ...{ branch_id: branchId, month, made_at: new Date(madeAt), meeting_id: meetingId },
            facts: JSON.stringify(facts),
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (added !== 1n) return false;
        await both
          .insertInto('app.review_meeting')
          .values({ branch_id: branchId, id: meetingId, made_at: new Date(madeAt), ...meetingRow(meeting) })
          .execute();
        return true;
      });
    },

    async pack(branchId, month) {
      const row = await db
        .selectFrom('app.review_pack')
        .selectAll()
        .where('branch_id', '=', branchId)
        .where('month', '=', month)
        .executeTakeFirst();
      return row && { madeAt: row.made_at.getTime(), facts: row.facts, meetingId: row.meeting_id };
    },

    async packs(branchId) {
      const rows = await db
        .selectFrom('app.review_pack')
        .select(['month', 'made_at', 'meeting_id'])
        .where('branch_id', '=', branchId)
        .orderBy('month', 'desc')
        .execute();
      return rows.map((row) => ({ month: row.month, madeAt: row.made_at.getTime(), meetingId: row.meeting_id }));
    },

    async addMeeting(meeting) {
      const { branchId, id, madeAt } = meeting;
      await db
        .insertInto('app.review_meeting')
        .values({ branch_id: branchId, id, made_at: new Date(madeAt), ...meetingRow(meeting) })
        .execute();
    },

    async meeting(branchId, id) {
      const row = await db
        .selectFrom('app.review_meeting')
        .select('meeting')
        .where('branch_id', '=', branchId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.meeting;
    },

    async meetings(branchId) {
      const rows = await db
        .selectFrom('app.review_meeting')
        .select('meeting')
        .where('branch_id', '=', branchId)
        .orderBy('made_at')
        .orderBy('id')
        .execute();
      return rows.map(({ meeting }) => meeting);
    },

    async change(meeting, actions = []) {
      const { branchId, id, version } = meeting;
      return db.transaction().execute(async (all) => {
        const { numUpdatedRows } = await all
          .updateTable('app.review_meeting')
          .set(meetingRow(meeting))
          .where('branch_id', '=', branchId)
          .where('id', '=', id)
          .where('version', '=', version - 1)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return false;
        if (actions.length > 0)
          await all
            .insertInto('app.review_action')
            .values(
              actions.map(({ id: actionId, meetingId, what, owner, due, state }) => ({
                ...{ branch_id: branchId, id: actionId, meeting_id: meetingId, what, owner, due, state },
                changed: null,
              })),
            )
            .execute();
        return true;
      });
    },

    async action(branchId, id) {
      const row = await db
        .selectFrom('app.review_action')
        .selectAll()
        .where('branch_id', '=', branchId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && actionOf(row);
    },

    async actions(branches) {
      if (branches.length === 0) return [];
      const rows = await db
        .selectFrom('app.review_action')
        .selectAll()
        .where('branch_id', 'in', branches)
        .orderBy('due')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({ ...actionOf(row), branchId: row.branch_id }));
    },

    async moveAction(branchId, { id, state, changed }, was) {
      const { numUpdatedRows } = await db
        .updateTable('app.review_action')
        .set({ state, changed: changed === undefined ? null : JSON.stringify(changed) })
        .where('branch_id', '=', branchId)
        .where('id', '=', id)
        .where('state', '=', was)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

function actionOf(row: Selectable<ReviewActionTable>): ReviewAction {
  const { id, meeting_id: meetingId, what, owner, due, state, changed } = row;
  return { id, meetingId, what, owner, due, state, ...(changed && { changed }) };
}
