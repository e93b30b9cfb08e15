import { Router, type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import { LOCALES } from '../../domain/config.ts';
import type { BranchId } from '../../domain/ids.ts';
import { parse } from '../door.ts';
import { callerOf, type Verifier } from '../identity/caller-of.ts';
import { CUSTOMER } from '../identity/caller.ts';
import { mayLook, reaches } from '../identity/permissions.ts';
import type { Voice } from '../ports.ts';
import { badMessage, BUSY, NOT_SIGNED_IN, notAllowed, UNKNOWN_BRANCH, UNKNOWN_TICKET } from '../problems.ts';
import { sendAnswer } from '../statuses.ts';
import { settingsOf } from './settings.ts';

export interface DisplaysApiOptions {
  readonly tokens: Verifier;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly voice: Voice;
  readonly slowDown: RequestHandler;
}

export const settingsQuerySchema = z.strictObject({ zone: z.string().max(64).optional() });
export const voiceParamsSchema = z.object({
  language: z.enum(LOCALES),
  counterId: z.string().max(64),
  number: z.string().regex(/^[A-Z]\d{2,8}$/, 'a number is a letter and digits, for example A023'),
});
export const voiceQuerySchema = z.strictObject({ form: z.enum(['call', 'number']).default('call') });

/** A call sounds the same all day. */
const KEEP_SECONDS = 3_600;

/** What a display asks for besides its view: its settings, and calls as sound. For whoever may look at a display. */
export function displaysApi({ tokens, branches, voice, slowDown }: DisplaysApiOptions): Router {
  const router = Router();

  /** The branch of the address, if the caller may look at its displays; else it is refused. */
  async function branchFor(request: Request, response: Response): Promise<LoadedBranch | undefined> {
    const branchId = String(request.params['branchId']);
    const caller = await callerOf(tokens, request);
    const refuse = (problem: typeof NOT_SIGNED_IN) => void sendAnswer(response, { ok: false, problem });
    if (caller === undefined || caller === CUSTOMER) refuse(NOT_SIGNED_IN);
    else if (!branches.has(branchId)) refuse(UNKNOWN_BRANCH);
    else if (!reaches(caller, branchId) || !mayLook(caller, { kind: 'display' }))
      refuse(notAllowed('This is for the displays of the branch.'));
    else return branches.get(branchId);
    return undefined;
  }

  router.get('/branches/:branchId/display', slowDown, async (request, response) => {
    const branch = await branchFor(request, response);
    if (branch === undefined) return;
    const query = parse(settingsQuerySchema, request.query);
    if (!query.ok) return sendAnswer(response, query);
    response.json(settingsOf(branch.display, query.value.zone));
  });

  router.get('/branches/:branchId/voice/:language/:counterId/:number', slowDown, async (request, response) => {
    const branch = await branchFor(request, response);
    if (branch === undefined) return;
    const params = parse(voiceParamsSchema, request.params);
    if (!params.ok) return sendAnswer(response, params);
    const query = parse(voiceQuerySchema, request.query);
    if (!query.ok) return sendAnswer(response, query);
    const { language, counterId, number } = params.value;
    const counter = branch.config.counters.find(({ id }) => id === counterId);
    if (counter === undefined) return sendAnswer(response, { ok: false, problem: UNKNOWN_TICKET });
    if (!branch.config.segments.some(({ prefix }) => number.startsWith(prefix)))
      return sendAnswer(response, { ok: false, problem: badMessage('No segment of the branch has this letter.') });
    const said = await voice.say({ language, number, counter, form: query.value.form, one: branch.display.one });
    if (said.ok)
      return void response.set('Cache-Control', `private, max-age=${KEEP_SECONDS}`).type('audio/wav').send(said.wav);
    if (said.reason === 'busy') return sendAnswer(response, { ok: false, problem: BUSY });
    response.status(404).json({ ok: false, problem: NO_VOICE, reason: said.reason });
  });

  return router;
}

const NO_VOICE = {
  ...UNKNOWN_TICKET,
  message: 'There is no voice for this call: add the recordings of the language, or install espeak-ng on the server.',
};
