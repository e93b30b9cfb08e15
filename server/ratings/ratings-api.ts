import { Router, type RequestHandler, type Response } from 'express';
import { counterRatingSchema, phoneRatingSchema } from '../../protocol/ratings.ts';
import type { Ask } from '../identity/ask.ts';
import { callerOf, type Verifier } from '../identity/caller-of.ts';
import { read, refuse, refuseBecause } from '../identity/desk.ts';
import { may } from '../identity/permissions.ts';
import { NOT_SIGNED_IN, notAllowed } from '../problems.ts';
import type { RatingAnswer, Ratings } from './ratings.ts';

export interface RatingsApiOptions {
  readonly ratings: Ratings;
  readonly ask: Ask;
  readonly tokens: Verifier;
  readonly slowDown: RequestHandler;
  readonly readBody: RequestHandler;
}

/** Ratings come in from the screen at a counter, and from whoever holds the ticket. */
export function ratingsApi({ ratings, ask, tokens, slowDown, readBody }: RatingsApiOptions): Router {
  const router = Router();

  router.post('/branches/:branchId/ratings', slowDown, readBody, async (request, response) => {
    const caller = await ask(request, response, 'rate-at-counter');
    if (caller === undefined) return;
    const body = read(counterRatingSchema, request, response);
    if (body === undefined) return;
    const { number, score, reasons } = body;
    const rated = { channel: 'counter', counterId: caller.deviceId ?? '', number } as const;
    answer(
      response,
      await ratings.rate(request.params['branchId'] as string, rated, { score, reasons, dimensions: {} }),
    );
  });

  router.post('/branches/:branchId/tickets/:ticketId/rating', slowDown, readBody, async (request, response) => {
    const caller = await callerOf(tokens, request);
    if (caller === undefined) return refuse(response, NOT_SIGNED_IN);
    if (!may(caller, 'rate-own-visit')) return refuse(response, notAllowed('Only whoever was served rates a service.'));
    const body = read(phoneRatingSchema, request, response);
    if (body === undefined) return;
    const { branchId, ticketId } = request.params as { branchId: string; ticketId: string };
    answer(response, await ratings.rate(branchId, { channel: 'phone', ticketId }, { ...body, reasons: [] }));
  });

  return router;
}

function answer(response: Response, result: RatingAnswer): void {
  if (result.ok) response.json({ ok: true });
  else if ('problem' in result) refuse(response, result.problem);
  else refuseBecause(response, result.reason === 'not-served' ? 404 : 409, result);
}
