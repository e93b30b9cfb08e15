import { z } from 'zod';
import { createDocument, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { commandMessageSchema } from '../protocol/commands.ts';
import { SOUND_STATES } from '../protocol/display.ts';
import type { Problem } from '../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { whatIfRequestSchema } from '../protocol/what-if.ts';
import { casePaths } from './cases/openapi-paths.ts';
import { displayPaths } from './displays/openapi-paths.ts';
import { counterPaths, ratingReport } from './counter-openapi.ts';
import { dayEstimatesSchema, dayQuerySchema } from './estimate-report.ts';
import { readVersion } from './health.ts';
import { identityPaths } from './identity/openapi-paths.ts';
import { sessionRequestSchema } from './identity/sessions.ts';
import { periodPaths } from './reports/period-openapi.ts';
import { dayReportSchema, effectReportSchema } from './reports/schemas.ts';
import { progressSchema, recordedCustomersSchema, recordedDaysSchema, startedSchema } from './what-if/schemas.ts';
import { noticePaths } from './notices/notices-openapi.ts';
import { printingPaths } from './printing/printing-openapi.ts';
import { reviewPaths } from './reviews/openapi-paths.ts';
import { exportPaths } from './subscriptions/subscriptions-openapi.ts';
import { trustPaths } from './trust-openapi.ts';
import { voicePaths } from './voice-openapi.ts';

/** The OpenAPI 3.1 document, made from the same schemas that parse the requests. Answers are described here: nobody parses them. */

const problemCodes = {
  'bad-message': true,
  'wrong-protocol': true,
  'unknown-branch': true,
  'unknown-ticket': true,
  'not-signed-in': true,
  'not-allowed': true,
  'too-fast': true,
  busy: true,
  'shutting-down': true,
  'store-away': true,
} as const satisfies Record<Problem['code'], true>;

const problem = z
  .object({
    code: z.enum(Object.keys(problemCodes) as [Problem['code'], ...Problem['code'][]]),
    message: z.string(),
    details: z.array(z.string()).optional(),
  })
  .meta({ id: 'Problem', description: 'What went wrong before a command reached the branch day, and what to do.' });
const failed = z.object({ ok: z.literal(false), problem }).meta({ id: 'Failed' });
const version = z.number().int().meta({ description: 'Number of the commit in the log of the branch day.' });
const accepted = z
  .object({
    ok: z.literal(true),
    version,
    answer: z.looseObject({}).meta({ description: 'What the command made: `issued`, `called` or `undone`.' }),
  })
  .meta({ id: 'Accepted', description: 'Done and durable.' });
const refused = z
  .object({ ok: z.literal(false), version, rejection: z.looseObject({ code: z.string() }) })
  .meta({ id: 'Refused', description: 'Refused by the branch day with a code from a closed list; nothing changed.' });
const viewMessage = z
  .object({
    version,
    at: z.number().int().meta({ description: 'Server time, ms since 1970.' }),
    view: z.looseObject({ kind: z.enum(['kiosk', 'display', 'counter', 'manager', 'ticket', 'rating']) }),
  })
  .meta({ id: 'ViewMessage' });
const session = z
  .object({ token: z.string(), role: z.string(), actor: z.string(), expiresAt: z.number().int() })
  .meta({ id: 'Session' });

const named = z.string().max(64);
const text = z.object({ 'zh-CN': z.string(), 'zh-TW': z.string(), en: z.string() }).meta({ id: 'Text' });
const network = z.object({
  branches: z.array(
    z.object({
      branchId: named,
      name: text,
      timeZone: z.string(),
      hours: z.object({ opens: z.string(), closes: z.string() }),
      counters: z.array(z.object({ id: named, label: z.string(), kind: z.string(), zone: named })),
      zones: z.array(z.object({ id: named, kind: z.string(), name: text })),
    }),
  ),
  demo: z.boolean(),
});
const perHalfHour = z
  .record(named, z.array(z.number()))
  .meta({ description: 'Tickets in each half hour of the day, by segment.' });
const forecast = z
  .object({
    branchId: named,
    day: z.iso.date(),
    from: z.number().int().meta({ description: 'Start of the first half hour, ms since 1970.' }),
    slotMinutes: z.number().int(),
    slots: z.number().int().meta({ description: 'How many: 46 or 50 where the clocks change, else 48.' }),
    forecast: perHalfHour.optional(),
    expected: z
      .object({ tickets: z.number().int(), low: z.number().int(), high: z.number().int() })
      .optional()
      .meta({ description: 'Of the whole day; 8 of 10 days end from low to high.' }),
    knownUntil: z.iso.date().optional().meta({ description: 'The last finished day that it was made from.' }),
    came: perHalfHour.optional(),
  })
  .meta({
    id: 'Forecast',
    description: '`forecast` is missing while there is too little to make it from, `came` before the day begins.',
  });
const health = z.object({
  live: z.boolean(),
  ready: z.boolean(),
  degraded: z.boolean().meta({ description: 'Ready, and yet something that others rely on is away.' }),
  away: z.array(z.enum(['database', 'redis'])),
  version: z.string(),
  protocol: z.number().int(),
  store: z.object({ kind: z.string(), durable: z.boolean() }),
  branches: z.number().int(),
  connections: z.number().int(),
  voice: z.string().meta({ description: 'The speech engine of the displays; `none` when there are only recordings.' }),
  screens: z.object({ kiosk: z.int(), display: z.int(), counter: z.int(), manager: z.int() }),
});
const presence = z.object({
  screens: z.array(
    z.object({
      kind: z.enum(['kiosk', 'display', 'counter', 'manager']),
      actor: z.string().meta({ description: 'Who it signed in as, `device:…` or `staff:…`.' }),
      counterId: named.optional(),
      zone: named.optional(),
      sound: z
        .object({ screen: named, state: z.enum(SOUND_STATES) })
        .optional()
        .meta({ description: 'What a display says of its sound.' }),
      since: z.number().int().meta({ description: 'Ms since 1970.' }),
    }),
  ),
  complete: z.boolean().meta({ description: 'False while it is only known who is at this process.' }),
});

function json(description: string, schema: z.ZodType) {
  return { description, content: { 'application/json': { schema } } };
}

const problems: ZodOpenApiResponsesObject = {
  '400': json('The message does not fit; `details` says which field.', failed),
  '401': json('The token is missing, expired or not ours.', failed),
  '403': json('The role may not do this.', failed),
  '404': json('There is no such branch, ticket, counter or zone.', failed),
  '413': json('The body is larger than 16 kB.', failed),
  '429': json('Too fast.', failed),
  '503': json('Busy, being stopped, or the database is away. Send the same command id again.', failed),
};
const branch = z.object({ branchId: named });

export function openApiDocument() {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Lobbyflow',
      version: readVersion(),
      description: `Queue management for bank branches. Protocol ${PROTOCOL_VERSION}. The socket speaks the same messages.`,
    },
    components: { securitySchemes: { session: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    paths: {
      '/api/network': {
        get: { summary: 'The branches and their counters and zones', responses: { '200': json('Public.', network) } },
      },
      '/api/sessions': {
        post: {
          summary: 'Get a token for a screen or a person',
          requestBody: { content: { 'application/json': { schema: sessionRequestSchema } } },
          responses: { '200': json('A token for one branch and role.', session), ...problems },
        },
      },
      '/api/branches/{branchId}/commands': {
        post: {
          summary: 'Send one command',
          description:
            'The same commandId gets the same answer, however often it is sent. Without a token: what a customer may do to the ticket whose id they know.',
          security: [{ session: [] }, {}],
          requestParams: { path: branch },
          requestBody: { content: { 'application/json': { schema: commandMessageSchema } } },
          responses: {
            '200': json('Done and durable.', accepted),
            '409': json('Refused by the branch day.', refused),
            ...problems,
          },
        },
      },
      '/api/branches/{branchId}/views/{kind}': {
        get: {
          summary: 'Look at a branch once',
          security: [{ session: [] }, {}],
          requestParams: {
            path: branch.extend({ kind: z.enum(['kiosk', 'display', 'counter', 'manager', 'ticket', 'rating']) }),
            query: z.object({ zone: named.optional(), counterId: named.optional(), ticketId: named.optional() }),
          },
          responses: { '200': json('The whole view.', viewMessage), ...problems },
        },
      },
      '/api/branches/{branchId}/staff': {
        get: {
          summary: 'The staff of a branch, to sign in with',
          security: [{ session: [] }],
          requestParams: { path: branch },
          responses: {
            '200': json(
              'Tellers and managers only.',
              z.object({ staff: z.array(z.object({ id: named, name: z.string() })) }),
            ),
            ...problems,
          },
        },
      },
      '/api/branches/{branchId}/presence': {
        get: {
          summary: 'Which screens of a branch are connected',
          security: [{ session: [] }],
          requestParams: { path: branch },
          responses: { '200': json('Managers only. Phones are not among them.', presence), ...problems },
        },
      },
      '/api/branches/{branchId}/forecast': {
        get: {
          summary: 'How many tickets were forecast for a day, and how many came',
          security: [{ session: [] }],
          requestParams: { path: branch, query: dayQuerySchema },
          responses: { '200': json('Managers only; without `day`, of today.', forecast), ...problems },
        },
      },
      '/api/branches/{branchId}/reports/estimates': {
        get: {
          summary: 'How the waits that were told on a day compare with what came',
          security: [{ session: [] }],
          requestParams: { path: branch, query: dayQuerySchema },
          responses: { '200': json('Managers only; without `day`, of today.', dayEstimatesSchema), ...problems },
        },
      },
      '/api/branches/{branchId}/reports/day': {
        get: {
          summary: 'Waits, windows and shares within target of a day, by half hour and segment',
          security: [{ session: [] }],
          requestParams: { path: branch, query: dayQuerySchema },
          responses: { '200': json('Managers only; without `day`, of today.', dayReportSchema), ...problems },
        },
      },
      '/api/branches/{branchId}/reports/ratings': {
        get: {
          summary: 'How many rated on a day, and how',
          security: [{ session: [] }],
          requestParams: { path: branch, query: dayQuerySchema },
          responses: { '200': json('Managers only; without `day`, of today.', ratingReport), ...problems },
        },
      },
      '/api/branches/{branchId}/reports/effects': {
        get: {
          summary: 'What the proposals of a day promised, and what came of them',
          security: [{ session: [] }],
          requestParams: { path: branch, query: dayQuerySchema },
          responses: { '200': json('Managers only; without `day`, of today.', effectReportSchema), ...problems },
        },
      },
      '/api/branches/{branchId}/recorded-days': {
        get: {
          summary: 'The days that can be replayed',
          security: [{ session: [] }],
          requestParams: { path: branch },
          responses: { '200': json('Managers only.', recordedDaysSchema), ...problems },
        },
      },
      '/api/branches/{branchId}/recorded-days/{day}': {
        get: {
          summary: 'Who came on a closed day, for the simulator',
          security: [{ session: [] }],
          requestParams: { path: branch.extend({ day: z.iso.date() }) },
          responses: { '200': json('Managers only.', recordedCustomersSchema), ...problems },
        },
      },
      '/api/branches/{branchId}/what-if': {
        post: {
          summary: 'Replay a closed day under other policies',
          description: 'Beside the policy that was in force, which comes first. Ask for its progress until it is done.',
          security: [{ session: [] }],
          requestParams: { path: branch },
          requestBody: { content: { 'application/json': { schema: whatIfRequestSchema } } },
          responses: { '202': json('Begun. Managers only.', startedSchema), ...problems },
        },
      },
      '/api/branches/{branchId}/what-if/{whatIf}': {
        get: {
          summary: 'How far a what-if is, and what came of it',
          security: [{ session: [] }],
          requestParams: { path: branch.extend({ whatIf: z.uuid() }) },
          responses: { '200': json('Managers only; kept for an hour.', progressSchema), ...problems },
        },
      },
      ...counterPaths(problems),
      ...identityPaths(problems),
      ...trustPaths(problems),
      ...voicePaths(problems),
      ...displayPaths(problems),
      ...printingPaths(problems),
      ...noticePaths(problems),
      ...periodPaths(problems),
      ...exportPaths(problems),
      ...casePaths(problems),
      ...reviewPaths(problems),
      '/health': {
        get: {
          summary: 'How the server is',
          responses: { '200': json('Ready.', health), '503': json('Not ready.', health) },
        },
      },
    },
  });
}
