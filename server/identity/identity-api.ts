import { Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { accountsApi } from './accounts-api.ts';
import { asker } from './ask.ts';
import { refuse, type Desk, type IdentityApiOptions } from './desk.ts';
import { devicesApi } from './devices-api.ts';
import { ownSecretApi } from './own-secret-api.ts';
import { signInApi } from './sign-in-api.ts';
import { singleSignOnApi } from './single-sign-on-api.ts';

/** Requests for a pairing code from one address in five minutes: enough for every device of a hall, twice. */
const PAIRINGS = 100;

/** Everything about who somebody is: sign-in, sessions, accounts, devices. */
export function identityApi(options: IdentityApiOptions): Router {
  const desk: Desk = {
    ...options,
    slowDownPairing: rateLimit({
      windowMs: 5 * 60_000,
      limit: PAIRINGS,
      ...(options.countsOf && { store: options.countsOf('pairings') }),
      validate: { xForwardedForHeader: false },
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (_request, response) =>
        refuse(response, {
          code: 'too-fast',
          message: 'Too many devices asked for a code. Try again in five minutes.',
        }),
    }),
    ask: asker(options),
  };
  const router = Router();
  router.use(signInApi(desk));
  router.use(ownSecretApi(desk));
  router.use(accountsApi(desk));
  router.use(devicesApi(desk));
  router.use(singleSignOnApi(desk));
  return router;
}
