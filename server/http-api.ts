import express, { Router, type Request, type Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import type { LoadedBranch } from '../config/branch.schema.ts';
import { isLoopback } from '../config/env.ts';
import type { BranchId, BusinessDay } from '../domain/ids.ts';
import { audienceSchema, type Problem } from '../protocol/messages.ts';
import { parse, type Door } from './door.ts';
import { dayQuerySchema, type DayEstimates } from './estimate-report.ts';
import type { ForecastReport } from './forecast/forecasts.ts';
import { CUSTOMER, type Caller } from './identity/caller.ts';
import { mayListStaff, maySeeReports } from './identity/permissions.ts';
import { sessionRequestSchema, type Sessions } from './identity/sessions.ts';
import type { Tokens } from './identity/tokens.ts';
import { networkOf } from './network.ts';
import { NOT_SIGNED_IN, notAllowed, UNKNOWN_BRANCH } from './problems.ts';
import { tooFast } from './rate-limit.ts';
import { statusOf } from './statuses.ts';

export interface ApiOptions {
  readonly door: Door;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly demo: boolean;
  /** Commands per second of one token, or of one address without a token. */
  readonly commandsPerSecond: number;
  /** Forecast and what came of a day, by default of today; undefined for a branch that is not there. */
  readonly forecastOf: (branchId: BranchId, day: BusinessDay | undefined) => Promise<ForecastReport | undefined>;
  /** How the waits that were told compare with what came, of a day, by default of today. */
  readonly estimatesOf: (branchId: BranchId, day: BusinessDay | undefined) => Promise<DayEstimates>;
}

const BODY_LIMIT = '16kb';
/**
 * Failed requests for a session from one address in five minutes. Those still being answered count too, so it leaves room for
 * a hall full of screens that start at once.
 */
const FAILED_SESSIONS = 200;

/** Everything under /api. */
export function api({
  door,
  sessions,
  tokens,
  branches,
  demo,
  commandsPerSecond,
  forecastOf,
  estimatesOf,
}: ApiOptions): Router {
  const router = Router();
  const readBody = express.json({ limit: BODY_LIMIT, type: 'application/json' });
  const network = networkOf(
    [...branches.values()].map(({ config }) => config),
    demo,
  );

  const slowDownGuessing = rateLimit({
    windowMs: 5 * 60_000,
    limit: FAILED_SESSIONS,
    skipSuccessfulRequests: true,
    validate: { xForwardedForHeader: false },
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) =>
      refuse(response, { code: 'too-fast', message: 'Too many attempts failed. Try again in five minutes.' }),
  });
  const slowDownCommands = rateLimit({
    windowMs: 1_000,
    limit: commandsPerSecond,
    standardHeaders: false,
    legacyHeaders: false,
    validate: { xForwardedForHeader: false },
    keyGenerator: (request) => request.get('authorization') ?? ipKeyGenerator(request.ip ?? ''),
    handler: (_request, response) => refuse(response, tooFast(commandsPerSecond)),
  });

  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });

  router.get('/network', (_request, response) => void response.json(network));

  router.post('/sessions', slowDownGuessing, readBody, async (request, response) => {
    const parsed = parse(sessionRequestSchema, request.body);
    if (!parsed.ok) return refuse(response, parsed.problem);
    const session = await sessions.open(parsed.value, isLocal(request));
    if ('problem' in session) return refuse(response, session.problem);
    response.json(session);
  });

  router.post('/branches/:branchId/commands', slowDownCommands, readBody, async (request: Of<'branchId'>, response) => {
    const { branchId } = request.params;
    const ack = await door.command(branchId, request.body, await callerOf(tokens, request));
    response.status(statusOf(ack)).json(ack);
  });

  router.get(
    '/branches/:branchId/views/:kind',
    slowDownCommands,
    async (request: Of<'branchId' | 'kind'>, response) => {
      const { branchId, kind } = request.params;
      const audience = parse(audienceSchema, { ...request.query, kind });
      if (!audience.ok) return refuse(response, audience.problem);
      const looked = await door.view(branchId, audience.value, await callerOf(tokens, request));
      if (!looked.ok) return refuse(response, looked.problem);
      response.json(looked.message);
    },
  );

  router.get('/branches/:branchId/forecast', slowDownCommands, async (request: Of<'branchId'>, response) => {
    const { branchId } = request.params;
    const query = parse(dayQuerySchema, request.query);
    const caller = await callerOf(tokens, request);
    if (caller === undefined || caller === CUSTOMER) return refuse(response, NOT_SIGNED_IN);
    if (!branches.has(branchId)) return refuse(response, UNKNOWN_BRANCH);
    if (caller.branchId !== branchId || !maySeeReports(caller))
      return refuse(response, notAllowed('Only managers of the branch see its forecast.'));
    if (!query.ok) return refuse(response, query.problem);
    const report = await forecastOf(branchId, query.value.day);
    if (report === undefined) return refuse(response, UNKNOWN_BRANCH);
    response.json(report);
  });

  router.get('/branches/:branchId/reports/estimates', slowDownCommands, async (request: Of<'branchId'>, response) => {
    const { branchId } = request.params;
    const query = parse(dayQuerySchema, request.query);
    const caller = await callerOf(tokens, request);
    if (caller === undefined || caller === CUSTOMER) return refuse(response, NOT_SIGNED_IN);
    if (!branches.has(branchId)) return refuse(response, UNKNOWN_BRANCH);
    if (caller.branchId !== branchId || !maySeeReports(caller))
      return refuse(response, notAllowed('Only managers of the branch see its reports.'));
    if (!query.ok) return refuse(response, query.problem);
    response.json(await estimatesOf(branchId, query.value.day));
  });

  router.get('/branches/:branchId/staff', async (request, response) => {
    const { branchId } = request.params;
    const branch = branches.get(branchId);
    const caller = await callerOf(tokens, request);
    if (caller === undefined || caller === CUSTOMER) return refuse(response, NOT_SIGNED_IN);
    if (branch === undefined) return refuse(response, UNKNOWN_BRANCH);
    if (caller.branchId !== branchId || !mayListStaff(caller))
      return refuse(response, notAllowed('Only tellers and managers of the branch see its staff.'));
    response.json({ staff: branch.staff });
  });

  return router;
}

/** A request to an address with these parts. */
type Of<Parts extends string> = Request<Record<Parts, string>>;

function refuse(response: Response, problem: Problem): void {
  response.status(statusOf(problem)).json({ ok: false, problem });
}

async function callerOf(tokens: Tokens, request: Pick<Request, 'get'>): Promise<Caller | undefined> {
  const header = request.get('authorization');
  if (header === undefined) return CUSTOMER;
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  return token === undefined ? undefined : tokens.verify(token);
}

/**
 * From this machine itself: by address, by the name it was called with (a page elsewhere can make its own name mean this
 * machine), and not through a proxy, behind which everybody has this machine's address.
 */
function isLocal(request: Request): boolean {
  const proxied = ['forwarded', 'x-forwarded-for', 'x-real-ip'].some((name) => request.get(name) !== undefined);
  return (
    !proxied &&
    isLoopback(request.socket.remoteAddress ?? '') &&
    isLoopback(request.hostname.replace(/^\[(.*)\]$/, '$1'))
  );
}
