import { type ColumnType, type Kysely, type Migration, type Selectable, sql } from 'kysely';
import type { Scores, SurveyCell, SurveyPlan, SurveyState } from '../../domain/surveys/survey.ts';
import type { KeptSurvey, SurveyRecords } from '../survey-ports.ts';
import type { Tables } from './tables.ts';

export interface SurveyTable {
  id: string;
  plan: ColumnType<SurveyPlan, string, string>;
  state: SurveyState;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  imported_at: Date | null;
  imported: ColumnType<readonly SurveyCell[] | null, never, string>;
}

export interface SurveyAnswerTable {
  survey_id: string;
  branch_id: string;
  day: string;
  ticket_id: string | null;
  scores: ColumnType<Scores, string, never>;
}

/** Who has answered, without what: no column leads from one to the other. */
export interface SurveyTakenTable {
  survey_id: string;
  token: string;
}

export const surveyMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table app.survey (
        id text primary key,
        plan jsonb not null,
        state text not null,
        created_at timestamptz not null,
        started_at timestamptz,
        ended_at timestamptz,
        imported_at timestamptz,
        imported jsonb
      )`.execute(db);
    await sql`
      create table app.survey_answer (
        survey_id text not null references app.survey,
        branch_id text not null,
        day date not null,
        ticket_id text,
        scores jsonb not null
      )`.execute(db);
    await sql`create index survey_answer_of on app.survey_answer (survey_id)`.execute(db);
    await sql`
      create table app.survey_taken (
        survey_id text not null references app.survey,
        token text not null,
        constraint survey_taken_pkey primary key (survey_id, token)
      )`.execute(db);
  },
};

export function sqlSurveys(db: Kysely<Tables>): SurveyRecords {
  const answers = sql<number>`(select count(*)::int from app.survey_answer where survey_id = survey.id)`;
  const surveys = () =>
    db
      .selectFrom('app.survey as survey')
      .select(['id', 'plan', 'state', 'created_at', 'started_at', 'ended_at', 'imported_at'])
      .select(answers.as('answers'));

  return {
    async add({ id, state, ...plan }, at) {
      await db
        .insertInto('app.survey')
        .values({ id, state, plan: JSON.stringify(plan), created_at: new Date(at) })
        .execute();
    },

    async all() {
      return (await surveys().orderBy('created_at', 'desc').orderBy('id').execute()).map(surveyOf);
    },

    async find(id) {
      const row = await surveys().where('id', '=', id).executeTakeFirst();
      return row && surveyOf(row);
    },

    async change({ id, state: _state, ...plan }) {
      const draft = db.updateTable('app.survey').where('id', '=', id).where('state', '=', 'draft');
      return (await draft.set({ plan: JSON.stringify(plan) }).executeTakeFirst()).numUpdatedRows === 1n;
    },

    async remove(id) {
      const draft = db.deleteFrom('app.survey').where('id', '=', id).where('state', '=', 'draft');
      return (await draft.executeTakeFirst()).numDeletedRows === 1n;
    },

    async turn(id, to, at) {
      const was = to === 'running' ? 'draft' : 'running';
      const when = to === 'running' ? { started_at: new Date(at) } : { ended_at: new Date(at) };
      const survey = db.updateTable('app.survey').where('id', '=', id).where('state', '=', was);
      return (await survey.set({ state: to, ...when }).executeTakeFirst()).numUpdatedRows === 1n;
    },

    answer({ surveyId, token, branchId, day, ticketId, scores }, quota) {
      return db.transaction().execute(async (all) => {
        // One at a time where they are counted, so that none is too many.
        if (quota !== undefined) await sql`select 1 from app.survey where id = ${surveyId} for update`.execute(all);
        const { numInsertedOrUpdatedRows: isNew } = await all
          .insertInto('app.survey_taken')
          .values({ survey_id: surveyId, token })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (isNew !== 1n) return 'answered-already';
        const given = all.selectFrom('app.survey_answer').where('survey_id', '=', surveyId);
        const { count } = await given.select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow();
        if (quota !== undefined && count >= quota) return 'full';
        await all
          .insertInto('app.survey_answer')
          .values({
            ...{ survey_id: surveyId, branch_id: branchId, day, scores: JSON.stringify(scores) },
            ticket_id: ticketId ?? null,
          })
          .execute();
        return 'kept';
      });
    },

    async cells(id) {
      return cellsOf(
        await sql<CellRow>`
          select branch_id, to_char(day, 'YYYY-MM') as month, said.key as question, said.value::int as answer,
            count(*)::int as count
          from app.survey_answer, jsonb_each_text(scores) as said
          where survey_id = ${id} group by 1, 2, 3, 4 order by 1, 2, 3`.execute(db),
      );
    },

    async keepImport(id, cells, at) {
      await db
        .updateTable('app.survey')
        .set({ imported: JSON.stringify(cells), imported_at: new Date(at) })
        .where('id', '=', id)
        .execute();
    },

    async imported(id) {
      const row = await db.selectFrom('app.survey').select('imported').where('id', '=', id).executeTakeFirst();
      return row?.imported ?? [];
    },

    async ratings(branches, from, to) {
      return cellsOf(
        await sql<CellRow>`
          select branch_id, to_char(day, 'YYYY-MM') as month, said.key as question, said.value::int as answer,
            count(*)::int as count
          from app.rating, jsonb_each_text(dimensions || jsonb_build_object('overall', score)) as said
          where branch_id = any(${branches}) and day between ${from} and ${to}
          group by 1, 2, 3, 4 order by 1, 2, 3`.execute(db),
      );
    },
  };
}

interface CellRow {
  readonly branch_id: string;
  readonly month: string;
  readonly question: string;
  readonly answer: number;
  readonly count: number;
}

function cellsOf({ rows }: { readonly rows: readonly CellRow[] }): readonly SurveyCell[] {
  const cells = new Map<string, SurveyCell & { counts: number[] }>();
  for (const { branch_id: branchId, month, question, answer, count } of rows) {
    const key = JSON.stringify([branchId, month, question]);
    const cell = cells.get(key) ?? { branchId, month, question, counts: [] };
    while (cell.counts.length < answer) cell.counts.push(0);
    cell.counts[answer - 1] = count;
    cells.set(key, cell);
  }
  return [...cells.values()];
}

type Row = Omit<Selectable<SurveyTable>, 'imported'> & { readonly answers: number };

function surveyOf({ id, plan, state, answers, ...row }: Row): KeptSurvey {
  return {
    ...{ ...plan, id, state, answers, createdAt: row.created_at.getTime() },
    ...(row.started_at !== null && { startedAt: row.started_at.getTime() }),
    ...(row.ended_at !== null && { endedAt: row.ended_at.getTime() }),
    ...(row.imported_at !== null && { importedAt: row.imported_at.getTime() }),
  };
}
