import type { Request, RequestHandler, Response, Router } from 'express';
import { z } from 'zod';
import type { BranchId } from '../domain/ids.ts';
import type { Problem } from '../protocol/messages.ts';
import { whatIfRequestSchema, type RecordedDays, type WhatIfStarted } from '../protocol/what-if.ts';
import { parse } from './door.ts';
import { badMessage } from './problems.ts';
import type { WhatIfs } from './what-if/what-ifs.ts';

/** The addresses of what-if, for managers. */

export interface WhatIfApiOptions {
  readonly whatIfs: WhatIfs;
  readonly slowDown: RequestHandler;
  readonly readBody: RequestHandler;
  readonly managersOnly: RequestHandler<{ branchId: BranchId }>;
  readonly refuse: (response: Response, problem: Problem) => void;
}

const recordedDaySchema = z.object({ day: z.iso.date() });

const TOO_MANY: Problem = { code: 'busy', message: 'Too many days are being replayed already. Try again in a minute.' };

export function addWhatIf(router: Router, options: WhatIfApiOptions): void {
  const { whatIfs, slowDown, readBody, managersOnly, refuse } = options;

  router.get('/branches/:branchId/recorded-days', slowDown, managersOnly, async (request: Of<'branchId'>, response) => {
    const { branchId } = request.params;
    response.json({ days: await whatIfs.days(branchId) } satisfies RecordedDays);
  });

  router.get(
    '/branches/:branchId/recorded-days/:day',
    slowDown,
    managersOnly,
    async (request: Of<'branchId' | 'day'>, response) => {
      const { branchId } = request.params;
      const asked = parse(recordedDaySchema, request.params);
      if (!asked.ok) return refuse(response, asked.problem);
      const { day } = asked.value;
      if (!(await whatIfs.days(branchId)).includes(day)) return notFound(response, notRecorded(day));
      const customers = await whatIfs.customers(branchId, day);
      if (customers === undefined) return refuse(response, TOO_MANY);
      response.json(customers);
    },
  );

  router.post(
    '/branches/:branchId/what-if',
    slowDown,
    managersOnly,
    readBody,
    async (request: Of<'branchId'>, response) => {
      const { branchId } = request.params;
      const asked = parse(whatIfRequestSchema, request.body);
      if (!asked.ok) return refuse(response, asked.problem);
      const { day } = asked.value;
      if (!(await whatIfs.days(branchId)).includes(day)) return refuse(response, notRecorded(day));
      const id = whatIfs.start(branchId, asked.value);
      if (id === undefined) return refuse(response, TOO_MANY);
      response.status(202).json({ id } satisfies WhatIfStarted);
    },
  );

  router.get(
    '/branches/:branchId/what-if/:whatIf',
    slowDown,
    managersOnly,
    (request: Of<'branchId' | 'whatIf'>, response) => {
      const { branchId } = request.params;
      const progress = whatIfs.progress(branchId, request.params.whatIf);
      if (progress === undefined)
        return notFound(response, badMessage('There is no such what-if; they are kept for an hour. Start it again.'));
      response.json(progress);
    },
  );
}

/** A request to an address with these parts. */
type Of<Parts extends string> = Request<Record<Parts, string>>;

function notRecorded(day: string): Problem {
  return badMessage(`${day} is no closed day of this branch. GET .../recorded-days lists them.`);
}

function notFound(response: Response, problem: Problem): void {
  response.status(404).json({ ok: false, problem });
}
