import { Router, type RequestHandler } from 'express';
import type { RecordParts } from './compose-record.ts';
import { exportsApi } from './exports/exports-api.ts';
import type { Ask } from './identity/ask.ts';
import type { Mailer } from './mail-ports.ts';
import type { Reports } from './reports/reports.ts';
import { subscriptionsApi } from './subscriptions/subscriptions-api.ts';
import { ReportSubscriptions } from './subscriptions/subscriptions.ts';

interface ExportsParts extends Pick<RecordParts, 'env' | 'branches' | 'database' | 'clock' | 'jobs' | 'log'> {
  readonly reports: Reports;
  readonly mailer: Mailer | undefined;
}

export interface ExportsRoom {
  readonly api: (tools: { readonly ask: Ask; readonly readBody: RequestHandler }) => Router;
  readonly start: () => Promise<void>;
}

/** Reports as files, and those that come by mail. */
export function composeExports({ env, database, ...parts }: ExportsParts): ExportsRoom {
  const subscriptions = new ReportSubscriptions({
    ...{ ...parts, records: database.subscriptions, identities: database.identities },
    domains: env.mail?.domains ?? [],
  });
  return {
    api({ ask, readBody }) {
      const router = Router();
      router.use(exportsApi({ ...parts, ask }));
      router.use(subscriptionsApi({ subscriptions, ask, readBody }));
      return router;
    },
    start: () => subscriptions.start(),
  };
}
