import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import {
  caseActRequestSchema,
  caseIntakeSchema,
  caseQuerySchema,
  type CaseActType,
  type CaseAnswer,
  type CaseRefusal,
} from '../../protocol/cases.ts';
import { tellAudit } from '../audit/administration.ts';
import { parse } from '../door.ts';
import { DOCX_TYPE } from '../documents/paper.ts';
import type { Ask } from '../identity/ask.ts';
import type { Caller } from '../identity/caller.ts';
import { read, refuse } from '../identity/desk.ts';
import { may, reaches, type Action } from '../identity/permissions.ts';
import { badMessage, notAllowed } from '../problems.ts';
import type { CaseRecords } from '../case-ports.ts';
import type { CaseReading } from './case-reading.ts';
import type { Cases } from './cases.ts';
import { doerOf, staffIdOf } from './people.ts';
import type { CaseVisits } from './visit-of.ts';

export interface CasesApiOptions {
  readonly cases: Cases;
  readonly reading: CaseReading;
  readonly visits: CaseVisits;
  readonly records: Pick<CaseRecords, 'file'>;
  readonly maxBytes: number;
  readonly ask: Ask;
  readonly readBody: RequestHandler;
}

export const caseVisitQuerySchema = z.object({ number: z.string().min(1).max(10), day: z.iso.date().optional() });
export const caseLetterQuerySchema = z.object({ language: z.enum(['zh-CN', 'zh-TW', 'en']).optional() });
const ABOUT_YOU = notAllowed('This complaint is about you: others handle it.');

/** Complaint cases for staff: whoever handles them in their branch, and tellers those that they took in. */
export function casesApi({ cases, reading, visits, records, maxBytes, ask, readBody }: CasesApiOptions): Router {
  const router = Router();

  router.get('/branches/:branchId/case-choices', async (request, response) => {
    const caller = await ask(request, response, 'take-complaint');
    if (caller !== undefined) response.json(await reading.choices(partOf(request, 'branchId')));
  });

  router.get('/branches/:branchId/case-visit', async (request, response) => {
    const caller = await ask(request, response, 'take-complaint');
    if (caller === undefined) return;
    const query = parse(caseVisitQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.problem);
    const link = await visits.find(partOf(request, 'branchId'), query.value);
    if (link === undefined) refuseCase(response, { code: 'no-visit' });
    else response.json(link);
  });

  router.post('/branches/:branchId/cases', readBody, async (request, response) => {
    const caller = await ask(request, response, 'take-complaint');
    const intake = caller && read(caseIntakeSchema, request, response);
    if (caller === undefined || intake === undefined) return;
    const branchId = partOf(request, 'branchId');
    const { day, ticketId, ticketNumber: number } = intake;
    const named = ticketId ?? number;
    if (named !== undefined && (await visits.find(branchId, { day, ticketId, number })) === undefined)
      return refuseCase(response, { code: 'no-visit' });
    const received = await cases.receive({ ...intake, branchId, by: doerOf(caller) });
    if (!received.ok) return refuseCase(response, received.rejection);
    tellAudit(response, { about: { case: received.number } });
    response.json(received);
  });

  router.get('/cases', async (request, response) => {
    const caller = await ask(request, response, 'read-cases');
    if (caller === undefined) return;
    const query = parse(caseQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.problem);
    const asked = query.value.branch?.filter((branchId) => reaches(caller, branchId));
    const branches = asked ?? (caller.branchId === undefined ? undefined : [caller.branchId]);
    const owner = onlyOwn(caller) ? 'me' : query.value.owner;
    response.json(await reading.list({ ...query.value, owner }, branches, staffIdOf(caller)));
  });

  router.get('/cases/:number', async (request, response) => {
    const found = await caseFor(request, response);
    if (found === undefined) return;
    response.json(await reading.view(found.opened, doerOf(found.caller), rightsOf(found.caller)));
  });

  router.post('/cases/:number/acts', readBody, async (request, response) => {
    const approves = APPROVALS.includes((request.body as { act?: { type?: string } } | undefined)?.act?.type ?? '');
    const found = await caseFor(request, response, approves ? 'approve-extensions' : 'take-complaint');
    const body = found && read(caseActRequestSchema, request, response);
    if (found === undefined || body === undefined) return;
    const { caller, opened } = found;
    const answer = await cases.act(opened.number, body.version, doerOf(caller), body.act);
    tellAudit(response, { about: { act: body.act.type, branch: opened.state.branchId } });
    sendCaseAnswer(response, answer);
  });

  router.put('/cases/:number/files', rawFile(maxBytes), async (request, response) => {
    const found = await caseFor(request, response, 'take-complaint');
    const file = found && fileOf(request, response);
    if (found === undefined || file === undefined) return;
    tellAudit(response, { about: { act: 'AttachFile', branch: found.opened.state.branchId } });
    sendCaseAnswer(response, await cases.attach(found.opened.number, doerOf(found.caller), file));
  });

  router.get('/cases/:number/files/:fileId', async (request, response) => {
    const found = await caseFor(request, response);
    const file = found && (await records.file(found.opened.number, partOf(request, 'fileId')));
    if (file) sendFile(response, file);
    else if (found) refuseCase(response, { code: 'unknown-case' });
  });

  router.get('/cases/:number/letter', async (request, response) => {
    const found = await caseFor(request, response, 'handle-cases');
    if (found === undefined) return;
    const query = parse(caseLetterQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.problem);
    const { opened } = found;
    const content = await cases.letter(opened, query.value.language);
    if (content === undefined) return refuseCase(response, { code: 'wrong-step', status: opened.state.status });
    sendFile(response, { name: `${opened.number}.docx`, mediaType: DOCX_TYPE, content });
  });

  async function caseFor(request: Request, response: Response, action: Action = 'read-cases') {
    const caller = await ask(request, response, action);
    if (caller === undefined) return undefined;
    const opened = await cases.book.open(partOf(request, 'number'));
    if (opened === undefined || !reaches(caller, opened.state.branchId))
      return refuseCase(response, { code: 'unknown-case' });
    const { ownerId, offer, recused } = opened.state;
    const me = staffIdOf(caller);
    if (recused.includes(me) && ownerId !== me) return refuse(response, ABOUT_YOU);
    if (onlyOwn(caller) && ownerId !== me && offer?.to !== me)
      return refuse(response, notAllowed('Who only takes complaints in sees those that they own or are offered.'));
    return { caller, opened };
  }

  return router;
}

