import { Router, type Request, type RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import { z } from 'zod';
import { refuse } from '../identity/desk.ts';
import { callerOf, type Verifier } from '../identity/caller-of.ts';
import { may } from '../identity/permissions.ts';
import { badMessage, NOT_SIGNED_IN, notAllowed, UNKNOWN_TICKET } from '../problems.ts';
import type { Notices } from './notices.ts';

/** Of one address, in a minute; a hall's customers may share one. */
const PER_MINUTE = 120;

const base64url = z.string().regex(/^[\w-]+=*$/);
export const wishSchema = z.strictObject({
  endpoint: z.url().max(1_000),
  keys: z.strictObject({ p256dh: base64url.min(80).max(120), auth: base64url.min(16).max(40) }),
  language: z.enum(['zh-CN', 'zh-TW', 'en']),
});
export const offerSchema = z.object({
  key: z.string().optional().meta({ description: 'Public key of the sender; absent where no notices are sent.' }),
});

type OfTicket = Request<{ branchId: string; ticketId: string }>;

export interface NoticesApiOptions {
  /** Absent where no notices are sent. */
  readonly notices: Notices | undefined;
  readonly tokens: Verifier;
  readonly readBody: RequestHandler;
  readonly countsOf?: ((limit: string) => Store) | undefined;
}

/** Notices of one ticket. As everywhere for a customer, to know its id is the right to it. */
export function noticesApi({ notices, tokens, readBody, countsOf }: NoticesApiOptions): Router {
  const router = Router();
  const path = '/branches/:branchId/tickets/:ticketId/notices';
  const slowDown = rateLimit({
    windowMs: 60_000,
    limit: PER_MINUTE,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    ...(countsOf && { store: countsOf('notices') }),
    validate: { xForwardedForHeader: false },
    keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
    handler: (_request, response) =>
      refuse(response, { code: 'too-fast', message: 'Too many wishes for notices. Try again in a minute.' }),
  });

  const holdersOnly: RequestHandler = async (request, response, next) => {
    const caller = await callerOf(tokens, request);
    if (caller === undefined) return refuse(response, NOT_SIGNED_IN);
    if (!may(caller, 'be-notified'))
      return refuse(response, notAllowed('Only whoever holds a ticket is notified of it.'));
    next();
  };
  router.use(path, holdersOnly);
  router.get(path, (_request, response) => void response.json(notices === undefined ? {} : { key: notices.key }));

  router.put(path, slowDown, readBody, async (request: OfTicket, response) => {
    const wish = wishSchema.safeParse(request.body);
    if (notices === undefined) return refuse(response, badMessage('This server sends no notices.'));
    if (!wish.success) return refuse(response, badMessage(z.prettifyError(wish.error)));
    const { endpoint, keys, language } = wish.data;
    if (!notices.sendsTo(endpoint))
      return refuse(response, badMessage('This server does not send notices to that push service.'));
    const { branchId, ticketId } = request.params;
    const kept = await notices.agree({ branchId, ticketId, address: { endpoint, ...keys }, language });
    if (kept) response.json({ ok: true });
    else refuse(response, UNKNOWN_TICKET);
  });

  router.delete(path, slowDown, async (request: OfTicket, response) => {
    await notices?.withdraw(request.params.branchId, request.params.ticketId);
    response.json({ ok: true });
  });
  return router;
}
