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

/** Commands are taken from the log; these would say the same thing twice, or say nothing that anybody did. */
const ELSEWHERE = /^\/(?:branches\/:branchId\/(?:commands|identify)|device-state|pairings)/;
const SESSIONS = /^\/(?:sessions|sign-in)/;

/**
 * Writes down whatever is changed over HTTP and is no command: sessions, accounts, devices, exports. An act is the method and
 * the pattern of the address; of the request's body nothing is kept. Attempts to sign in that failed are there too.
 */
export function noteAdministration(audit: Audit, log: Logger): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    const json = response.json.bind(response);
    let answered: unknown;
    response.json = (body) => {
      answered = body;
      return json(body);
    };
    response.on('finish', () => {
      const pattern: unknown = (request.route as { readonly path?: unknown } | undefined)?.path;
      if (typeof pattern !== 'string' || ELSEWHERE.test(pattern)) return;
      const done = response.statusCode < 400;
      if (!done && !(SESSIONS.test(pattern) && response.statusCode < 429)) return;
      const caller = response.locals['caller'] as Caller | undefined;
      const { told = {} } = response.locals as { told?: Partial<Told> };
      const actor = caller?.actor ?? field(answered, 'actor') ?? 'nobody';
      const named = done ? field(request.body, 'branchId') : undefined;
      const { branchId = named ?? caller?.branchId, ...params } = request.params as Record<string, string | undefined>;
      const about = { ...definedOf(params), ...told.about, ...(!done && { refused: String(response.statusCode) }) };
      const act = { ...told, act: `${request.method} ${pattern}`, actor, device: caller?.deviceId, about };
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