const APPROVALS: readonly string[] = ['ApproveExtension', 'RefuseExtension'];

/** Reading is not handling: an auditor does nothing. */
function rightsOf(caller: Caller): (type: CaseActType) => boolean {
  return (type) => may(caller, APPROVALS.includes(type) ? 'approve-extensions' : 'take-complaint');
}

/** Who took a case in and does not handle them has it until somebody else has accepted it. */
function onlyOwn(caller: Caller): boolean {
  return may(caller, 'take-complaint') && !may(caller, 'handle-cases');
}

function partOf(request: Request, name: string): string {
  const part = request.params[name];
  return typeof part === 'string' ? part : '';
}

export function rawFile(maxBytes: number): RequestHandler {
  const readRaw = express.raw({ limit: maxBytes, type: () => true });
  return (request, response, next) =>
    readRaw(request, response, (error?: unknown) => {
      const tooLarge = typeof error === 'object' && error !== null && 'status' in error && error.status === 413;
      if (tooLarge) refuseCase(response, { code: 'file-too-large' });
      else next(error);
    });
}

/** The name stands in a header of its own, percent-encoded: an address is written into logs. */
export function fileOf(request: Request, response: Response) {
  const content: unknown = request.body;
  try {
    const name = decodeURIComponent(request.get('x-file-name') ?? '');
    if (!Buffer.isBuffer(content)) return refuse(response, badMessage('Send the file itself as the body.'));
    return { name, claimed: request.get('content-type') ?? '', content };
  } catch {
    return refuseCase(response, { code: 'file-name' });
  }
}

/** Never shown by a browser, whatever it says that it is. */
export function sendFile(
  response: Response,
  { name, mediaType, content }: { readonly name: string; readonly mediaType: string; readonly content: Buffer },
): void {
  response.attachment(name);
  response.set({ 'Content-Type': mediaType, 'X-Content-Type-Options': 'nosniff' }).send(content);
}

export function sendCaseAnswer(response: Response, answer: CaseAnswer): void {
  if (answer.ok) response.json(answer);
  else refuseCase(response, answer.rejection);
}

const NOT_HERE: readonly CaseRefusal['code'][] = ['unknown-case', 'no-visit'];

/** @returns nothing, as `refuse` does: the handler has nothing more to do */
export function refuseCase(response: Response, rejection: CaseRefusal): undefined {
  const status = NOT_HERE.includes(rejection.code) ? 404 : rejection.code === 'file-too-large' ? 413 : 409;
  response.status(status).json({ ok: false, rejection });
}
