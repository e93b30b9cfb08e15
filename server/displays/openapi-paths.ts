import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { settingsQuerySchema, voiceParamsSchema, voiceQuerySchema } from './displays-api.ts';

const branch = z.object({ branchId: z.string().max(64) });
const security = [{ session: [] }];

/** The part of the OpenAPI document about displays. */
export function displayPaths(problems: ZodOpenApiResponsesObject): ZodOpenApiPathsObject {
  return {
    '/api/branches/{branchId}/display': {
      get: {
        summary: 'How the displays of a branch, or of one zone, look and sound',
        security,
        requestParams: { path: branch, query: settingsQuerySchema },
        responses: {
          '200': {
            description: 'For whoever may look at a display.',
            content: {
              'application/json': {
                schema: z.looseObject({ layout: z.string(), playlist: z.array(z.looseObject({})) }),
              },
            },
          },
          ...problems,
        },
      },
    },
    '/api/branches/{branchId}/voice/{language}/{counterId}/{number}': {
      get: {
        summary: 'A call as sound',
        description:
          'From the recordings of the bank, else by the speech engine of the server. 404 with the reason `no-voice` when neither can say it.',
        security,
        requestParams: { path: branch.extend(voiceParamsSchema.shape), query: voiceQuerySchema },
        responses: {
          '200': {
            description: 'For whoever may look at a display.',
            content: { 'audio/wav': { schema: z.string().meta({ format: 'binary' }) } },
          },
          ...problems,
        },
      },
    },
  };
}
