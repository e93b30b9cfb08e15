import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { auditQuerySchema } from './audit/audit-api.ts';
import { handInSchema, identifierSchema } from './customers/customers-api.ts';
import { erasedCaseSchema, personSchema } from './privacy/privacy-api.ts';

const named = z.string().max(64);
const time = z.number().int();
const row = z
  .object({
    seq: time,
    act: z.looseObject({ at: time, actor: named, acts: z.array(named) }),
    previous: z.string(),
    hash: z.string(),
  })
  .meta({ id: 'AuditRow', description: 'The hash is over the one before it and everything that the row says.' });
const verdict = z.looseObject({ ok: z.boolean(), checkedAt: time }).meta({
  description: '`rows` and the last `hash`; or `seq` of the first row that is not as it was written, and `why`.',
});

const called = z.array(z.object({ id: named, name: z.string() }));
const names = z.looseObject({ timeZone: named, people: called, devices: called, counters: called });

const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
});
const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
const branch = z.object({ branchId: named });
const security = [{ session: [] }];

/** The part of the OpenAPI document about the audit, customers and what is kept of them. */
export function trustPaths(problems: ZodOpenApiResponsesObject): ZodOpenApiPathsObject {
  const answers = (description: string, schema: z.ZodType) => ({ '200': json(description, schema), ...problems });
  const csv = { description: 'A table for a spreadsheet.', content: { 'text/csv': { schema: z.string() } } };
  const auditOf = (path: string, whose: string, params: object): ZodOpenApiPathsObject => ({
    [path]: {
      get: {
        summary: `Search the audit of ${whose}, newest first`,
        security,
        requestParams: { ...params, query: auditQuerySchema },
        responses: answers('Auditors and branch heads.', z.object({ rows: z.array(row) })),
      },
    },
    [`${path}.csv`]: {
      get: {
        summary: `Export the audit of ${whose}`,
        security,
        requestParams: { ...params, query: auditQuerySchema },
        responses: { '200': csv, ...problems },
      },
    },
    [`${path}/verification`]: {
      get: {
        summary: `Whether the audit of ${whose} is whole`,
        security,
        requestParams: params,
        responses: answers('Auditors and branch heads.', verdict),
      },
    },
    [`${path}/names`]: {
      get: {
        summary: `What the ids in the audit of ${whose} are called today`,
        security,
        requestParams: params,
        responses: answers('Auditors and branch heads.', names),
      },
    },
  });
  return {
    ...auditOf('/api/branches/{branchId}/audit', 'a branch', { path: branch }),
    ...auditOf('/api/audit', 'what belongs to no branch', {}),
    '/api/branches/{branchId}/identify': {
      get: {
        summary: 'Whether customers are looked up here',
        security,
        requestParams: { path: branch },
        responses: answers('Kiosks and staff.', z.object({ offered: z.boolean() })),
      },
      post: {
        summary: 'What is due to whoever shows a card, a code or a number',
        description:
          'Answers within a second, also when the bank’s directory does not: then `outcome` is `unavailable`.',
        security,
        requestParams: { path: branch },
        requestBody: body(identifierSchema),
        responses: answers(
          'Known: `ref`, and `tier`, `careNeeds`, `language` as far as the branch has them.',
          z.looseObject({ outcome: z.enum(['known', 'unknown', 'unavailable']) }),
        ),
      },
    },
    '/api/branches/{branchId}/identify/ticket': {
      post: {
        summary: 'Say whose ticket was taken, by the ref of a look-up',
        security,
        requestParams: { path: branch },
        requestBody: body(handInSchema),
        responses: answers(
          '`kept` is false when it is too late; nothing is missing then.',
          z.object({ kept: z.boolean() }),
        ),
      },
    },
    '/api/privacy/retention': {
      get: {
        summary: 'For how many days each kind of personal data is kept',
        security,
        responses: answers('Administrators only.', z.object({ days: z.record(named, time) })),
      },
    },
    '/api/privacy/export': {
      post: {
        summary: 'What is kept of one person',
        security,
        requestBody: body(personSchema),
        responses: answers('Administrators only.', z.looseObject({ tickets: z.array(z.looseObject({})) })),
      },
    },
    '/api/privacy/erase': {
      post: {
        summary: 'Erase what is kept of one person',
        security,
        requestBody: body(personSchema),
        responses: answers('Administrators only.', z.object({ rows: time })),
      },
    },
    '/api/privacy/erase-case': {
      post: {
        summary: 'Erase what people wrote in one complaint',
        security,
        requestBody: body(erasedCaseSchema),
        responses: answers('Administrators only.', z.object({ rows: time })),
      },
    },
  };
}
