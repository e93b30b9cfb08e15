import { type Kysely, type Migration, sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { FACTS_FORM } from '../../domain/figures/facts.ts';
import type { DayFactsStore } from '../report-ports.ts';
import type { Tables } from './tables.ts';

export interface DayFactsTable {
  branch_id: string;
  day: string;
  form: number;
  made_at: Date;
  /** JSON, as text: it is read whole and elsewhere, and `jsonb` would be taken apart and put together for nothing. */
  facts: string;
  tickets: string;
}

export const dayFactsMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table app.day_facts (
        branch_id text not null,
        day date not null,
        form smallint not null,
        made_at timestamptz not null,
        facts text not null,
        tickets text not null,
        constraint day_facts_pkey primary key (branch_id, day)
      )`.execute(db);
  },
};

/** Days that are read in one statement: a few milliseconds, and the commits of the hall come in between. */
const DAYS_AT_ONCE = 31;

export function sqlDayFacts(db: Kysely<Tables>): DayFactsStore {
  const kept = () => db.selectFrom('app.day_facts').where('form', '=', FACTS_FORM);
  return {
    async put(branchId, day, { facts, tickets }, madeAt) {
      const written = {
        ...{ form: facts.form, made_at: new Date(madeAt) },
        ...{ facts: JSON.stringify(facts), tickets: JSON.stringify(tickets) },
      };
      await db
        .insertInto('app.day_facts')
        .values({ branch_id: branchId, day, ...written })
        .onConflict((conflict) => conflict.columns(['branch_id', 'day']).doUpdateSet(written))
        .execute();
    },

    async *texts(branchIds, from, to) {
      for (const branchId of branchIds)
        for (const [first, last] of pieces(from, to)) {
          const rows = await kept()
            .select(['day', 'facts'])
            .where('branch_id', '=', branchId)
            .where('day', '>=', first)
            .where('day', '<=', last)
            .orderBy('day')
            .execute();
          if (rows.length > 0) yield rows.map((row) => ({ ...row, branchId }));
        }
    },

    async tickets(branchId, day) {
      const row = await kept()
        .select('tickets')
        .where('branch_id', '=', branchId)
        .where('day', '=', day)
        .executeTakeFirst();
      return row?.tickets;
    },

    async days(branchId) {
      const rows = await kept().select('day').where('branch_id', '=', branchId).orderBy('day').execute();
      return rows.map(({ day }) => day);
    },

    async nearest(branchIds, from, to) {
      const ofBranches = () => kept().where('branch_id', 'in', branchIds);
      const [before, after] = await Promise.all([
        ofBranches().where('day', '<', from).select(db.fn.max<string | null>('day').as('day')).executeTakeFirst(),
        ofBranches().where('day', '>', to).select(db.fn.min<string | null>('day').as('day')).executeTakeFirst(),
      ]);
      return { ...(before?.day && { before: before.day }), ...(after?.day && { after: after.day }) };
    },
  };
}

function* pieces(from: string, to: string): Generator<readonly [first: string, last: string]> {
  const end = Temporal.PlainDate.from(to);
  for (let first = Temporal.PlainDate.from(from); Temporal.PlainDate.compare(first, end) <= 0;) {
    const next = first.add({ days: DAYS_AT_ONCE });
    const last = Temporal.PlainDate.compare(next, end) > 0 ? end : next.subtract({ days: 1 });
    yield [first.toString(), last.toString()];
    first = next;
  }
}
