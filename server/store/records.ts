import type { Kysely, Selectable } from 'kysely';
import type { Visit } from '../../domain/visit.ts';
import type { Records } from '../ports.ts';
import { sqlForecasts } from './forecast-records.ts';
import type { Tables } from './tables.ts';

export function sqlRecords(db: Kysely<Tables>): Records {
  return {
    ...sqlForecasts(db),
    async visits(branchId, day) {
      const rows = await db
        .selectFrom('app.visit')
        .selectAll()
        .where('branch_id', '=', branchId)
        .where('day', '=', day)
        .orderBy('ended_at')
        .orderBy('ticket_id')
        .execute();
      return rows.map(toVisit);
    },
  };
}

function toVisit(row: Selectable<Tables['app.visit']>): Visit {
  return {
    ticketId: row.ticket_id,
    number: row.number,
    segment: row.segment,
    services: row.services,
    careNeeds: row.care_needs,
    tier: row.tier ?? undefined,
    status: row.status,
    reason: row.reason ?? undefined,
    issuedAt: row.issued_at.getTime(),
    endedAt: row.ended_at.getTime(),
    waitedMs: row.waited_ms,
    servedMs: row.served_ms,
    counterId: row.counter_id ?? undefined,
    tellerId: row.teller_id ?? undefined,
    quote: row.quote ?? undefined,
    periods: row.periods,
  };
}
