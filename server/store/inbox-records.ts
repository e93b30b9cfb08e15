import { type Kysely, type Selectable, sql } from 'kysely';
import type { CodeRecords, InboxRecords, InboxSearch, KeptItem } from '../inbox-ports.ts';
import type { InboxTable, InboxTextTable } from './inbox-tables.ts';
import type { Tables } from './tables.ts';

export function sqlInbox(db: Kysely<Tables>): InboxRecords {
  const items = () =>
    db
      .selectFrom('app.inbox_item as item')
      .leftJoin('app.inbox_text as said', 'said.item_id', 'item.id')
      .selectAll('item')
      .select(['said.text', 'said.contact', 'said.answer', 'said.done_text', 'said.page_type']);

  function those({
    branches,
    states,
    kinds,
    natures,
    from,
    until,
    takenBy,
    words,
  }: Omit<InboxSearch, 'limit' | 'after'>) {
    const like = `%${(words ?? '').replace(/[\\%_]/g, '\\$&')}%`;
    return items()
      .$if(branches !== undefined, (rows) => rows.where(sql<boolean>`branch_id = any(${branches ?? []})`))
      .$if(states.length > 0, (rows) => rows.where('state', 'in', states))
      .$if(kinds.length > 0, (rows) => rows.where('kind', 'in', kinds))
      .$if(natures.length > 0, (rows) => rows.where('nature', 'in', natures))
      .$if(from !== undefined, (rows) => rows.where('item.at', '>=', new Date(from ?? 0)))
      .$if(until !== undefined, (rows) => rows.where('item.at', '<', new Date(until ?? 0)))
      .$if(takenBy !== undefined, (rows) => rows.where('taken_by', '=', takenBy ?? ''))
      .$if((words ?? '') !== '', (rows) =>
        rows.where((or) =>
          or.or([or('said.text', 'ilike', like), or('number', 'ilike', like), or('case_number', 'ilike', like)]),
        ),
      );
  }

  return {
    async add({ visit, text, contact, pseudonym, year, answerBy, at, ...item }) {
      const time = new Date(at);
      const { rows } = await sql<{ id: string }>`
        with item as (
          insert into app.inbox_item (id, number, branch_id, kind, nature, at, identity, language, visit_day,
            ticket_number, ticket_id, survey_id, key_digest, answer_by, state)
          values (${item.id}, 'V' || ${year}::text || '-' || lpad(nextval('app.inbox_number')::text, 5, '0'),
            ${item.branchId}, ${item.kind}, ${item.nature}, ${time}, ${item.identity}, ${item.language},
            ${visit?.day ?? null}, ${visit?.ticketNumber ?? null}, ${item.ticketId ?? null}, ${item.surveyId ?? null},
            ${item.keyDigest ?? null}, ${answerBy === undefined ? null : new Date(answerBy)}, 'new')
          on conflict (key_digest) do nothing returning id)
        insert into app.inbox_text (item_id, at, pseudonym, text, contact)
        select id, ${time}, ${pseudonym ?? null}, ${text}, ${JSON.stringify(contact)}::jsonb from item
        returning item_id as id`.execute(db);
      const added = rows[0]?.id;
      const row =
        added === undefined
          ? items().where('key_digest', '=', item.keyDigest ?? '')
          : items().where('item.id', '=', added);
      return itemOf(await row.executeTakeFirstOrThrow());
    },

    async find(id) {
      const row = await items().where('item.id', '=', id).executeTakeFirst();
      return row && itemOf(row);
    },

    async byKey(keyDigest) {
      const row = await items().where('key_digest', '=', keyDigest).executeTakeFirst();
      return row && itemOf(row);
    },

    async list({ after, limit, ...search }) {
      const rows = await those(search)
        .$if(after !== undefined, (newer) =>
          newer.where(sql<boolean>`(item.at, item.id) < (${new Date(after?.at ?? 0)}, ${after?.id ?? ''})`),
        )
        .orderBy('item.at', 'desc')
        .orderBy('item.id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(itemOf);
    },

    async counts(search, by) {
      const rows = await db
        .selectFrom(those(search).as('item'))
        .select([sql.ref<string>(by).as('name'), sql<number>`count(*)::int`.as('count')])
        .groupBy(sql.ref(by))
        .execute();
      return Object.fromEntries(rows.map(({ name, count }) => [name, count])) as Partial<Record<never, number>>;
    },

    async change({ id, was, taken, answered, done }) {
      const facts = {
        ...(taken && { state: 'taken' as const, taken_by: taken.by, taken_at: new Date(taken.at) }),
        ...(taken && { outcome: null, done_by: null, done_at: null }),
        ...(answered && { answered_at: new Date(answered.at) }),
        ...(done && { state: 'done' as const, outcome: done.outcome, done_by: done.by, done_at: new Date(done.at) }),
      };
      const words = { ...(answered && { answer: answered.text }), ...(done && { done_text: done.text ?? null }) };
      return db.transaction().execute(async (all) => {
        const { numUpdatedRows } = await all
          .updateTable('app.inbox_item')
          .set(facts)
          .where('id', '=', id)
          .where('state', '=', was.state)
          .where(sql<boolean>`taken_by is not distinct from ${was.takenBy ?? null}`)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        if (Object.keys(words).length > 0)
          await all.updateTable('app.inbox_text').set(words).where('item_id', '=', id).execute();
        return true;
      });
    },

    async linkCase(id, caseNumber, { by, at }) {
      await db
        .updateTable('app.inbox_item')
        .set({ state: 'done', outcome: 'case-made', done_by: by, done_at: new Date(at), case_number: caseNumber })
        .where('id', '=', id)
        .execute();
    },

    async keepPage(id, { type, bytes }) {
      await db.updateTable('app.inbox_text').set({ page: bytes, page_type: type }).where('item_id', '=', id).execute();
    },

    async page(id) {
      const row = await db
        .selectFrom('app.inbox_text')
        .select(['page', 'page_type'])
        .where('item_id', '=', id)
        .executeTakeFirst();
      return row?.page && row.page_type ? { bytes: row.page, type: row.page_type } : undefined;
    },

    async countsOf({ branches, from, until }) {
      if (branches.length === 0) return [];
      const rows = await db
        .selectFrom('app.inbox_item')
        .select(['kind', 'nature', 'outcome', sql<number>`count(*)::int`.as('count')])
        .where('branch_id', 'in', branches)
        .where('at', '>=', new Date(from))
        .where('at', '<', new Date(until))
        .groupBy(['kind', 'nature', 'outcome'])
        .execute();
      return rows.map(({ outcome, ...row }) => ({ ...row, ...(outcome !== null && { outcome }) }));
    },
  };
}

type Row = Selectable<InboxTable> & {
  readonly [K in 'text' | 'contact' | 'answer' | 'done_text' | 'page_type']: Selectable<InboxTextTable>[K] | null;
};

function itemOf(row: Row): KeptItem {
  const { id, number, kind, nature, identity, language, state, visit_day: day, outcome, done_by: by, done_at } = row;
  const visit =
    day === null ? undefined : { day, ...(row.ticket_number !== null && { ticketNumber: row.ticket_number }) };
  const text = row.done_text === null ? {} : { text: row.done_text };
  const isDone = outcome !== null && by !== null && done_at !== null;
  return {
    ...{ id, number, branchId: row.branch_id, kind, nature, at: row.at.getTime(), identity, language, state, visit },
    ticketId: row.ticket_id ?? undefined,
    surveyId: row.survey_id ?? undefined,
    takenBy: row.taken_by ?? undefined,
    takenAt: row.taken_at?.getTime(),
    done: isDone ? { outcome, ...text, by, at: done_at.getTime() } : undefined,
    answeredAt: row.answered_at?.getTime(),
    answerBy: row.answer_by?.getTime(),
    caseNumber: row.case_number ?? undefined,
    keyDigest: row.key_digest ?? undefined,
    hasPage: row.page_type !== null,
    text: row.text ?? undefined,
    contact: row.contact ?? undefined,
    answer: row.answer ?? undefined,
  };
}

export function sqlCodes(db: Kysely<Tables>): CodeRecords {
  return {
    async keep({ id, digest, until }, now) {
      await db.deleteFrom('app.feedback_code').where('until', '<', new Date(now)).execute();
      await db
        .insertInto('app.feedback_code')
        .values({ id, digest, until: new Date(until), tries: 0 })
        .execute();
    },

    async tried(id, now, tries) {
      // Counted before it is compared: of many tries at once none is free.
      const row = await db
        .updateTable('app.feedback_code')
        .set({ tries: sql`tries + 1` })
        .where('id', '=', id)
        .where('until', '>=', new Date(now))
        .where('tries', '<', tries)
        .returning(['digest', 'tries'])
        .executeTakeFirst();
      return row && { digest: row.digest, left: tries - row.tries };
    },

    async used(id) {
      await db.deleteFrom('app.feedback_code').where('id', '=', id).execute();
    },
  };
}
