import { createHash } from 'node:crypto';
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import type { LoadedBranch } from '../config/branch.schema.ts';
import type { BranchId, BusinessDay } from '../domain/ids.ts';
import { audienceSchema, type Problem } from '../protocol/messages.ts';
import type { ForecastReport } from '../protocol/reports.ts';
import { parse, type Door } from './door.ts';
import { dayQuerySchema } from './estimate-report.ts';
import type { RecordRoom } from './compose-record.ts';
import type { Trust } from './compose-trust.ts';
import { displaysApi } from './displays/displays-api.ts';
import { CUSTOMER } from './identity/caller.ts';
import { callerOf, type Verifier } from './identity/caller-of.ts';
import type { IdentityApiOptions } from './identity/desk.ts';
import { identityApi } from './identity/identity-api.ts';
import { mayListStaff, maySeePresence, maySeeReports, reaches } from './identity/permissions.ts';
import { sessionRequestSchema, type Sessions } from './identity/sessions.ts';
import { asker } from './identity/ask.ts';
import { isLocal } from './locality.ts';
import type { Machines } from './machines.ts';
import { networkOf } from './network.ts';
import { noticesApi } from './notices/notices-api.ts';
import type { Notices } from './notices/notices.ts';
import type { Presence, Voice } from './ports.ts';
import { printingApi } from './printing/printing-api.ts';
import type { Printing } from './printing/printing.ts';
import { padApi } from './pad-api.ts';
import { NOT_SIGNED_IN, notAllowed, UNKNOWN_BRANCH } from './problems.ts';
import { tooFast } from './rate-limit.ts';
import { ratingsApi } from './ratings/ratings-api.ts';
import type { Ratings } from './ratings/ratings.ts';
import { sendAnswer, statusOf } from './statuses.ts';
import { addWhatIf } from './what-if-api.ts';
import type { WhatIfs } from './what-if/what-ifs.ts';

export interface ApiOptions {
  readonly door: Door;
  readonly sessions: Sessions;
  readonly tokens: Verifier;
  /** Sign-in, accounts and devices. */
  readonly people: Omit<
    IdentityApiOptions,
    'tokens' | 'branches' | 'countsOf' | 'slowDownGuessing' | 'readBody' | 'printerOf' | 'machineSays'
  >;
  /** Audit, customers, privacy. */
  readonly trust: Pick<Trust, 'api'>;
  /** Reports, and the customers' voice. */
  readonly record: Pick<RecordRoom, 'api'>;
  readonly printing: Printing;
  readonly machines: Machines;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly demo: boolean;
  /** Commands per second of one token, or of one address without a token. */
  readonly commandsPerSecond: number;
  /** Where requests are counted, by the name of the limit; absent: in this process. */
  readonly countsOf?: ((limit: string) => Store) | undefined;
  readonly presence: Presence;
  /** Forecast and what came of a day, by default of today; undefined for a branch that is not there. */
  readonly forecastOf: (branchId: BranchId, day: BusinessDay | undefined) => Promise<ForecastReport | undefined>;
  /** The reports of a day, by default of today, by the last part of their address. */
  readonly reports: Readonly<Record<'estimates' | 'effects' | 'ratings' | 'day', ReportOf>>;
  readonly ratings: Ratings;
  /** Absent where phones are not notified. */
  readonly notices: Notices | undefined;
  readonly whatIfs: WhatIfs;
  readonly voice: Voice;
}

