import { Router, type Request } from 'express';
import { tellAudit } from '../audit/administration.ts';
import type { Caller } from './caller.ts';
import { refuse, type Desk } from './desk.ts';

const COOKIE = 'lobbyflow-sso';

/** To the bank's directory and back. The console takes the session out of its own address, behind the hash. */
export function singleSignOnApi({ singleSignOn, branches, slowDownGuessing }: Desk): Router {
  const router = Router();
  if (singleSignOn === undefined) return router;
  const cookie = { httpOnly: true, sameSite: 'lax', secure: singleSignOn.secure, path: '/api/single-sign-on' } as const;

  router.get('/single-sign-on', slowDownGuessing, async (request, response) => {
    const { branch } = request.query;
    if (typeof branch !== 'string' || !branches.has(branch)) return response.redirect('/manager/');
    try {
      const { address, attempt } = await singleSignOn.begin(branch);
      response.cookie(COOKIE, attempt, cookie).redirect(address);
    } catch {
      refuse(response, { code: 'busy', message: 'The directory does not answer. Sign in with your password.' });
    }
  });

  router.get('/single-sign-on/callback', slowDownGuessing, async (request, response) => {
    const finished = await singleSignOn.finish(request.originalUrl, cookieOf(request));
    response.clearCookie(COOKIE, cookie);
    if (finished === undefined) return response.redirect('/manager/#/refused/directory');
    const { branchId, result } = finished;
    tellAudit(response, { about: 'reason' in result ? { refused: result.reason } : {} });
    if (!('reason' in result)) {
      const { role, actor } = result;
      response.locals['caller'] = { role, actor, branchId } satisfies Caller;
    }
    const said =
      'reason' in result
        ? `refused/${result.reason}`
        : `session/${Buffer.from(JSON.stringify(result)).toString('base64url')}`;
    response.redirect(`/manager/?branch=${encodeURIComponent(branchId)}#/${said}`);
  });

  return router;
}

function cookieOf(request: Request): string {
  const header = request.get('cookie') ?? '';
  return new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(header)?.[1] ?? '';
}
