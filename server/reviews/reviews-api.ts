import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { Locale } from '../../domain/config.ts';
import type { BranchId, StaffId } from '../../domain/ids.ts';
import { ACTION_MOVES } from '../../domain/reviews/action.ts';
import {
  actionNoteSchema,
  documentQuerySchema,
  meetingClosingSchema,
  meetingRefusingSchema,
  meetingRequestSchema,
  minutesDraftSchema,
  monthSchema,
  quarterSchema,
} from '../../protocol/reviews.ts';
import { DOCX_TYPE } from '../documents/paper.ts';
import { parse } from '../door.ts';
import type { Ask } from '../identity/ask.ts';
import type { Caller } from '../identity/caller.ts';
import { read, refuse, refuseBecause } from '../identity/desk.ts';
import type { Action } from '../identity/permissions.ts';
import { NOT_SIGNED_IN, notAllowed } from '../problems.ts';
import type { Refused } from './meetings.ts';
import type { Reviews } from './reviews.ts';

export interface ReviewsApiOptions {
  readonly reviews: Reviews;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly ask: Ask;
  readonly readBody: RequestHandler;
}

/** Packs, meetings and actions of a branch, and the quarter of all branches. */
export function reviewsApi({ reviews, branches, ask, readBody }: ReviewsApiOptions): Router {
  const router = Router();
  const BASE = '/branches/:branchId/reviews';

  router.get(BASE, async (request, response) => {
    const at = await here(request, response, 'see-reviews');
    if (at !== undefined) response.json(await reviews.list(at.branch, at.caller));
  });

  router.get(`${BASE}/packs/:month`, async (request, response) => {
    const at = await here(request, response, 'see-reviews');
    const month = at && said(monthSchema, request.params.month, response);
    if (at === undefined || month === undefined) return;
    send(response, await reviews.shownPack(at.branch, month));
  });

  router.post(`${BASE}/packs/:month`, readBody, async (request, response) => {
    const at = await here(request, response, 'hold-reviews');
    const month = at && said(monthSchema, request.params.month, response);
    if (at !== undefined && month !== undefined) send(response, await reviews.packs.ask(at.branch, month));
  });

  router.get(`${BASE}/packs/:month/document`, async (request, response) => {
    const at = await here(request, response, 'see-reviews');
    const month = at && said(monthSchema, request.params.month, response);
    const language = month === undefined ? undefined : wanted(request, response);
    if (at === undefined || month === undefined || language === undefined) return;
    const paper = await reviews.packPaper(at.branch, month, language.value);
    download(response, `review-${at.branch.config.branchId}-${month}.docx`, paper);
  });

  router.post(`${BASE}/meetings`, readBody, async (request, response) => {
    const at = await person(request, response, 'request-meetings');
    const body = at && read(meetingRequestSchema, request, response);
    if (at !== undefined && body !== undefined) send(response, await reviews.meetings.request(at, body));
  });

  router.post(`${BASE}/meetings/:id/approve`, readBody, async (request, response) => {
    const at = await person(request, response, 'approve-meetings');
    if (at !== undefined) send(response, await reviews.meetings.decide(at, { approved: true }));
  });

  router.post(`${BASE}/meetings/:id/refuse`, readBody, async (request, response) => {
    const at = await person(request, response, 'approve-meetings');
    const body = at && read(meetingRefusingSchema, request, response);
    if (at !== undefined && body !== undefined)
      send(response, await reviews.meetings.decide(at, { approved: false, reason: body.reason }));
  });

  router.put(`${BASE}/meetings/:id/minutes`, readBody, async (request, response) => {
    const at = await person(request, response, 'hold-reviews');
    const body = at && read(minutesDraftSchema, request, response);
    if (at !== undefined && body !== undefined)
      send(response, await reviews.meetings.write(at, body.version, body.minutes));
  });

  router.post(`${BASE}/meetings/:id/close`, readBody, async (request, response) => {
    const at = await person(request, response, 'close-minutes');
    const body = at && read(meetingClosingSchema, request, response);
    if (at !== undefined && body !== undefined)
      send(response, await reviews.meetings.close(at, body.version, reviews.packs.today(at.branch)));
  });

  for (const move of ACTION_MOVES)
    router.post(`${BASE}/actions/:id/${move}`, readBody, async (request, response) => {
      const at = await person(request, response, 'move-actions');
      const body = at && read(actionNoteSchema, request, response);
      if (at === undefined || body === undefined) return;
      send(response, await reviews.meetings.move(at, { move, fromAbove: reviews.isAbove(at.caller), ...body }));
    });

  router.get('/reviews/quarters/:quarter', async (request, response) => {
    const quarter = await ofNetwork(request, response);
    if (quarter !== undefined) response.json(await reviews.quarter(quarter));
  });

  router.get('/reviews/quarters/:quarter/document', async (request, response) => {
    const quarter = await ofNetwork(request, response);
    const language = quarter === undefined ? undefined : wanted(request, response);
    if (quarter === undefined || language === undefined) return;
    download(response, `report-${quarter}.docx`, await reviews.quarterPaper(quarter, language.value ?? 'zh-CN'));
  });

  return router;

  async function here(request: Request<object>, response: Response, action: Action) {
    const caller = await ask(request as Request, response, action);
    const branch = branches.get((request.params as { branchId: string }).branchId);
    return caller === undefined || branch === undefined ? undefined : { caller, branch };
  }

  /** What people do stands under their name. */
  async function person(
    request: Request<object>,
    response: Response,
    action: Action,
  ): Promise<
    { readonly caller: Caller; readonly branch: LoadedBranch; readonly id: string; readonly by: StaffId } | undefined
  > {
    const at = await here(request, response, action);
    if (at === undefined) return undefined;
    if (at.caller.staffId === undefined) return refuse(response, NOT_SIGNED_IN);
    return { ...at, by: at.caller.staffId, id: (request.params as { id?: string }).id ?? '' };
  }

  /** What is of all branches is for whoever works for all of them. */
  async function ofNetwork(request: Request<{ quarter: string }>, response: Response): Promise<string | undefined> {
    const caller = await ask(request, response, 'see-quarters');
    if (caller === undefined) return undefined;
    if (caller.branchId !== undefined) return refuse(response, notAllowed('The token is for one branch.'));
    return said(quarterSchema, request.params.quarter, response);
  }
}

function said<T extends z.ZodType>(schema: T, value: unknown, response: Response): z.infer<T> | undefined {
  const parsed = parse(schema, value);
  return parsed.ok ? parsed.value : refuse(response, parsed.problem);
}

/** In which language; nothing in it: the usual one. */
function wanted(request: Request<object>, response: Response): { readonly value: Locale | undefined } | undefined {
  const query = said(documentQuerySchema, request.query, response);
  return query && { value: query.language };
}

const STATUS: Partial<Record<Refused['reason'], number>> = { 'not-found': 404, 'own-request': 403 };

function send(response: Response, answer: object | undefined): void {
  if (answer === undefined) return refuseBecause(response, 404, { reason: 'not-found' });
  if ('reason' in answer) {
    const refused = answer as Refused;
    return refuseBecause(response, STATUS[refused.reason] ?? 409, refused);
  }
  response.json(answer);
}

function download(response: Response, name: string, paper: Buffer | undefined): void {
  if (paper === undefined) return refuseBecause(response, 404, { reason: 'not-found' });
  response.type(DOCX_TYPE).attachment(name).send(paper);
}
