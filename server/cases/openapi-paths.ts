import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { caseFollowActSchema, caseKeySchema } from '../../protocol/case-follow.ts';
import { caseActRequestSchema, caseIntakeSchema, caseQuerySchema } from '../../protocol/cases.ts';
import { DOCX_TYPE } from '../documents/paper.ts';
import { caseLetterQuerySchema, caseVisitQuerySchema } from './cases-api.ts';

const security = [{ session: [] }];
const named = z.string();
const branch = z.object({ branchId: named });
const ofCase = z.object({ number: named.meta({ description: '`C2026-000123`.' }) });
const refusal = z
  .object({ ok: z.literal(false), rejection: z.looseObject({ code: named }) })
  .meta({ id: 'CaseRefused', description: 'Refused with a code from a closed list; nothing changed.' });
const done = z.object({ ok: z.literal(true), version: z.number().int() });
const receipt = z.object({ ok: z.literal(true), number: named, followKey: named, due: z.number().int() });
const row = z.looseObject({ number: named, status: named, due: z.number(), time: named, usedShare: z.number() });
const list = z.object({ now: z.number(), rows: z.array(row), more: z.boolean(), counts: z.record(named, z.number()) });
const view = z.looseObject({ number: named, version: z.number(), status: named, may: z.array(named) });
const followed = z.looseObject({ ok: z.literal(true), number: named, status: named, may: z.array(named) });
const choices = z.looseObject({ rootCauses: z.array(z.looseObject({ id: named })) });

/** The part of the OpenAPI document about complaint cases. */
export function casePaths(problems: ZodOpenApiResponsesObject): ZodOpenApiPathsObject {
  const json = (description: string, schema: z.ZodType) => ({
    description,
    content: { 'application/json': { schema } },
  });
  const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
  const answers = (description: string, schema: z.ZodType): ZodOpenApiResponsesObject => ({
    '200': json(description, schema),
    '404': json('No such case; of the public ones also when the key is wrong.', refusal),
    '409': json('Not as things stand: the code says why.', refusal),
    ...problems,
  });
  const file = (type: string) => ({
    '200': { description: 'A file, to be saved and not to be shown.', content: { [type]: { schema: z.string() } } },
    ...problems,
  });
  const anyBytes = { content: { 'application/octet-stream': { schema: z.string() } } };
  const name = z.object({ 'X-File-Name': named.meta({ description: 'Percent-encoded.' }) });
  const customer = z.object({ 'X-Case-Number': named, 'X-Case-Key': named });
  const follow = (summary: string, schema: z.ZodType, responses: ZodOpenApiResponsesObject) => ({
    post: { summary, requestBody: body(schema), responses },
  });
  const look = (
    summary: string,
    params: z.ZodObject | undefined,
    responses: ZodOpenApiResponsesObject,
    query?: z.ZodObject,
  ) => ({
    get: { summary, security, requestParams: { ...(params && { path: params }), ...(query && { query }) }, responses },
  });
  return {
    '/api/branches/{branchId}/cases': {
      post: {
        ...{ summary: 'Take in a complaint', security, requestParams: { path: branch } },
        requestBody: body(caseIntakeSchema),
        responses: answers('The key is shown once: it is the customer’s.', receipt),
      },
    },
    '/api/branches/{branchId}/case-choices': look('What the forms of a case offer', branch, answers('Staff.', choices)),
    '/api/branches/{branchId}/case-visit': look(
      'What a complaint about this ticket would be linked to',
      branch,
      answers('Staff.', z.looseObject({})),
      caseVisitQuerySchema,
    ),
    '/api/cases': look(
      'Complaint cases, the most urgent first',
      undefined,
      answers('Of the asker’s branches.', list),
      caseQuerySchema,
    ),
    '/api/cases/{number}': look(
      'One case with all that was done',
      ofCase,
      answers('What the asker may do is in `may`.', view),
    ),
    '/api/cases/{number}/acts': {
      post: {
        ...{ summary: 'Do something to a case as it was seen', security, requestParams: { path: ofCase } },
        requestBody: body(caseActRequestSchema),
        responses: answers('Of two at once, the second is told `changed-meanwhile`.', done),
      },
    },
    '/api/cases/{number}/files': {
      put: {
        ...{ summary: 'Lay a file into a case', security, requestParams: { path: ofCase, header: name } },
        ...{ requestBody: anyBytes, responses: answers('Name, media type and bytes must agree.', done) },
      },
    },
    '/api/cases/{number}/files/{fileId}': look(
      'A file of a case',
      ofCase.extend({ fileId: named }),
      file('application/octet-stream'),
    ),
    '/api/cases/{number}/letter': look(
      'The letter as it would be sent now',
      ofCase,
      file(DOCX_TYPE),
      caseLetterQuerySchema,
    ),
    '/api/case-follow': follow(
      'A case as its customer sees it',
      caseKeySchema,
      answers('By number and key.', followed),
    ),
    '/api/case-follow/acts': follow(
      'What a customer does with their case: answers, withdraws, adds',
      caseFollowActSchema,
      answers('As it is then.', followed),
    ),
    '/api/case-follow/files': {
      put: {
        ...{
          summary: 'A customer lays a file into their case',
          requestParams: { header: name.extend(customer.shape) },
        },
        ...{ requestBody: anyBytes, responses: answers('As it is then.', followed) },
      },
    },
    '/api/case-follow/letter': follow('The letter that the customer was told with', caseKeySchema, file(DOCX_TYPE)),
  };
}