type ReportOf = (branchId: BranchId, day: BusinessDay | undefined) => Promise<object>;

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
  people,
  trust,
  record,
  printing,
  machines,
  branches,
  demo,
  commandsPerSecond,
  countsOf,
  presence,
  forecastOf,
  reports,
  ratings,
  notices,
  whatIfs,
  voice,
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
    ...(countsOf && { store: countsOf('sessions') }),
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
    ...(countsOf && { store: countsOf('commands') }),
    validate: { xForwardedForHeader: false },
    keyGenerator: senderOf,
    handler: (_request, response) => refuse(response, tooFast(commandsPerSecond)),
  });

  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });

  // First: it also writes down what the others do.
  router.use(trust.api({ tokens, readBody, countsOf }));
  router.use(record.api({ tokens, readBody, countsOf }));

  router.get('/network', (_request, response) => void response.json(network));

  router.post('/sessions', slowDownGuessing, readBody, async (request, response) => {
    const parsed = parse(sessionRequestSchema, request.body);
    if (!parsed.ok) return refuse(response, parsed.problem);
    const session = await sessions.open(parsed.value, isLocal(request));
    if ('problem' in session) {
      const { problem, instead } = session;
      return void response.status(statusOf(problem)).json({ ok: false, problem, instead });
    }
    response.json(session);
  });

  const ask = asker({ tokens, branches });
  const ofDevices: Pick<IdentityApiOptions, 'printerOf' | 'machineSays'> = {
    printerOf: (caller) => printing.stateFor(caller),
    machineSays: (caller, state) => machines.heard(caller, state),
  };
  router.use(identityApi({ ...people, tokens, branches, countsOf, slowDownGuessing, readBody, ...ofDevices }));
  router.use(printingApi({ printing, ask, readBody }));

  router.post('/branches/:branchId/commands', slowDownCommands, readBody, async (request: Of<'branchId'>, response) => {
    const { branchId } = request.params;
    const ack = await door.command(branchId, request.body, await callerOf(tokens, request));
    sendAnswer(response, ack);
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

  const managersOnly = (what: string): RequestHandler<{ branchId: BranchId }> => {
    return async (request, response, next) => {
      const { branchId } = request.params;
      const caller = await callerOf(tokens, request);
      if (caller === undefined || caller === CUSTOMER) return refuse(response, NOT_SIGNED_IN);
      if (!branches.has(branchId)) return refuse(response, UNKNOWN_BRANCH);
      if (!reaches(caller, branchId) || !maySeeReports(caller))
        return refuse(response, notAllowed(`Only managers of the branch see its ${what}.`));
      next();
    };
  };

  router.get(
    '/branches/:branchId/forecast',
    slowDownCommands,
    managersOnly('forecast'),
    async (request: Of<'branchId'>, response) => {
      const { branchId } = request.params;
      const query = parse(dayQuerySchema, request.query);
      if (!query.ok) return refuse(response, query.problem);
      const report = await forecastOf(branchId, query.value.day);
      if (report === undefined) return refuse(response, UNKNOWN_BRANCH);
      response.json(report);
    },
  );

  for (const [name, reportOf] of Object.entries(reports))
    router.get(
      `/branches/:branchId/reports/${name}`,
      slowDownCommands,
      managersOnly('reports'),
      async (request: Of<'branchId'>, response) => {
        const { branchId } = request.params;
        const query = parse(dayQuerySchema, request.query);
        if (!query.ok) return refuse(response, query.problem);
        response.json(await reportOf(branchId, query.value.day));
      },
    );

  router.get('/branches/:branchId/presence', slowDownCommands, async (request: Of<'branchId'>, response) => {
    const { branchId } = request.params;
    const caller = await callerOf(tokens, request);
    if (caller === undefined || caller === CUSTOMER) return refuse(response, NOT_SIGNED_IN);
    if (!branches.has(branchId)) return refuse(response, UNKNOWN_BRANCH);
    if (!reaches(caller, branchId) || !maySeePresence(caller))
      return refuse(response, notAllowed('Only managers of the branch see which screens are connected.'));
    response.json(await presence.screens(branchId));
  });

  router.get('/branches/:branchId/staff', async (request, response) => {
    const { branchId } = request.params;
    const branch = branches.get(branchId);
    const caller = await callerOf(tokens, request);
    if (caller === undefined || caller === CUSTOMER) return refuse(response, NOT_SIGNED_IN);
    if (branch === undefined) return refuse(response, UNKNOWN_BRANCH);
    if (!reaches(caller, branchId) || !mayListStaff(caller))
      return refuse(response, notAllowed('Only tellers and managers of the branch see its staff.'));
    response.json({ staff: branch.staff });
  });

  router.use(displaysApi({ tokens, branches, voice, slowDown: slowDownCommands }));

  router.use(padApi({ door, ask, slowDown: slowDownCommands, readBody }));
  router.use(ratingsApi({ ratings, ask, tokens, slowDown: slowDownCommands, readBody }));

  router.use(noticesApi({ notices, tokens, readBody, countsOf }));

  addWhatIf(router, {
    ...{ whatIfs, readBody, refuse },
    slowDown: slowDownCommands,
    managersOnly: managersOnly('recorded days'),
  });

  return router;
}

/** A request to an address with these parts. */
type Of<Parts extends string> = Request<Record<Parts, string>>;

function refuse(response: Response, problem: Problem): void {
  sendAnswer(response, { ok: false, problem });
}

/** The token, of which only a digest leaves the process, or the address of who has none. */
function senderOf(request: Request): string {
  const token = request.get('authorization');
  return token === undefined
    ? ipKeyGenerator(request.ip ?? '')
    : createHash('sha256').update(token).digest('base64url');
}
