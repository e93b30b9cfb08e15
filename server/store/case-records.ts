import { type Kysely, sql, type Transaction } from 'kysely';
import { clockRuns } from '../../domain/cases/case.ts';
import type { CaseCommit, CaseRecords, CaseSearch } from '../case-ports.ts';
import { casesCounted } from './case-counts.ts';
import type { Tables } from './tables.ts';

/** Of a complaint that are shown in a list, in characters. */
const OPENING = 140;

export function sqlCases(db: Kysely<Tables>): CaseRecords {
  return {
    async lastNumber(year) {
      const { last } = await db
        .selectFrom('app.complaint')
        .select(({ fn }) => fn.max('number').as('last'))
        .where('number', 'like', `C${year}-%`)
        .executeTakeFirstOrThrow();
      return Number(last?.slice(`C${year}-`.length) ?? 0);
    },

    add(commit) {
      const { number, keyDigest, verified, contact, pseudonym = null } = commit;
      return db.transaction().execute(async (all) => {
        const { numInsertedOrUpdatedRows: added } = await all
          .insertInto('app.complaint')
          .values({ ...rowOf(commit), number, key_digest: keyDigest, verified })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (added !== 1n) {
          const known = await all
            .selectFrom('app.complaint')
            .select('number')
            .where('key_digest', '=', keyDigest)
            .executeTakeFirst();
          return known === undefined ? 'taken' : { known: known.number };
        }
        await keep(all, commit);
        await all
          .insertInto('app.complaint_customer')
          .values({ number, contact: JSON.stringify(contact), pseudonym })
          .execute();
        return 'added';
      });
    },

    append(commit) {
      return db.transaction().execute(async (all) => {
        const { numUpdatedRows } = await all
          .updateTable('app.complaint')
          .set(rowOf(commit))
          .where('number', '=', commit.number)
          .where('version', '=', commit.version - 1)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await keep(all, commit);
        return true;
      });
    },

    async load(number) {
      const row = await db
        .selectFrom('app.complaint as case')
        .leftJoin('app.complaint_customer as customer', 'customer.number', 'case.number')
        .select(['case.version', 'case.verified', 'case.key_digest', 'customer.contact'])
        .where('case.number', '=', number)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const commits = await db
        .selectFrom('app.complaint_event as done')
        .leftJoin('app.complaint_text as said', (join) =>
          join.onRef('said.number', '=', 'done.number').onRef('said.version', '=', 'done.version'),
        )
        .select(['done.version', 'done.events', 'said.text'])
        .where('done.number', '=', number)
        // A commit that came between the two readings is not shown without what belongs to it.
        .where('done.version', '<=', row.version)
        .orderBy('done.version')
        .execute();
      const files = await db
        .selectFrom('app.complaint_file')
        .select(['id', 'name', 'media_type', 'bytes', 'at', 'by', 'letter'])
        .where('number', '=', number)
        .orderBy('at')
        .orderBy('id')
        .execute();
      return {
        ...{ version: row.version, verified: row.verified, keyDigest: row.key_digest, files: files.map(fileOf) },
        commits: commits.map(({ text, ...done }) => ({ ...done, ...(text !== null && { text }) })),
        ...(row.contact !== null && { contact: row.contact }),
      };
    },

    async list(search) {
      const rows = await those(db, search)
        .leftJoin('app.complaint_text as said', (join) =>
          join.onRef('said.number', '=', 'case.number').on('said.version', '=', 1),
        )
        .select(['case.state', sql<string | null>`left(said.text, ${OPENING})`.as('opening')])
        .orderBy('case.runs', 'desc')
        .orderBy(sql`case when "case".runs then "case".due end`)
        .orderBy('case.number', 'desc')
        .limit(search.limit + 1)
        .execute();
      return rows.map(({ state, opening }) => ({ state, ...(opening !== null && { opening }) }));
    },

    async counts(branches) {
      const rows = await db
        .selectFrom('app.complaint')
        .select(['status', sql<number>`count(*)::int`.as('count')])
        .$if(branches !== undefined, (all) => all.where('branch_id', 'in', branches ?? []))
        .groupBy('status')
        .execute();
      return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    },

    async timers() {
      const rows = await db
        .selectFrom('app.complaint')
        .select(['number', 'next_at'])
        .where('next_at', 'is not', null)
        .orderBy('next_at')
        .execute();
      return rows.flatMap(({ number, next_at: at }) => (at === null ? [] : [{ number, at: at.getTime() }]));
    },

    async file(number, fileId) {
      const row = await db
        .selectFrom('app.complaint_file')
        .selectAll()
        .where('number', '=', number)
        .where('id', '=', fileId)
        .executeTakeFirst();
      return row && { ...fileOf(row), content: row.content };
    },

    countsOf: (period) => casesCounted(db, period),

    async erase(number) {
      const { rows } = await sql<{ gone: number }>`
        with texts as (delete from app.complaint_text where number = ${number} returning 1),
             files as (delete from app.complaint_file where number = ${number} returning 1),
             customers as (delete from app.complaint_customer where number = ${number} returning 1)
        select ((select count(*) from texts) + (select count(*) from files) + (select count(*) from customers))::int as gone`.execute(
        db,
      );
      return rows[0]?.gone ?? 0;
    },
  };
}

