import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { counterRatingSchema, phoneRatingSchema } from '../protocol/ratings.ts';
import { padSchema } from './pad-api.ts';

const named = z.string().max(64);
const branch = z.object({ branchId: named });
const count = z.number().int();
const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
});
const body = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });

export const ratingReport = z
  .object({
    branchId: named,
    day: z.iso.date(),
    count,
    mean: z.number().optional(),
    scores: z.array(count).meta({ description: 'How many gave each score, from 1 to 5.' }),
  })
  .meta({ id: 'RatingReport' });

/** The part of the OpenAPI document about what stands at a counter beside the teller's screen. */
export function counterPaths(problems: ZodOpenApiResponsesObject): ZodOpenApiPathsObject {
  const rated = {
    '200': json('Kept.', z.object({ ok: z.literal(true) })),
    '409': json('`rated-already` or `too-late`.', z.looseObject({ reason: z.string() })),
    ...problems,
  };
  return {
    '/api/pad': {
      post: {
        summary: 'Press a key of a call pad',
        description:
          'For whatever has a button and can post: pair it as `call-pad`, and its token says which counter it belongs to. ' +
          '`next` is the one step that comes next: call, start, or finish and call.',
        security: [{ session: [] }],
        requestBody: body(padSchema),
        responses: {
          '200': json('Done and durable; `answer.called` says who.', z.looseObject({ ok: z.literal(true) })),
          '409': json('Refused by the branch day.', z.looseObject({ rejection: z.looseObject({ code: z.string() }) })),
          ...problems,
        },
      },
    },
    '/api/branches/{branchId}/ratings': {
      post: {
        summary: 'Rate the service that ended last at this counter',
        description: 'From the rating screen of the counter.',
        security: [{ session: [] }],
        requestParams: { path: branch },
        requestBody: body(counterRatingSchema),
        responses: rated,
      },
    },
    '/api/branches/{branchId}/tickets/{ticketId}/rating': {
      post: {
        summary: 'Rate the service of a ticket',
        description: 'By whoever holds the link of the ticket; with a token of staff it is refused.',
        requestParams: { path: branch.extend({ ticketId: named }) },
        requestBody: body(phoneRatingSchema),
        responses: rated,
      },
    },
  };
}
