import { Router, type RequestHandler } from 'express';
import type { Store } from 'express-rate-limit';
import type { Complaints } from '../config/complaints.ts';
import type { CaseSource } from '../domain/cases/case.ts';
import type { InboxKind } from '../protocol/inbox-lists.ts';
import { CaseFollowing } from './cases/case-follow.ts';
import { caseFollowApi } from './cases/case-follow-api.ts';
import { CaseReading } from './cases/case-reading.ts';
import { Cases } from './cases/cases.ts';
import { casesApi } from './cases/cases-api.ts';
import { CasePeople, doerOf } from './cases/people.ts';
import { CaseContexts } from './cases/terms.ts';
import { CaseVisits } from './cases/visit-of.ts';
import type { RecordParts } from './compose-record.ts';
import type { Ask } from './identity/ask.ts';
import type { CaseDesk } from './inbox-ports.ts';
import type { Mailer } from './mail-ports.ts';
import { PublicHolidays } from './public-holidays.ts';

export interface CaseRoomParts extends Omit<RecordParts, 'env'> {
  readonly settings: Complaints;
  readonly publicUrl: string | undefined;
  readonly mailer: Mailer | undefined;
}

/** Complaint cases: their desk for staff, their public side, and what the inbox hands over. */
export function composeCases({ database, pseudonyms, ...parts }: CaseRoomParts) {
  const { settings, log, branches } = parts;
  const { cases: records } = database;
  const contexts = new CaseContexts(settings, new PublicHolidays(log));
  const people = new CasePeople(branches, database.identities);
  const visits = new CaseVisits({ ...parts, records: database.records });
  const pseudonymOf = (phone: string) => pseudonyms.of({ kind: 'phone', value: phone });
  const shared = { ...parts, records, contexts, people, visits };
  const cases = new Cases({ ...shared, pseudonymOf });
  const reading = new CaseReading(shared);
  const following = new CaseFollowing({ ...shared, cases });
  const maxBytes = Math.floor(settings.files.maxMegabytes * 1024 * 1024);
  return {
    cases,
    desk: deskOf(cases),
    api(tools: {
      readonly ask: Ask;
      readonly readBody: RequestHandler;
      readonly countsOf?: ((limit: string) => Store) | undefined;
    }): Router {
      const router = Router();
      router.use(casesApi({ ...tools, ...shared, cases, reading, maxBytes }));
      router.use(caseFollowApi({ ...tools, following, maxBytes }));
      return router;
    },
    start: () => cases.book.start(),
    stop: () => cases.book.stop(),
  };
}

const SOURCES: Readonly<Record<InboxKind, CaseSource>> = {
  questionnaire: 'survey',
  'suggestion-book': 'suggestion-book',
  complaint: 'desk',
  'web-form': 'web',
  regulator: 'regulator',
};

/** What comes out of the inbox keeps its key: the customer follows the case with the link that they have. */
function deskOf(cases: Cases): CaseDesk {
  return {
    async receive({ branchId, kind, text = '', contact = {}, language, visit, ticketId, keyDigest, ...item }, by) {
      const { name, phone, mail: email } = contact;
      const received = await cases.receive({
        ...{ branchId, text, source: SOURCES[kind], about: [], day: visit?.day, ticketId, followDigest: keyDigest },
        contact: { name, phone, email, language },
        ticketNumber: visit?.ticketNumber,
        verified: item.identity !== 'anonymous' && item.identity !== 'unverified',
        by: by === undefined ? { kind: 'customer' } : doerOf(by),
      });
      if (!received.ok) throw new Error(`A complaint of the inbox was refused: ${received.rejection.code}`);
      // A case is due when its last day is over.
      return { number: received.number, answerBy: received.due - 1 };
    },
  };
}
