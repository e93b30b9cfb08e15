import { Router, type Request, type Response } from 'express';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BranchId } from '../../domain/ids.ts';
import { periodQuerySchema, ticketsQuerySchema } from '../../protocol/period-report.ts';
import { parse } from '../door.ts';
import type { Ask } from '../identity/ask.ts';
import { refuse } from '../identity/desk.ts';
import { reaches } from '../identity/permissions.ts';
import type { Clock } from '../ports.ts';
import { sendAnswer } from '../statuses.ts';
import { reportNamesOf } from './report-names.ts';
import type { ReportAnswer, Reports } from './reports.ts';

export interface PeriodApiOptions {
  readonly reports: Reports;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly ask: Ask;
  readonly clock: Clock;
}

/** Figures over days and branches, for whoever may see reports: of the branches that they have to do with. */
export function periodApi({ reports, branches, ask, clock }: PeriodApiOptions): Router {
  const router = Router();

  router.get('/reports', async (request, response) => {
    const caller = await ask(request, response, 'see-reports');
    if (caller === undefined) return;
    const query = parse(periodQuerySchema, queryOf(request));
    if (!query.ok) return refuse(response, query.problem);
    send(response, await reports.report(query.value, caller));
  });

  router.get('/reports/tickets', async (request, response) => {
    const caller = await ask(request, response, 'see-reports');
    if (caller === undefined) return;
    const query = parse(ticketsQuerySchema, queryOf(request));
    if (!query.ok) return refuse(response, query.problem);
    send(response, await reports.tickets(query.value, caller));
  });

  router.get('/reports/names', async (request, response) => {
    const caller = await ask(request, response, 'see-reports');
    if (caller === undefined) return;
    const seen = [...branches.values()].map(({ config }) => config).filter(({ branchId }) => reaches(caller, branchId));
    response.json(reportNamesOf(seen, clock.now()));
  });

  return router;
}

/** The address names branches one by one: `branch=central&branch=harbour`. */
export function queryOf({ query: { branch, ...query } }: Pick<Request, 'query'>): object {
  return branch === undefined ? query : { ...query, branches: [branch].flat() };
}

function send<T extends object>(response: Response, answer: ReportAnswer<T>): void {
  if (answer.ok) response.json(answer.report);
  else sendAnswer(response, answer);
}
