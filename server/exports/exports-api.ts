import { Router } from 'express';
import { z } from 'zod';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import { LOCALES } from '../../domain/config.ts';
import type { BranchId } from '../../domain/ids.ts';
import { periodQuerySchema } from '../../protocol/period-report.ts';
import { REPORT_FORMATS } from '../../protocol/subscription-lists.ts';
import { tellAudit } from '../audit/administration.ts';
import { parse } from '../door.ts';
import type { Ask } from '../identity/ask.ts';
import { refuse } from '../identity/desk.ts';
import type { Clock } from '../ports.ts';
import { queryOf } from '../reports/period-api.ts';
import { reportNamesOf } from '../reports/report-names.ts';
import type { Reports } from '../reports/reports.ts';
import { sendAnswer } from '../statuses.ts';
import { reportFile } from './report-file.ts';

export const exportQuerySchema = periodQuerySchema.safeExtend({ lang: z.enum(LOCALES).default('zh-CN') });

export interface ExportsApiOptions {
  readonly reports: Pick<Reports, 'report'>;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly ask: Ask;
  readonly clock: Clock;
}

/** The same report as a file, for whoever may see it. Each one that is taken away is in the audit. */
export function exportsApi({ reports, branches, ask, clock }: ExportsApiOptions): Router {
  const router = Router();
  for (const format of REPORT_FORMATS)
    router.get(`/reports.${format}`, async (request, response) => {
      const caller = await ask(request, response, 'see-reports');
      if (caller === undefined) return;
      const parsed = parse(exportQuerySchema, queryOf(request));
      if (!parsed.ok) return refuse(response, parsed.problem);
      const { lang: language, ...query } = parsed.value;
      const answer = await reports.report(query, caller);
      if (!answer.ok) return sendAnswer(response, answer);
      const { report } = answer;
      const names = reportNamesOf(
        report.branches.flatMap(({ branchId }) => branches.get(branchId)?.config ?? []),
        clock.now(),
      );
      const { fileName, type, content } = await reportFile(format, { report, language, names });
      tellAudit(response, { about: { from: query.from, to: query.to, by: query.by } });
      response.attachment(fileName).type(type).send(content);
    });
  return router;
}