function those(db: Kysely<Tables>, { branches, status, time, number, owner, after, seenBy, now }: CaseSearch) {
  const at = new Date(now);
  const inTime = {
    running: sql<boolean>`"case".runs and "case".warn_at > ${at} and "case".due >= ${at}`,
    warned: sql<boolean>`"case".runs and "case".warn_at <= ${at} and "case".due >= ${at}`,
    over: sql<boolean>`"case".runs and "case".due < ${at}`,
    resting: sql<boolean>`not "case".runs`,
  };
  return db
    .selectFrom('app.complaint as case')
    .where(sql<boolean>`(not jsonb_exists("case".state -> 'recused', ${seenBy}) or "case".owner_id = ${seenBy})`)
    .$if(branches !== undefined, (rows) => rows.where('case.branch_id', 'in', branches ?? []))
    .$if(status !== undefined, (rows) => rows.where('case.status', 'in', status ?? []))
    .$if(time !== undefined, (rows) => rows.where((where) => where.or((time ?? []).map((name) => inTime[name]))))
    .$if(number !== undefined, (rows) =>
      rows.where(sql<boolean>`position(${number?.toUpperCase()} in "case".number) > 0`),
    )
    .$if(owner === null, (rows) => rows.where('case.owner_id', 'is', null))
    .$if(typeof owner === 'string', (rows) =>
      rows.where(sql<boolean>`("case".owner_id = ${owner} or "case".state -> 'offer' ->> 'to' = ${owner})`),
    )
    .$if(after !== undefined, (rows) =>
      rows.where(sql<boolean>`exists (select from app.complaint last where last.number = ${after} and case
        when last.runs then not "case".runs or "case".due > last.due
          or ("case".due = last.due and "case".number < last.number)
        else not "case".runs and "case".number < last.number end)`),
    );
}

async function keep(all: Transaction<Tables>, { number, version, events, text, file }: CaseCommit): Promise<void> {
  await all
    .insertInto('app.complaint_event')
    .values({ number, version, events: JSON.stringify(events) })
    .execute();
  if (text !== undefined) await all.insertInto('app.complaint_text').values({ number, version, text }).execute();
  if (file === undefined) return;
  const { mediaType, at, letter = false, ...rest } = file;
  await all
    .insertInto('app.complaint_file')
    .values({ ...rest, number, media_type: mediaType, at: new Date(at), letter })
    .execute();
}

function rowOf({ version, state, nextAt }: CaseCommit) {
  const { clock, decision, informed, endedAt } = state;
  const restedAt = informed?.at ?? endedAt;
  const moment = (at: number | undefined) => (at === undefined ? null : new Date(at));
  return {
    ...{ version, branch_id: state.branchId, status: state.status, owner_id: state.ownerId ?? null },
    ...{ received_at: new Date(state.receivedAt), warn_at: new Date(clock.warnAt), due: new Date(clock.due) },
    ...{ runs: clockRuns(state), rested_at: moment(restedAt), ended_at: moment(endedAt), next_at: moment(nextAt) },
    ...{ outcome: decision?.outcome ?? null, root_cause: state.rootCause ?? null, on_time: state.onTime ?? null },
    state: JSON.stringify(state),
  };
}

function fileOf(row: {
  readonly id: string;
  readonly name: string;
  readonly media_type: string;
  readonly bytes: number;
  readonly at: Date;
  readonly by: string;
  readonly letter: boolean;
}) {
  const { id, name, media_type: mediaType, bytes, at, by, letter } = row;
  return { ...{ id, name, mediaType, bytes, at: at.getTime(), by }, ...(letter && { letter }) };
}
