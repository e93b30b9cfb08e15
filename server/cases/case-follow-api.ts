import { Router, type Request, type RequestHandler, type Response } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import { caseFollowActSchema, caseKeySchema } from '../../protocol/case-follow.ts';
import { parse } from '../door.ts';
import { read, refuse } from '../identity/desk.ts';
import type { OpenedCase } from './case-book.ts';
import type { CaseFollowing } from './case-follow.ts';
import { fileOf, rawFile, refuseCase, sendCaseAnswer, sendFile } from './cases-api.ts';

export interface CaseFollowApiOptions {
  readonly following: CaseFollowing;
  readonly maxBytes: number;
  readonly readBody: RequestHandler;
  readonly countsOf?: ((limit: string) => Store) | undefined;
}

const MINUTES = 10;
/** Of one address in so many minutes: all requests, and those that found nothing. A hall's customers may share an address. */
const REQUESTS = 300;
const FAILURES = 30;

/** The public side of a case: whoever has its number and its key. All of it is counted; a wrong key and a wrong number look alike. */
export function caseFollowApi({ following, maxBytes, readBody, countsOf }: CaseFollowApiOptions): Router {
  const router = Router();
  const limited = (name: string, limit: number, onlyFailures: boolean) =>
    rateLimit({
      ...{ windowMs: MINUTES * 60_000, limit, standardHeaders: 'draft-8', legacyHeaders: false },
      skipSuccessfulRequests: onlyFailures,
      ...(countsOf && { store: countsOf(name) }),
      validate: { xForwardedForHeader: false },
      keyGenerator: (request) => ipKeyGenerator(request.ip ?? ''),
      handler: (_request, response) =>
        refuse(response, { code: 'too-fast', message: `Too many in a short time. Try again in ${MINUTES} minutes.` }),
    });
  router.use('/case-follow', limited('case-follow', REQUESTS, false), limited('case-follow-failed', FAILURES, true));

  router.post('/case-follow', readBody, async (request, response) => {
    const opened = await openedBy(request, response);
    if (opened !== undefined) response.json(await following.view(opened));
  });

  router.post('/case-follow/acts', readBody, async (request, response) => {
    const body = read(caseFollowActSchema, request, response);
    const opened = body && (await open(body, response));
    if (body === undefined || opened === undefined) return;
    const answer = await following.act(opened, body.act);
    if (!answer.ok) return sendCaseAnswer(response, answer);
    await showAgain(body, response);
  });

  router.put('/case-follow/files', rawFile(maxBytes), async (request, response) => {
    const given = { number: request.get('x-case-number') ?? '', key: request.get('x-case-key') ?? '' };
    const key = parse(caseKeySchema, given);
    if (!key.ok) return refuse(response, key.problem);
    const opened = await open(key.value, response);
    const file = opened && fileOf(request, response);
    if (opened === undefined || file === undefined) return;
    const answer = await following.attach(opened, file);
    if (!answer.ok) return sendCaseAnswer(response, answer);
    await showAgain(key.value, response);
  });

  router.post('/case-follow/letter', readBody, async (request, response) => {
    const opened = await openedBy(request, response);
    const letter = opened && (await following.letter(opened));
    if (letter) sendFile(response, letter);
    else if (opened) refuseCase(response, { code: 'wrong-step', status: opened.state.status });
  });

  async function openedBy(request: Request, response: Response) {
    const key = read(caseKeySchema, request, response);
    return key && open(key, response);
  }

  async function open(key: Parameters<CaseFollowing['open']>[0], response: Response): Promise<OpenedCase | undefined> {
    return (await following.open(key)) ?? refuseCase(response, { code: 'unknown-case' });
  }

  async function showAgain(key: Parameters<CaseFollowing['open']>[0], response: Response): Promise<void> {
    const opened = await open(key, response);
    if (opened !== undefined) response.json(await following.view(opened));
  }

  return router;
}
