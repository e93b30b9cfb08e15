import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { subscriptionWishSchema } from '../../protocol/report-subscriptions.ts';
import { RELATIVE_PERIODS } from '../../protocol/subscription-lists.ts';
import { exportQuerySchema } from '../exports/exports-api.ts';
import { addressOf } from '../reports/period-openapi.ts';

const named = z.string().max(64);
const instant = z.number().int().meta({ description: 'Ms since 1970.' });
const security = [{ session: [] }];
const shown = z
  .looseObject({
    id: named,
    next: instant.optional().meta({ description: 'Missing while it is paused.' }),
    stopped: z.enum(['no-account', 'no-right']).optional().meta({ description: 'Why it was paused by itself.' }),
    last: z
      .object({
        at: instant,
        state: z.enum(['waiting', 'sent', 'failed']),
        trouble: z.enum(['report', 'away', 'sign-in', 'not-encrypted', 'refused']).optional(),
      })
      .optional(),
  })
  .meta({ id: 'ReportSubscription', description: 'With all that it was made with.' });
const days = z.object({ from: z.iso.date(), to: z.iso.date() });
const list = z.object({
  domains: z
    .array(z.string())
    .optional()
    .meta({ description: 'Where reports may be mailed to. Missing: this server sends no mail.' }),
  subscriptions: z.array(shown),
  periods: z
    .object(Object.fromEntries(RELATIVE_PERIODS.map((period) => [period, days])))
    .meta({ description: 'The days of each, were it sent today.' }),
});
const json = (description: string, schema: z.ZodType) => ({ description, content: { 'application/json': { schema } } });
const refused = json('Refused, with the reason.', z.looseObject({ ok: z.literal(false), reason: z.string() }));

/** The part of the OpenAPI document about reports as files and by mail. */
export function exportPaths(problems: ZodOpenApiResponsesObject): ZodOpenApiPathsObject {
  const one = { path: z.object({ branchId: named, id: named }) };
  const wish = { content: { 'application/json': { schema: subscriptionWishSchema } } };
  const answers = { '200': json('As it is now.', shown), '409': refused, ...problems };
  const file = (summary: string, type: string) => ({
    get: {
      ...{ summary, security, requestParams: { query: addressOf(exportQuerySchema) } },
      responses: { '200': { description: 'Noted in the audit.', content: { [type]: {} } }, ...problems },
    },
  });
  return {
    '/api/reports.csv': file('The rows of a report as CSV', 'text/csv'),
    '/api/reports.xlsx': file(
      'A report as a workbook',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ),
    '/api/branches/{branchId}/report-subscriptions': {
      get: {
        ...{ summary: 'Reports that are mailed to oneself', security },
        requestParams: { path: z.object({ branchId: named }) },
        responses: { '200': json('Only these.', list), ...problems },
      },
      post: {
        ...{ summary: 'Have a report mailed regularly', security, requestBody: wish, responses: answers },
        requestParams: { path: z.object({ branchId: named }) },
      },
    },
    '/api/branches/{branchId}/report-subscriptions/{id}': {
      put: {
        summary: 'Change, pause or resume it',
        security,
        requestParams: one,
        requestBody: wish,
        responses: answers,
      },
      delete: {
        ...{ summary: 'Have it mailed no more', security, requestParams: one },
        responses: { '200': json('Gone.', z.object({ ok: z.literal(true) })), '409': refused, ...problems },
      },
    },
    '/api/branches/{branchId}/report-subscriptions/{id}/send-now': {
      post: { summary: 'Mail it at once', security, requestParams: one, responses: answers },
    },
  };
}
