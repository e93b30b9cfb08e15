import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { offerSchema, wishSchema } from './notices-api.ts';

const named = z.string().max(64);
const done = {
  description: 'Kept, or gone.',
  content: { 'application/json': { schema: z.object({ ok: z.literal(true) }) } },
};

/** The part of the OpenAPI document about notices on phones. */
export function noticePaths(problems: ZodOpenApiResponsesObject): ZodOpenApiPathsObject {
  const requestParams = { path: z.object({ branchId: named, ticketId: named }) };
  return {
    '/api/branches/{branchId}/tickets/{ticketId}/notices': {
      get: {
        summary: 'Whether notices of this ticket can be sent to a phone (Web Push)',
        requestParams,
        responses: {
          '200': { description: 'Public.', content: { 'application/json': { schema: offerSchema } } },
        },
      },
      put: {
        summary: 'Agree to notices of this ticket',
        description:
          'With what the browser gave as its push subscription. It is kept until the ticket has ended. A notice holds the number and ' +
          'the counter, encrypted for the browser.',
        requestParams,
        requestBody: { content: { 'application/json': { schema: wishSchema } } },
        responses: { '200': done, ...problems },
      },
      delete: {
        summary: 'Take that back',
        requestParams,
        responses: { '200': done, ...problems },
      },
    },
  };
}
