import type { Pool } from 'pg';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { Visit } from '../../domain/visit.ts';
import type { Commit } from '../ports.ts';
import type { VisitRow } from './tables.ts';

/**
 * Writes commits of different branches in one statement: all of it becomes durable, or nothing. Everything travels as JSON text,
 * encoded once, so each text is the same for any number of rows and PostgreSQL prepares it only once.
 */
export async function writeCommits(pool: Pool, commits: readonly Commit[]): Promise<void> {
  const visits = commits.flatMap(visitRows);
  const reopened = commits.flatMap(reopenedRows);
  const log = JSON.stringify(commits.map(commitRow));
  if (visits.length === 0 && reopened.length === 0)
    await pool.query({ name: 'commits', text: commitsOnly, values: [log] });
  else {
    const values = [log, JSON.stringify(visits), JSON.stringify(reopened)];
    await pool.query({ name: 'commits-and-visits', text: commitsAndVisits, values });
  }
}

/** By branch: two processes that take the same locks in the same order cannot block each other for ever. */
const commitsOnly = `
  insert into app.commit (branch_id, day, version, events, command_ids)
  select branch_id, day, version, events, command_ids
    from jsonb_to_recordset($1::jsonb) as turn (branch_id text, day date, version int, events jsonb, command_ids text[])
   order by branch_id, day, version`;

const visitColumns = [
  ...['number', 'segment', 'services', 'care_needs', 'tier', 'status', 'reason', 'issued_at', 'ended_at'],
  ...['waited_ms', 'served_ms', 'counter_id', 'teller_id', 'quote', 'periods'],
];

const commitsAndVisits = `
  with ended as (
    insert into app.visit (branch_id, day, ticket_id, ${visitColumns.join(', ')})
    select branch_id, day, ticket_id, ${visitColumns.join(', ')}
      from jsonb_populate_recordset(null::app.visit, $2::jsonb)
        on conflict (branch_id, day, ticket_id)
        do update set ${visitColumns.map((column) => `${column} = excluded.${column}`).join(', ')}
  ), reopened as (
    delete from app.visit using jsonb_to_recordset($3::jsonb) as ticket (branch_id text, day date, ticket_id text)
     where (visit.branch_id, visit.day, visit.ticket_id) = (ticket.branch_id, ticket.day, ticket.ticket_id)
  )${commitsOnly}`;

interface CommitRow {
  readonly branch_id: BranchId;
  readonly day: BusinessDay;
  readonly version: number;
  readonly events: Commit['events'];
  readonly command_ids: readonly string[];
}

function commitRow({ branchId, day, version, events }: Commit): CommitRow {
  const command_ids = [...new Set(events.map(({ commandId }) => commandId))];
  return { branch_id: branchId, day, version, events, command_ids };
}

/** One row per ticket, the last word on it: a statement may not write a row twice. */
function visitRows(commit: Commit): VisitRow[] {
  const last = new Map(commit.visits.map((visit) => [visit.ticketId, visit]));
  return [...last.values()].map((visit) => visitRow(commit, visit));
}

function reopenedRows({ branchId, day, visits, reopened }: Commit) {
  const endedAgain = new Set(visits.map(({ ticketId }) => ticketId));
  return reopened
    .filter((ticketId) => !endedAgain.has(ticketId))
    .map((ticketId) => ({ branch_id: branchId, day, ticket_id: ticketId }));
}

function visitRow({ branchId, day }: Commit, visit: Visit): VisitRow {
  return {
    branch_id: branchId,
    day,
    ticket_id: visit.ticketId,
    number: visit.number,
    segment: visit.segment,
    services: visit.services,
    care_needs: visit.careNeeds,
    tier: visit.tier,
    status: visit.status,
    reason: visit.reason,
    issued_at: new Date(visit.issuedAt),
    ended_at: new Date(visit.endedAt),
    waited_ms: visit.waitedMs,
    served_ms: visit.servedMs,
    counter_id: visit.counterId,
    teller_id: visit.tellerId,
    quote: visit.quote,
    periods: visit.periods,
  };
}
