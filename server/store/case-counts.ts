import { type Kysely, sql } from 'kysely';
import type { CaseCounts, CaseRecords } from '../case-ports.ts';
import type { Tables } from './tables.ts';

/** How many complaints came, ended and wait in a period: read from the rows of the cases, without a word of them. */
export async function casesCounted(
  db: Kysely<Tables>,
  { branches, from, until }: Parameters<CaseRecords['countsOf']>[0],
): Promise<CaseCounts> {
  if (branches.length === 0) return NONE;
  const [first, end] = [new Date(from), new Date(until)];
  const ended = sql<boolean>`ended_at >= ${first} and ended_at < ${end}`;
  const of = db.selectFrom('app.complaint').where('branch_id', 'in', branches);
  const count = sql<number>`count(*)::int`.as('count');
  const counted = await of
    .select([
      sql<number>`count(*) filter (where received_at >= ${first})::int`.as('received'),
      sql<number>`count(*) filter (where status = 'closed' and ${ended})::int`.as('closed'),
      sql<number>`count(*) filter (where status = 'closed' and on_time and ${ended})::int`.as('onTime'),
      sql<number>`count(*) filter (where status = 'withdrawn' and ${ended})::int`.as('withdrawn'),
      sql<number>`count(*) filter (where ended_at is null or ended_at >= ${end})::int`.as('open'),
      sql<number>`count(*) filter (where (ended_at is null or ended_at >= ${end}) and due < ${end}
        and (rested_at is null or rested_at >= ${end}))::int`.as('late'),
    ])
    .where('received_at', '<', end)
    .executeTakeFirstOrThrow();
  const closed = of.where('status', '=', 'closed').where(ended);
  const causes = await closed
    .select(['root_cause', count])
    .groupBy('root_cause')
    .orderBy('count', 'desc')
    .orderBy('root_cause')
    .execute();
  const outcomes = await closed.select(['outcome', count]).groupBy('outcome').orderBy('outcome').execute();
  return {
    ...counted,
    rootCauses: causes.flatMap(({ root_cause: cause, ...row }) => (cause === null ? [] : [{ cause, ...row }])),
    outcomes: outcomes.flatMap(({ outcome, ...row }) => (outcome === null ? [] : [{ outcome, ...row }])),
  };
}

const NONE: CaseCounts = {
  ...{ received: 0, closed: 0, onTime: 0, withdrawn: 0, open: 0, late: 0 },
  ...{ rootCauses: [], outcomes: [] },
};
