import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { printSchema } from './printing-api.ts';

const named = z.string().max(64);
const answer = z
  .object({
    outcome: z.enum(['printed', 'failed', 'browser', 'no-printer']),
    printer: z.enum(['ok', 'low', 'empty', 'fault']).optional(),
  })
  .meta({
    description:
      '`printed` is what the printer itself said. `browser`: the kiosk prints by itself. Whoever asks again for the same copy gets the same answer, and no second paper.',
  });

/** The part of the OpenAPI document about paper. */
export function printingPaths(problems: ZodOpenApiResponsesObject): ZodOpenApiPathsObject {
  return {
    '/api/branches/{branchId}/tickets/{ticketId}/print': {
      post: {
        summary: 'Print a ticket that was taken, on the printer of the kiosk that asks',
        security: [{ session: [] }],
        requestParams: { path: z.object({ branchId: named, ticketId: named }) },
        requestBody: { content: { 'application/json': { schema: printSchema } } },
        responses: {
          '200': { description: 'How it went, within 8 seconds.', content: { 'application/json': { schema: answer } } },
          ...problems,
        },
      },
    },
  };
}
