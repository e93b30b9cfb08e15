import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { tellAudit } from '../audit/administration.ts';
import { identifierSchema } from '../customers/customers-api.ts';
import type { Ask } from '../identity/ask.ts';
import { read } from '../identity/desk.ts';
import type { Privacy } from './privacy.ts';

export const personSchema = z.strictObject({ identifiers: z.array(identifierSchema).min(1).max(10) });

/** A complaint, of somebody who left no number that they can be found by. */
export const erasedCaseSchema = z.strictObject({ number: z.string().regex(/^C\d{4}-\d{6,}$/) });

/** For whoever answers a customer who asks what is kept of them. All of it is audited, without saying of whom. */
export function privacyApi(options: {
  readonly privacy: Privacy;
  readonly ask: Ask;
  readonly readBody: RequestHandler;
}): Router {
  const { privacy, ask, readBody } = options;
  const router = Router();

  router.get('/privacy/retention', async (request, response) => {
    const caller = await ask(request, response, 'handle-personal-data');
    if (caller !== undefined) response.json({ days: privacy.retention });
  });

  router.post('/privacy/export', readBody, async (request, response) => {
    const caller = await ask(request, response, 'handle-personal-data');
    const person = caller && read(personSchema, request, response);
    if (person !== undefined) response.json(await privacy.export(person.identifiers));
  });

  router.post('/privacy/erase', readBody, async (request, response) => {
    const caller = await ask(request, response, 'handle-personal-data');
    const person = caller && read(personSchema, request, response);
    if (person === undefined) return;
    const rows = await privacy.erase(person.identifiers);
    tellAudit(response, { about: { rows: String(rows) } });
    response.json({ rows });
  });

  router.post('/privacy/erase-case', readBody, async (request, response) => {
    const caller = await ask(request, response, 'handle-personal-data');
    const erased = caller && read(erasedCaseSchema, request, response);
    if (erased === undefined) return;
    const rows = await privacy.eraseCase(erased.number);
    tellAudit(response, { about: { case: erased.number, rows: String(rows) } });
    response.json({ rows });
  });
  return router;
}
