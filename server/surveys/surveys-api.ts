import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import { surveyAnswerSchema, surveyDraftSchema, type SurveyRow } from '../../protocol/surveys.ts';
import { tellAudit } from '../audit/administration.ts';
import type { Ask } from '../identity/ask.ts';
import { read, refuse, refuseBecause } from '../identity/desk.ts';
import type { Action } from '../identity/permissions.ts';
import { badMessage, notAllowed } from '../problems.ts';
import type { Surveys } from './surveys.ts';

export interface SurveysApiOptions {
  readonly surveys: Surveys;
  readonly ask: Ask;
  readonly readBody: RequestHandler;
  readonly countsOf?: ((limit: string) => Store) | undefined;
}

/** Of one address, which a hall's customers may share, in a minute. */
const ANSWERS = 60;
const FILE_LIMIT = '2mb';
const NOT_HERE = badMessage('There is no such survey.');

export function surveysApi({ surveys, ask, readBody, countsOf }: SurveysApiOptions): Router {
  const router = Router();
  const slowDown = rateLimit({
    ...{ windowMs: 60_000, limit: ANSWERS, standardHeaders: 'draft-8', legacyHeaders: false },
    ...(countsOf && { store: countsOf('survey-answers') }),
    validate: { xForwardedForHeader: false },
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
    handler: (_request, response) =>
      refuse(response, { code: 'too-fast', message: 'Too many answers in a minute. Try again in a minute.' }),
  });

  router.get('/surveys/:surveyId/form', slowDown, async (request: Of, response) => {
    const form = await surveys.form(request.params.surveyId);
    if (form) response.json(form);
    else response.status(404).json({ ok: false, problem: NOT_HERE });
  });

  router.post('/surveys/:surveyId/answers', slowDown, readBody, async (request: Of, response) => {
    const answer = read(surveyAnswerSchema, request, response);
    if (answer === undefined) return;
    const reason = await surveys.answer(request.params.surveyId, answer);
    if (reason === undefined) response.json({ ok: true });
    else refuseBecause(response, 409, { reason });
  });

  router.get('/ticket-survey', slowDown, async (request, response) => {
    const { branch } = request.query;
    response.json({ id: await surveys.afterVisit(typeof branch === 'string' ? branch : '') });
  });

  /** The survey of the address, if the caller may do this with it. */
  async function surveyFor(request: Of, response: Response, action: Action) {
    const caller = await ask(request, response, action);
    if (caller === undefined) return undefined;
    const survey = await surveys.find(request.params.surveyId, caller);
    if (survey === undefined) return void response.status(404).json({ ok: false, problem: NOT_HERE });
    if (action === 'run-surveys' && !survey.mine)
      return refuse(response, notAllowed('Only who runs this survey changes it.'));
    return { survey, caller };
  }

  router.get('/surveys', async (request, response) => {
    const caller = await ask(request, response, 'see-surveys');
    if (caller) response.json({ surveys: await surveys.list(caller) });
  });

  router.post('/surveys', readBody, async (request, response) => {
    const caller = await ask(request, response, 'run-surveys');
    const draft = caller && read(surveyDraftSchema, request, response);
    if (caller === undefined || draft === undefined) return;
    const fault = surveys.faultOf(draft, caller);
    if (fault !== undefined) return refuse(response, badMessage(fault));
    const survey = await surveys.add(draft, caller);
    tellAudit(response, { about: { survey: survey?.id ?? '' } });
    response.json(survey);
  });

  router.put('/surveys/:surveyId', readBody, async (request: Of, response) => {
    const found = await surveyFor(request, response, 'run-surveys');
    const draft = found && read(surveyDraftSchema, request, response);
    if (found === undefined || draft === undefined) return;
    const fault = surveys.faultOf(draft, found.caller);
    if (fault !== undefined) return refuse(response, badMessage(fault));
    answer(response, await surveys.change(found.survey, draft, found.caller));
  });

  router.delete('/surveys/:surveyId', async (request: Of, response) => {
    const found = await surveyFor(request, response, 'run-surveys');
    if (found === undefined) return;
    if (await surveys.remove(found.survey)) response.json({ ok: true });
    else refuseBecause(response, 409, { reason: 'not-draft' });
  });

  for (const [name, to] of [
    ['start', 'running'],
    ['end', 'ended'],
  ] as const)
    router.post(`/surveys/:surveyId/${name}`, async (request: Of, response) => {
      const found = await surveyFor(request, response, 'run-surveys');
      if (found) answer(response, await surveys.turn(found.survey, to, found.caller));
    });

  router.get('/surveys/:surveyId/results', async (request: Of, response) => {
    const found = await surveyFor(request, response, 'see-surveys');
    if (found) response.json(await surveys.results(found.survey));
  });

  router.get('/surveys/:surveyId/export.csv', async (request: Of, response) => {
    const found = await surveyFor(request, response, 'see-surveys');
    if (found === undefined) return;
    // Whoever takes figures out of the house is in the audit.
    tellAudit(response, { about: { survey: found.survey.id } });
    response.type('text/csv').set('Content-Disposition', `attachment; filename="survey-${found.survey.from}.csv"`);
    response.send(await surveys.exportCsv(found.survey));
  });

  const readFile = express.text({ limit: FILE_LIMIT, type: ['text/csv', 'text/plain'] });
  router.post('/surveys/:surveyId/import', readFile, async (request: Of, response) => {
    const found = await surveyFor(request, response, 'run-surveys');
    if (found === undefined) return;
    const csv: unknown = request.body;
    if (typeof csv !== 'string') return refuse(response, badMessage('Send the file as text/csv, in UTF-8.'));
    const result = await surveys.importCsv(found.survey, csv);
    if ('cells' in result) response.json(result);
    else refuseBecause(response, 409, { reason: 'rows', ...result });
  });
  return router;
}

type Of = Request<{ surveyId: string }>;

function answer(
  response: Response,
  turned: { readonly ok: true; readonly survey: SurveyRow } | { readonly ok: false; readonly reason: string },
): void {
  if (turned.ok) response.json(turned.survey);
  else refuseBecause(response, 409, { reason: turned.reason });
}
