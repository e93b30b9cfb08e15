import { type Kysely, sql } from 'kysely';
import type { IssuedTicket, Records } from '../ports.ts';
import type { Tables } from './tables.ts';

/** The part of the records that is about forecasts. Every write can be repeated, and two processes may do the same one. */
export function sqlForecasts(db: Kysely<Tables>): Omit<Records, 'visits'> {
  return {
    async openedDays(branchId, after, before) {
      const rows = await db
        .selectFrom('app.commit')
        .select('day')
        .where('branch_id', '=', branchId)
        .where('version', '=', 1)
        // So that the short index of openings is looked at, not the log.
        .where(sql<boolean>`events @> '[{"type":"DayOpened"}]'`)
        .where('day', '<', before)
        .$if(after !== undefined, (query) => query.where('day', '>', after ?? before))
        .orderBy('day')
        .execute();
      return rows.map(({ day }) => day);
    },

    async ticketsIssued(branchId, day) {
      // Of the whole log only this travels.
      const { rows } = await sql<IssuedTicket>`
        select event->>'segment' as segment, coalesce(event#>>'{offline,takenAt}', event->>'at')::float8 as at
          from app.commit cross join lateral jsonb_array_elements(events) as event
         where branch_id = ${branchId} and day = ${day} and event->>'type' = 'TicketIssued'`.execute(db);
      return rows;
    },

    async forecast(branchId, day) {
      const row = await db
        .selectFrom('app.forecast')
        .select(['made', 'came'])
        .where('branch_id', '=', branchId)
        .where('day', '=', day)
        .executeTakeFirst();
      return { ...(row?.made && { made: row.made }), ...(row?.came && { came: row.came }) };
    },

    async keepForecast(branchId, day, made) {
      await sql`
        insert into app.forecast (branch_id, day, made, known_until)
        values (${branchId}, ${day}, ${JSON.stringify(made)}, ${made.knownUntil})
            on conflict (branch_id, day) do update set made = excluded.made, known_until = excluded.known_until
         where forecast.known_until is null or forecast.known_until < excluded.known_until`.execute(db);
    },

    async forecastModel(branchId) {
      const row = await db
        .selectFrom('app.forecast_model')
        .select('model')
        .where('branch_id', '=', branchId)
        .executeTakeFirst();
      return row?.model;
    },

    async keepLesson(branchId, day, came, model) {
      // One statement: what came and the model that knows it are there together, or neither is.
      await sql`
        with lesson as (
          insert into app.forecast (branch_id, day, came) values (${branchId}, ${day}, ${JSON.stringify(came)})
              on conflict (branch_id, day) do update set came = excluded.came
        )
        insert into app.forecast_model (branch_id, learned_until, model)
        values (${branchId}, ${day}, ${JSON.stringify(model)})
            on conflict (branch_id) do update set learned_until = excluded.learned_until, model = excluded.model
         where forecast_model.learned_until < excluded.learned_until`.execute(db);
    },
  };
}
