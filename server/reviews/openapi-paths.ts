import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import {
  actionNoteSchema,
  documentQuerySchema,
  meetingClosingSchema,
  meetingRefusingSchema,
  meetingRequestSchema,
  minutesDraftSchema,
  monthSchema,
  quarterSchema,
} from '../../protocol/reviews.ts';
import { DOCX_TYPE } from '../documents/paper.ts';

const named = z.string();
const path = z.object({ branchId: named });
const security = [{ session: [] }];
const refusal = z.object({ ok: z.literal(false), reason: named, problem: z.looseObject({ code: named }) });
const list = z.looseObject({
  today: named,
  packs: z.array(z.object({ month: named, madeAt: z.number(), meetingId: named })),
  missing: named.optional(),
  meetings: z.array(z.looseObject({ id: named, state: named, moves: z.array(named) })),
  actions: z.array(z.looseObject({ id: named, state: named, due: named, moves: z.array(named) })),
  mayRequest: z.boolean(),
  names: z.record(named, named),
});
const pack = z.looseObject({ madeAt: z.number(), meetingId: named, facts: z.looseObject({ month: named }) });
const meeting = z.looseObject({ id: named, state: named, version: z.number() });
const action = z.looseObject({ id: named, state: named });
const quarter = z.looseObject({ quarter: named, branches: z.array(z.looseObject({ branchId: named })) });

/** The part of the OpenAPI document about packs, meetings and the quarter. */
export function reviewPaths(problems: ZodOpenApiResponsesObject): ZodOpenApiPathsObject {
  const json = (description: string, schema: z.ZodType) => ({
    description,
    content: { 'application/json': { schema } },
  });
  const answers = (description: string, schema: z.ZodType) => ({
    '200': json(description, schema),
    '409': json('Not as things stand: `reason` says why.', refusal),
    ...problems,
  });
  const paper = {
    '200': { description: 'A .docx file.', content: { [DOCX_TYPE]: { schema: z.string() } } },
    ...problems,
  };
  const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
  const change = (summary: string, params: z.ZodObject, schema: z.ZodType, answer: z.ZodType, who: string) => ({
    ...{ summary, security, requestParams: { path: params } },
    ...{ requestBody: body(schema), responses: answers(who, answer) },
  });
  const look = (summary: string, params: z.ZodObject, responses: ZodOpenApiResponsesObject, query?: z.ZodObject) => ({
    get: { summary, security, requestParams: { path: params, ...(query && { query }) }, responses },
  });
  const [ofMonth, ofMeeting] = [path.extend({ month: monthSchema }), path.extend({ meeting: named })];
  const ofAction = path.extend({ action: named, move: z.enum(['finish', 'escalate', 'reopen']) });
  const ofQuarter = z.object({ quarter: quarterSchema });
  const base = '/api/branches/{branchId}/reviews';
  const heads = 'Branch heads and network managers; nobody their own.';
  return {
    [base]: look('Packs, meetings and actions of a branch', path, answers('Managers and auditors.', list)),
    [`${base}/packs/{month}`]: {
      ...look('What is known of a month, as it was when the pack was made', ofMonth, answers('As above.', pack)),
      post: change('Make a pack that is missing', ofMonth, z.object({}), pack, 'Managers of the branch.'),
    },
    [`${base}/packs/{month}/document`]: look('The pack as a document', ofMonth, paper, documentQuerySchema),
    [`${base}/meetings`]: {
      post: change('Ask for an extraordinary meeting', path, meetingRequestSchema, meeting, 'Managers of the branch.'),
    },
    [`${base}/meetings/{meeting}/approve`]: {
      post: change('Approve an extraordinary meeting', ofMeeting, z.object({}), meeting, heads),
    },
    [`${base}/meetings/{meeting}/refuse`]: {
      post: change('Refuse an extraordinary meeting', ofMeeting, meetingRefusingSchema, meeting, heads),
    },
    [`${base}/meetings/{meeting}/minutes`]: {
      put: change('Save the minutes as they stand', ofMeeting, minutesDraftSchema, meeting, 'Managers of the branch.'),
    },
    [`${base}/meetings/{meeting}/close`]: {
      post: change('Close the minutes, for good', ofMeeting, meetingClosingSchema, meeting, 'Branch heads.'),
    },
    [`${base}/actions/{action}/{move}`]: {
      post: change('Say what became of an action', ofAction, actionNoteSchema, action, 'Managers.'),
    },
    '/api/reviews/quarters/{quarter}': look(
      'All branches over a quarter',
      ofQuarter,
      answers('Network managers and auditors who work for all branches.', quarter),
    ),
    '/api/reviews/quarters/{quarter}/document': look(
      'The quarter as a document',
      ofQuarter,
      paper,
      documentQuerySchema,
    ),
  };
}
