import { createHash } from 'node:crypto';
import { Router, type RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import { z } from 'zod';
import type { Audit } from '../audit/audit.ts';
import type { Ask } from '../identity/ask.ts';
import { idSchema, read, refuse } from '../identity/desk.ts';
import type { Identification } from './identification.ts';

export interface CustomersApiOptions {
  readonly identification: Identification;
  readonly audit: Audit;
  readonly ask: Ask;
  readonly readBody: RequestHandler;
  /** Where look-ups are counted; absent: in this process. */
  readonly countsOf?: ((limit: string) => Store) | undefined;
}

/** Of one kiosk or one person. A hall's busiest kiosk comes nowhere near; whoever tries numbers does. */
const PER_MINUTE = 20;

export const identifierSchema = z.strictObject({
  kind: z.enum(['card', 'phone', 'qr', 'id-number']),
  value: z.string().trim().min(4).max(200),
});
export const handInSchema = z.strictObject({ ref: z.string().min(1).max(40), ticketId: idSchema });

/** What is due to whoever shows a card, a phone number or an ID. */
export function customersApi({ identification, audit, ask, readBody, countsOf }: CustomersApiOptions): Router {
  const router = Router();
  const slowDown = rateLimit({
    windowMs: 60_000,
    limit: PER_MINUTE,
    ...(countsOf && { store: countsOf('look-ups') }),
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: { xForwardedForHeader: false },
    keyGenerator: (request) => {
      const token = request.get('authorization');
      return token === undefined ? ipKeyGenerator(request.ip ?? '') : createHash('sha256').update(token).digest('hex');
    },
    handler: (_request, response) =>
      refuse(response, { code: 'too-fast', message: 'Too many customers were looked up. Try again in a minute.' }),
  });

  router.get('/branches/:branchId/identify', async (request, response) => {
    const caller = await ask(request, response, 'identify-customer');
    if (caller !== undefined) response.json({ offered: identification.offered });
  });

  router.post('/branches/:branchId/identify', slowDown, readBody, async (request, response) => {
    const caller = await ask(request, response, 'identify-customer');
    if (caller === undefined) return;
    const identifier = read(identifierSchema, request, response);
    if (identifier === undefined) return;
    const branchId = request.params['branchId'] as string;
    const isStaff = caller.role !== 'kiosk';
    const { actor } = caller;
    // Nobody looks somebody up unseen: it is written down before it is done. By what, not whom.
    if (isStaff) await audit.note(branchId, { act: 'CustomerLookedUp', actor, about: { by: identifier.kind } });
    response.json(await identification.identify(branchId, identifier, isStaff));
  });

  router.post('/branches/:branchId/identify/ticket', readBody, async (request, response) => {
    const caller = await ask(request, response, 'identify-customer');
    if (caller === undefined) return;
    const body = read(handInSchema, request, response);
    if (body === undefined) return;
    response.json({ kept: await identification.link(request.params['branchId'] as string, body.ref, body.ticketId) });
  });
  return router;
}
