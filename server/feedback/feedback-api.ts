import { Router, type Request, type RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import { codeWishSchema, feedbackSchema, followKeySchema } from '../../protocol/feedback.ts';
import { read, refuse, refuseBecause } from '../identity/desk.ts';
import { badMessage, UNKNOWN_BRANCH } from '../problems.ts';
import type { Codes } from './codes.ts';
import { keyDigestOf, type TellUs } from './tell-us.ts';

export interface FeedbackApiOptions {
  readonly tellUs: TellUs;
  readonly codes: Codes | undefined;
  readonly hasBranch: (branchId: string) => boolean;
  readonly readBody: RequestHandler;
  readonly countsOf?: ((limit: string) => Store) | undefined;
}

const MINUTES = 10;
/** In so many minutes: forms and looks of one address, which a hall's customers may share; codes of one address, and to one. */
const FORMS = 60;
const LOOKS = 300;
const CODES = 30;
const CODES_TO_ONE = 3;
const NOT_FOUND = badMessage('There is nothing under this number and key. See that the whole link was copied.');

/** The public pages: nobody signs in, so everything is counted. */
export function feedbackApi({ tellUs, codes, hasBranch, readBody, countsOf }: FeedbackApiOptions): Router {
  const router = Router();
  const limited = (name: string, limit: number, whose?: (request: Request) => string) =>
    rateLimit({
      ...{ windowMs: MINUTES * 60_000, limit, standardHeaders: 'draft-8', legacyHeaders: false },
      ...(countsOf && { store: countsOf(name) }),
      validate: { xForwardedForHeader: false },
      keyGenerator: whose ?? ((request) => ipKeyGenerator(request.ip ?? '')),
      handler: (_request, response) =>
        refuse(response, { code: 'too-fast', message: `Too many in a short time. Try again in ${MINUTES} minutes.` }),
    });
  const mailOf = (request: Request) => {
    const { mail } = (request.body ?? {}) as { mail?: unknown };
    return keyDigestOf(typeof mail === 'string' ? mail.toLowerCase() : '');
  };

  router.get('/feedback', (_request, response) => void response.json(tellUs.terms));

  const slowCodes = [limited('feedback-codes', CODES), readBody, limited('feedback-codes-to', CODES_TO_ONE, mailOf)];
  router.post('/feedback/codes', ...slowCodes, async (request, response) => {
    const wish = read(codeWishSchema, request, response);
    if (wish === undefined) return;
    if (codes === undefined) return refuse(response, badMessage('This server sends no mail.'));
    response.json({ challenge: await codes.send(wish.mail, wish.language) });
  });

  router.post('/feedback', limited('feedback', FORMS), readBody, async (request, response) => {
    const said = read(feedbackSchema, request, response);
    if (said === undefined) return;
    if (!hasBranch(said.branchId)) return refuse(response, UNKNOWN_BRANCH);
    const told = await tellUs.tell(said);
    if (told.ok) response.json(told);
    else refuseBecause(response, 409, told);
  });

  router.post('/feedback/follow', limited('feedback-follow', LOOKS), readBody, async (request, response) => {
    const wanted = read(followKeySchema, request, response);
    const found = wanted && (await tellUs.follow(wanted.number, wanted.key));
    if (found) response.json(found);
    else if (wanted) response.status(404).json({ ok: false, problem: NOT_FOUND });
  });
  return router;
}
