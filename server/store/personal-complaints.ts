import { type Kysely, sql } from 'kysely';
import type { PersonalRecord } from '../customer-ports.ts';
import type { Tables } from './tables.ts';

/** The complaints of one person: those that they left a number in, and those about a ticket of theirs. */
export async function complaintsOf(
  db: Kysely<Tables>,
  pseudonyms: readonly string[],
): Promise<PersonalRecord['complaints']> {
  const { rows } = await sql<{
    branch_id: string;
    number: string;
    received_at: Date;
    texts: readonly string[];
    files: readonly string[];
    contact: Record<string, string> | null;
  }>`
    select complaint.branch_id, complaint.number, complaint.received_at, customer.contact,
           array(select text from app.complaint_text said where said.number = complaint.number order by version) as texts,
           array(select name from app.complaint_file file where file.number = complaint.number order by at) as files
      from app.complaint
      left join app.complaint_customer customer on customer.number = complaint.number
     where customer.pseudonym in (${sql.join(pseudonyms)})
        or exists (select from app.customer_ticket ticket where ticket.pseudonym in (${sql.join(pseudonyms)})
             and ticket.branch_id = complaint.branch_id and ticket.ticket_id = complaint.state -> 'link' ->> 'ticketId')
     order by complaint.number`.execute(db);
  return rows.map(({ branch_id: branchId, received_at, contact, ...row }) => ({
    ...row,
    ...{ branchId, at: received_at.getTime(), contact: contact ?? {} },
  }));
}
