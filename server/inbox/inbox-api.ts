import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import {
  inboxAnswerSchema,
  inboxClosingSchema,
  inboxEntrySchema,
  inboxQuerySchema,
  type InboxItem,
} from '../../protocol/inbox.ts';
import { tellAudit } from '../audit/administration.ts';
import { fileTypeOf, MEDIA_TYPES } from '../cases/file-types.ts';
import { parse } from '../door.ts';
import type { Ask } from '../identity/ask.ts';
import type { Caller } from '../identity/caller.ts';
import { read, refuse, refuseBecause } from '../identity/desk.ts';
import { reaches, type Action } from '../identity/permissions.ts';
import { badMessage, UNKNOWN_BRANCH } from '../problems.ts';
import type { Inbox, Moved } from './inbox.ts';

export interface InboxApiOptions {
  readonly inbox: Inbox;
  readonly hasBranch: (branchId: string) => boolean;
  readonly ask: Ask;
  readonly readBody: RequestHandler;
}

const PAGE_LIMIT = '8mb';
const NOT_HERE = { code: 'bad-message', message: 'There is no such item in the inbox.' } as const;

/** For staff who read what customers said and see to it. */
export function inboxApi({ inbox, hasBranch, ask, readBody }: InboxApiOptions): Router {
  const router = Router();

  /** The item of the address, if the caller may do this with it. */
  async function itemFor(request: Request, response: Response, action: Action) {
    const caller = await ask(request, response, action);
    if (caller === undefined) return undefined;
    const item = await inbox.find(request.params['itemId'] as string, caller);
    if (item === undefined) return void response.status(404).json({ ok: false, problem: NOT_HERE });
    tellAudit(response, { about: { branch: item.branchId, item: item.number } });
    return { item, caller };
  }

  router.get('/inbox', async (request, response) => {
    const caller = await ask(request, response, 'see-inbox');
    if (caller === undefined) return;
    const query = parse(inboxQuerySchema, request.query);
    if (!query.ok) return refuse(response, query.problem);
    response.json(await inbox.list(query.value, caller));
  });

  router.get('/inbox/:itemId', async (request, response) => {
    const found = await itemFor(request, response, 'see-inbox');
    if (found) response.json(found.item);
  });

  router.post('/inbox', readBody, async (request, response) => {
    const caller = await ask(request, response, 'work-inbox');
    const entry = caller && read(inboxEntrySchema, request, response);
    if (caller === undefined || entry === undefined) return;
    if (!hasBranch(entry.branchId) || !reaches(caller, entry.branchId)) return refuse(response, UNKNOWN_BRANCH);
    const item = await inbox.typeIn(entry, caller);
    tellAudit(response, { about: { branch: item.branchId, item: item.number } });
    response.json(item);
  });

  const readPage = express.raw({ limit: PAGE_LIMIT, type: () => true });
  router.put('/inbox/:itemId/page', readPage, async (request, response) => {
    const found = await itemFor(request, response, 'work-inbox');
    if (found === undefined) return;
    const bytes: unknown = request.body;
    const type = Buffer.isBuffer(bytes) ? photoType(bytes) : undefined;
    if (!Buffer.isBuffer(bytes) || type === undefined)
      return refuse(response, badMessage('The page is no picture: send a JPEG or a PNG of at most 8 MB.'));
    await inbox.keepPage(found.item.id, { type, bytes });
    response.json({ ...found.item, hasPage: true });
  });

  router.get('/inbox/:itemId/page', async (request, response) => {
    const found = await itemFor(request, response, 'see-inbox');
    const page = found && (await inbox.page(found.item.id));
    if (page) response.type(page.type).set('Content-Disposition', 'attachment').send(page.bytes);
    else if (found) response.status(404).json({ ok: false, problem: NOT_HERE });
  });

  type Move = (item: InboxItem, caller: Caller, request: Request, response: Response) => Promise<Moved> | undefined;
  const moves: Readonly<Record<string, Move>> = {
    take: (item, caller) => inbox.take(item, caller),
    answer: (item, caller, request, response) => {
      const body = read(inboxAnswerSchema, request, response);
      return body && inbox.answer(item, body.text, caller);
    },
    close: (item, caller, request, response) => {
      const body = read(inboxClosingSchema, request, response);
      return body && inbox.close(item, body, caller);
    },
    'make-case': (item, caller) => inbox.makeCase(item, caller),
  };
  for (const [name, move] of Object.entries(moves))
    router.post(`/inbox/:itemId/${name}`, readBody, async (request, response) => {
      const found = await itemFor(request, response, 'work-inbox');
      const moved = found && (await move(found.item, found.caller, request, response));
      if (moved?.ok) response.json(moved.item);
      else if (moved) refuseBecause(response, 409, { reason: moved.reason });
    });
  return router;
}

/** @returns what the photo of a page is, by its bytes; undefined when it is none */
function photoType(bytes: Buffer): string | undefined {
  const type = fileTypeOf(bytes);
  return type === 'png' || type === 'jpg' ? MEDIA_TYPES[type] : undefined;
}
