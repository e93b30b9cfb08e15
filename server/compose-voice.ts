import { Router, type RequestHandler } from 'express';
import type { Store } from 'express-rate-limit';
import type { Pseudonyms } from './customers/pseudonyms.ts';
import type { RecordParts } from './compose-record.ts';
import { Codes } from './feedback/codes.ts';
import { feedbackApi } from './feedback/feedback-api.ts';
import { TellUs } from './feedback/tell-us.ts';
import type { Ask } from './identity/ask.ts';
import { inboxApi } from './inbox/inbox-api.ts';
import { Inbox } from './inbox/inbox.ts';
import type { CaseDesk } from './inbox-ports.ts';
import { surveysApi } from './surveys/surveys-api.ts';
import { Surveys } from './surveys/surveys.ts';
import type { Mailer } from './mail-ports.ts';

export interface VoiceParts extends Pick<RecordParts, 'branches' | 'database' | 'hosts' | 'clock'> {
  readonly pseudonyms: Pseudonyms;
  readonly cases: CaseDesk;
  readonly mailer: Mailer | undefined;
}

/** What customers say: the inbox of the staff, and the public pages that lead into it. */
export function composeVoice({ database, pseudonyms, mailer, ...parts }: VoiceParts) {
  const { branches, clock } = parts;
  const { inbox: records, codes: codeRecords } = database;
  const pseudonymOf = (phone: string) => pseudonyms.of({ kind: 'phone', value: phone });
  const inbox = new Inbox({ ...parts, inbox: records, mailer, pseudonymOf });
  const codes = mailer && new Codes({ codes: codeRecords, mailer, clock });
  const tellUs = new TellUs({ ...parts, inbox, codes });
  const surveys = new Surveys({ ...parts, surveys: database.surveys, inbox });
  const hasBranch = (branchId: string) => branches.has(branchId);
  return {
    inbox,
    api(tools: {
      readonly ask: Ask;
      readonly readBody: RequestHandler;
      readonly countsOf?: ((limit: string) => Store) | undefined;
    }): Router {
      const router = Router();
      router.use(inboxApi({ ...tools, inbox, hasBranch }));
      router.use(surveysApi({ ...tools, surveys }));
      router.use(feedbackApi({ ...tools, tellUs, codes, hasBranch }));
      return router;
    },
  };
}
