import { Router, type RequestHandler } from 'express';
import type { Store } from 'express-rate-limit';
import type { Logger } from 'pino';
import type { LoadedBranch } from '../config/branch.schema.ts';
import { loadComplaints } from '../config/complaints.ts';
import type { Env } from '../config/env.ts';
import type { BranchId } from '../domain/ids.ts';
import type { Database } from './compose.ts';
import { composeCases } from './compose-cases.ts';
import { composeExports } from './compose-exports.ts';
import { composeReports } from './compose-reports.ts';
import { composeReviews } from './compose-reviews.ts';
import { composeVoice } from './compose-voice.ts';
import type { Pseudonyms } from './customers/pseudonyms.ts';
import { asker } from './identity/ask.ts';
import type { Verifier } from './identity/caller-of.ts';
import type { Hosts } from './hosts.ts';
import { openMail } from './mail/open-mail.ts';
import type { Clock, Jobs } from './ports.ts';

export interface RecordParts {
  readonly env: Env;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly database: Database;
  readonly hosts: Hosts;
  readonly pseudonyms: Pseudonyms;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly log: Logger;
}

/** What looks back further than today: reports, and what customers say of their visits and what is done about it. */
export interface RecordRoom {
  readonly api: (tools: {
    readonly tokens: Verifier;
    readonly readBody: RequestHandler;
    readonly countsOf?: ((limit: string) => Store) | undefined;
  }) => Router;
  /** After the days are open. */
  readonly start: () => Promise<void>;
  /** Before the database is closed. */
  readonly stop: () => Promise<void>;
}

export function composeRecord(parts: RecordParts): RecordRoom {
  const { env, branches, database, clock, jobs, log } = parts;
  const reports = composeReports(parts);
  const mailer = openMail({ env, records: database.mails, jobs, clock, log });
  const exported = composeExports({ ...parts, reports: reports.reports, mailer });
  const complaints = loadComplaints(env.complaintsFile);
  const cases = composeCases({ ...parts, settings: complaints, publicUrl: env.publicUrl, mailer });
  const voice = composeVoice({ ...parts, mailer, cases: cases.desk });
  const { rootCauses } = complaints;
  const reviews = composeReviews({ ...parts, reportOf: (query) => reports.reports.of(query), rootCauses });
  return {
    api({ tokens, ...tools }) {
      const ask = asker({ tokens, branches });
      const router = Router();
      router.use(reports.api(ask));
      router.use(exported.api({ ...tools, ask }));
      router.use(cases.api({ ...tools, ask }));
      router.use(voice.api({ ...tools, ask }));
      router.use(reviews.api({ ...tools, ask }));
      return router;
    },
    async start() {
      await mailer?.start();
      await cases.start();
      await reports.start();
      await exported.start();
      await reviews.start();
    },
    async stop() {
      await cases.stop();
      await reports.stop();
    },
  };
}
