import { Router } from 'express';
import { z } from 'zod';
import { UNKNOWN_TICKET } from '../problems.ts';
import { idSchema, read, refuse, refuseBecause, type Desk } from './desk.ts';
import type { SignInRefusal } from './sign-in.ts';

export const signInSchema = z.strictObject({
  branchId: idSchema,
  staffId: idSchema,
  secret: z.string().min(1).max(200),
  counterId: idSchema.optional(),
  takeOver: z.boolean().optional(),
});
export const linkSchema = z.strictObject({ link: z.string().min(1).max(200) });
export const secretsSchema = linkSchema.extend({
  pin: z.string().max(20).optional(),
  password: z.string().max(200).optional(),
});

const STATUS: Readonly<Record<SignInRefusal['reason'], number>> = {
  wrong: 403,
  locked: 429,
  'no-role': 403,
  'unknown-place': 404,
  'counter-in-use': 409,
};

/** Signing in and out, one's own sessions, and setting a PIN or password with a link. */
export function signInApi(desk: Desk): Router {
  const { signIn, sessionBook, accounts, identity, otherWays, slowDownGuessing, readBody, ask } = desk;
  const router = Router();

  router.get('/sign-in', async (_request, response) => {
    const accountsAsked = otherWays.demo !== undefined || (await identity.isClaimed());
    response.json({ by: accountsAsked ? 'account' : 'name', ...otherWays });
  });

  router.post('/sign-in', slowDownGuessing, readBody, async (request, response) => {
    const body = read(signInSchema, request, response);
    if (body === undefined) return;
    const result = await signIn.signIn(body);
    if ('reason' in result) return refuseBecause(response, STATUS[result.reason], result);
    response.json(result);
  });

  router.post('/sign-out', async (request, response) => {
    const caller = await ask(request, response);
    if (caller === undefined) return;
    if (caller.grantId !== undefined) await sessionBook.end(caller, caller.grantId);
    response.json({ ok: true });
  });

  router.get('/sessions', async (request, response) => {
    const caller = await ask(request, response);
    if (caller !== undefined) response.json({ sessions: await sessionBook.list(caller) });
  });

  router.delete('/sessions/:sessionId', async (request, response) => {
    const caller = await ask(request, response);
    if (caller === undefined) return;
    const ended = await sessionBook.end(caller, request.params.sessionId);
    if (ended) response.json({ ok: true });
    else refuse(response, { ...UNKNOWN_TICKET, message: 'You have no such session.' });
  });

  router.post('/set-up/look', slowDownGuessing, readBody, async (request, response) => {
    const body = read(linkSchema, request, response);
    if (body === undefined) return;
    const found = await accounts.ofLink(body.link);
    if ('reason' in found) return refuseBecause(response, 403, found);
    response.json(found);
  });

  router.post('/set-up', slowDownGuessing, readBody, async (request, response) => {
    const body = read(secretsSchema, request, response);
    if (body === undefined) return;
    const { link, ...secrets } = body;
    const result = await accounts.setSecrets(link, secrets);
    if ('reason' in result) return refuseBecause(response, result.reason === 'unknown-link' ? 403 : 400, result);
    response.json({ staffId: result.staffId });
  });

  return router;
}
