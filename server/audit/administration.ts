import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { Caller } from '../identity/caller.ts';
import type { AuditAct } from '../ports.ts';
import type { Audit } from './audit.ts';

/** What a handler knows of the act beside who and what: it is written down with it. */
export type Told = Pick<AuditAct, 'about' | 'before' | 'after'>;

export function tellAudit(response: Response, told: Partial<Told>): void {
  response.locals['told'] = told;
}

/**
 * Commands are taken from the log; these would say the same thing twice, or say nothing that anybody did. And the id in the address
 * of a ticket is its link, which the audit must not hold. Minutes are saved with every pause of the pen; that they are closed is a row.
 */
const ELSEWHERE =
  /^\/(?:branches\/:branchId\/(?:commands|identify|ratings|tickets|reviews\/meetings\/:id\/minutes)|case-follow|device-state|feedback|pairings|pad|surveys\/:surveyId\/answers)/;
/** Coming back from the bank's directory is a sign-in, though a browser does it by looking; and figures are taken away by it. */
const LOOKS = /^\/(?:single-sign-on\/callback|reports\.(?:csv|xlsx))$/;
/** Here an attempt that failed is worth a row. */
const SESSIONS = /^\/(?:sessions|sign-in|own-secret)/;

/**
 * Writes down whatever is changed over HTTP and is no command: sessions, accounts, devices, exports. An act is the method and
 * the pattern of the address; of the request's body nothing is kept. Attempts to sign in that failed are there too.
 */
export function noteAdministration(audit: Audit, log: Logger): RequestHandler {
  return (request, response, next) => {
    const looks = request.method === 'GET' || request.method === 'HEAD';
    if (looks && !LOOKS.test(request.path)) return next();
    const json = response.json.bind(response);
    let answered: unknown;
    response.json = (body) => {
      answered = body;
      return json(body);
    };
    response.on('finish', () => {
      const pattern: unknown = (request.route as { readonly path?: unknown } | undefined)?.path;
      if (typeof pattern !== 'string' || ELSEWHERE.test(pattern)) return;
      // Whoever only calls the address leaves no row.
      if (looks && response.locals['told'] === undefined) return;
      const done = response.statusCode < 400;
      if (!done && !(SESSIONS.test(pattern) && response.statusCode < 429)) return;
      const caller = response.locals['caller'] as Caller | undefined;
      const { told = {} } = response.locals as { told?: Partial<Told> };
      const actor = caller?.actor ?? field(answered, 'actor') ?? 'nobody';
      // What a refused one says may be anything.
      const asked = (name: string) => (done ? field(request.body, name) : undefined);
      const { branchId = asked('branchId') ?? caller?.branchId, ...params } = request.params as Record<
        string,
        string | undefined
      >;
      const about = { ...definedOf(params), ...told.about, ...(!done && { refused: String(response.statusCode) }) };
      const device = caller?.deviceId ?? caller?.counterId ?? asked('counterId');
      const act = { ...told, act: `${request.method} ${pattern}`, actor, device, about };
      audit.note(branchId, act).catch((error: unknown) => log.error({ err: error, actor }, 'an act was not audited'));
    });
    next();
  };
}

function field(answer: unknown, name: string): string | undefined {
  const value = typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function definedOf(params: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
