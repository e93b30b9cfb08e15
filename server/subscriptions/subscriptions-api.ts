import { Router, type Request, type RequestHandler, type Response } from 'express';
import { subscriptionWishSchema, type SubscriptionRefusal } from '../../protocol/report-subscriptions.ts';
import type { Ask } from '../identity/ask.ts';
import { read, refuseBecause } from '../identity/desk.ts';
import type { Owner, ReportSubscriptions } from './subscriptions.ts';

export interface SubscriptionsApiOptions {
  readonly subscriptions: ReportSubscriptions;
  readonly ask: Ask;
  readonly readBody: RequestHandler;
}

type OfBranch = Request<{ branchId: string }>;
type OfOne = Request<{ branchId: string; id: string }>;

/** Reports that come by mail: everybody's own. */
export function subscriptionsApi({ subscriptions, ask, readBody }: SubscriptionsApiOptions): Router {
  const router = Router();
  const path = '/branches/:branchId/report-subscriptions';

  router.get(path, async (request: OfBranch, response) => {
    const owner = await ownerOf(request, response);
    if (owner !== undefined) response.json(await subscriptions.list(owner));
  });

  router.post(path, readBody, async (request: OfBranch, response) => {
    const owner = await ownerOf(request, response);
    if (owner === undefined) return;
    const wish = read(subscriptionWishSchema, request, response);
    if (wish !== undefined) answer(response, await subscriptions.add(owner, wish));
  });

  router.put(`${path}/:id`, readBody, async (request: OfOne, response) => {
    const owner = await ownerOf(request, response);
    if (owner === undefined) return;
    const wish = read(subscriptionWishSchema, request, response);
    if (wish !== undefined) answer(response, await subscriptions.change(owner, request.params.id, wish));
  });

  router.delete(`${path}/:id`, async (request: OfOne, response) => {
    const owner = await ownerOf(request, response);
    if (owner === undefined) return;
    const gone = await subscriptions.remove(owner, request.params.id);
    answer(response, gone ? { ok: true } : { reason: 'unknown' });
  });

  router.post(`${path}/:id/send-now`, async (request: OfOne, response) => {
    const owner = await ownerOf(request, response);
    if (owner !== undefined) answer(response, await subscriptions.sendNow(owner, request.params.id));
  });
  return router;

  async function ownerOf(request: OfBranch, response: Response): Promise<Owner | undefined> {
    const caller = await ask(request, response, 'mail-reports');
    const { branchId } = request.params;
    if (caller?.staffId !== undefined) return { staffId: caller.staffId, branchId };
    if (caller !== undefined) answer(response, { reason: 'no-account' });
    return undefined;
  }
}

function answer(response: Response, result: object | { readonly reason: SubscriptionRefusal }): void {
  if ('reason' in result) refuseBecause(response, 409, result);
  else response.json(result);
}
