import { Router } from 'express';
import { z } from 'zod';
import { tellAudit } from '../audit/administration.ts';
import { read, refuseBecause, type Desk } from './desk.ts';
import type { OwnSecretRefusal } from './own-secret.ts';

export const secretChangeSchema = z.strictObject({
  kind: z.enum(['pin', 'password']),
  old: z.string().min(1).max(200),
  fresh: z.string().min(1).max(200),
  endOthers: z.boolean(),
});

const STATUS: Readonly<Record<OwnSecretRefusal['reason'], number>> = {
  wrong: 403,
  locked: 429,
  'pin-weak': 400,
  'password-weak': 400,
  unchanged: 400,
  demo: 409,
  'no-secret': 409,
};

/** Changing one's own PIN or password. Nobody changes another's: for that there is the link of an administrator. */
export function ownSecretApi({ ownSecret, slowDownGuessing, readBody, ask }: Desk): Router {
  const router = Router();

  router.get('/own-secret', async (request, response) => {
    const caller = await ask(request, response);
    if (caller !== undefined) response.json({ kinds: await ownSecret.kinds(caller) });
  });

  router.post('/own-secret', slowDownGuessing, readBody, async (request, response) => {
    const caller = await ask(request, response);
    if (caller === undefined) return;
    const body = read(secretChangeSchema, request, response);
    if (body === undefined) return;
    tellAudit(response, { about: { secret: body.kind } });
    const result = await ownSecret.change(caller, body);
    if ('reason' in result) return refuseBecause(response, STATUS[result.reason], result);
    response.json(result);
  });

  return router;
}
