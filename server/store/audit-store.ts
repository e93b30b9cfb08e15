import { type Kysely, type SqlBool, sql } from 'kysely';
import pg from 'pg';
import type { AuditHead, AuditProgress, AuditRow, AuditStore } from '../ports.ts';
import type { Tables } from './tables.ts';

const NO_HEAD: AuditHead = { seq: 0, hash: '', progress: { versions: {} } };

export function sqlAudit(db: Kysely<Tables>): AuditStore {
  const rowsOf = (chain: string) =>
    db.selectFrom('app.audit').select(['seq', 'act', 'previous', 'hash']).where('chain', '=', chain);

  return {
    async chains() {
      // Also those whose end somebody took away.
      const { rows } = await sql<{ chain: string }>`
        select chain from app.audit_head union select chain from app.audit order by chain`.execute(db);
      return rows.map(({ chain }) => chain);
    },

    async head(chain) {
      const head = await db
        .selectFrom('app.audit_head')
        .select(['seq', 'hash', 'progress'])
        .where('chain', '=', chain)
        .executeTakeFirst();
      return head ?? NO_HEAD;
    },

    async append(chain, from, rows, progress) {
      try {
        return await addRows(db, chain, from, rows, progress);
      } catch (error) {
        // Another process wrote the same numbers in this very moment.
        if (error instanceof pg.DatabaseError && error.code === '23505') return false;
        throw error;
      }
    },

    rows: (chain, afterSeq, limit) => rowsOf(chain).where('seq', '>', afterSeq).orderBy('seq').limit(limit).execute(),

    search(chain, { actor, ticket, counterId, device, act, from, until, before, limit }) {
      const about = {
        ...(ticket !== undefined && { tickets: [ticket] }),
        ...(counterId !== undefined && { counters: [counterId] }),
      };
      const part = {
        ...(actor !== undefined && { actor }),
        ...(device !== undefined && { device }),
        ...(act !== undefined && { acts: [act] }),
        ...(Object.keys(about).length > 0 && { about }),
      };
      let query = rowsOf(chain).where(sql<SqlBool>`act @> ${JSON.stringify(part)}::jsonb`);
      if (from !== undefined) query = query.where('at', '>=', from);
      if (until !== undefined) query = query.where('at', '<', until);
      if (before !== undefined) query = query.where('seq', '<', before);
      return query.orderBy('seq', 'desc').limit(limit).execute();
    },
  };
}

/** One statement, so that the rows and the new end of the chain are there together, or neither is. */
async function addRows(
  db: Kysely<Tables>,
  chain: string,
  from: AuditHead,
  rows: readonly AuditRow[],
  progress: AuditProgress,
): Promise<boolean> {
  const last = rows.at(-1) ?? from;
  const { rows: written } = await sql<{ chain: string }>`
    with moved as (
      insert into app.audit_head as head (chain, seq, hash, progress)
      values (${chain}, ${last.seq}, ${last.hash}, ${JSON.stringify(progress)}::jsonb)
          on conflict (chain) do update set seq = excluded.seq, hash = excluded.hash, progress = excluded.progress
           where head.seq = ${from.seq} and head.hash = ${from.hash} and head.progress = ${JSON.stringify(from.progress)}::jsonb
      returning chain
    ), added as (
      insert into app.audit (chain, seq, act, previous, hash)
      select moved.chain, seq, act, previous, hash
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (seq int, act jsonb, previous text, hash text), moved
    )
    select chain from moved`.execute(db);
  return written.length === 1;
}
