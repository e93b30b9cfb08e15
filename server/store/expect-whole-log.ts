import type { Pool } from 'pg';
import { damaged } from './damaged.ts';

/**
 * A file of a database can lose its end (a copy that broke off, a disk that lied) and the database opens all the same, with a
 * hole or with nothing in it. So each branch's latest day is read by its index, which fails where a row is missing, and its
 * commits are counted. Rejects with a sentence for the operator.
 */
export async function expectWholeLog(pool: Pool, folder: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin read only');
    // By the index alone: a table that lost its end looks whole to who reads it from its beginning.
    for (const way of ['seqscan', 'bitmapscan', 'indexonlyscan']) await client.query(`set local enable_${way} = off`);
    const { rows } = await client.query<{ branch_id: string; day: string; version: number; commits: number }>(
      latestDays,
    );
    const torn = rows.find(({ version, commits }) => version !== commits);
    if (torn) throw new Error(`${torn.branch_id} ${torn.day}: of ${torn.version} commits there are ${torn.commits}`);
  } catch (error) {
    throw damaged(folder, error);
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

/** The branches one after the other, each found behind the one before: the whole log is never read. */
const latestDays = `
  with recursive branch as (
    (select branch_id from app.commit order by branch_id limit 1)
    union all
    select (select next.branch_id from app.commit as next where next.branch_id > branch.branch_id order by next.branch_id limit 1)
      from branch where branch.branch_id is not null
  )
  select branch.branch_id, last.day, last.version, counted.commits
    from branch
    cross join lateral (select day, version from app.commit
                         where branch_id = branch.branch_id order by day desc, version desc limit 1) as last
    cross join lateral (select count(events)::int as commits from app.commit
                         where branch_id = branch.branch_id and day = last.day) as counted`;
