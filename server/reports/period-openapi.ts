import { z } from 'zod';
import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { periodQuerySchema, ticketsQuerySchema } from '../../protocol/period-report.ts';

/** Of the answers, for the OpenAPI document: nobody parses them. */

const named = z.string().max(64);
const count = z.number().int();
const minutes = z.number().meta({ description: 'Minutes.' });
const share = z.number().min(0).max(1);
const instant = count.meta({ description: 'Ms since 1970.' });

const spread = z
  .object({ count, mean: minutes, p50: minutes, p90: minutes, max: minutes })
  .meta({ id: 'Spread', description: 'Percentiles are those of the single tickets.' });

const figures = z
  .object({
    ...{ arrivals: count, served: count, noShows: count, abandoned: count, transfers: count },
    wait: spread,
    withinTarget: share.meta({ description: 'Of those who were called.' }),
    service: spread,
    diversion: z
      .object({ offered: count, accepted: count, declined: count, failed: count, savedMinutes: minutes })
      .meta({ description: 'Nobody with a care need is counted.' }),
    estimate: z.object({ told: count, inRange: share, late: share, bias: minutes }),
    staffing: z
      .object({ open: minutes, serving: minutes, calling: minutes, idle: minutes, paused: minutes })
      .optional()
      .meta({ description: 'Of counters with a person. Missing by or with a segment or a service.' }),
    rating: z.object({ count, mean: z.number() }),
    mix: z
      .object({ ratio: z.number(), low: z.number(), high: z.number() })
      .optional()
      .meta({ description: 'Of tellers: against what the same services take all of them; 1 is the same.' }),
  })
  .meta({ id: 'PeriodFigures' });

const histogram = z
  .array(z.object({ minute: count, count }))
  .meta({ description: 'The last one is "that and longer".' });
const branchDay = { branchId: named, day: z.iso.date() };

const periodReport = z
  .object({
    query: z.looseObject({}),
    branches: z.array(z.object({ branchId: named, days: count })),
    cutOff: instant.optional(),
    missing: z.array(z.object(branchDay)).meta({ description: 'Opened, and their records are not there yet.' }),
    excluded: count.meta({ description: 'Tickets that were a mistake.' }),
    totals: figures,
    before: figures.optional().meta({ description: 'Of the period of the same length just before.' }),
    rows: z.array(z.object({ key: z.string(), figures })),
    heat: z.array(z.object({ weekday: count, slot: count, arrivals: count, perDay: z.number(), p90Wait: minutes })),
    waits: histogram,
    services: histogram,
    effects: z.object({ proposed: count, approved: count, byItself: count, measured: count, held: count }),
    choices: z.object({
      segments: z.array(named),
      services: z.array(named),
      counters: z.array(z.string()),
      tellers: z.array(named),
    }),
    names: z.record(named, z.string()),
    nearest: z.iso.date().optional().meta({ description: 'Without data: the nearest day that has some.' }),
  })
  .meta({ id: 'PeriodReport' });

const reportTickets = z
  .object({
    tickets: z.array(
      z.object({
        ...branchDay,
        ...{ ticketId: z.string(), number: z.string(), segment: named, services: z.array(named), issuedAt: instant },
        outcome: z.enum(['served', 'no-show', 'abandoned', 'waiting']),
        ...{ wait: minutes.optional(), target: minutes, service: minutes },
        ...{ counter: z.string().optional(), teller: named.optional() },
      }),
    ),
    total: count,
  })
  .meta({ id: 'ReportTickets' });

const text = z.looseObject({});
const reportNames = z.object({
  branches: z.array(
    z.object({
      branchId: named,
      name: text,
      timeZone: z.string(),
      today: z.iso.date(),
      counters: z.array(z.object({ id: named, label: z.string() })),
    }),
  ),
  segments: z.array(z.object({ id: named, name: text, prefix: z.string(), colour: z.string() })),
  services: z.array(z.object({ id: named, name: text })),
});

/** In the address `branch`, once for each. */
const branch = z.array(named).optional().meta({ description: 'None: all that one may see.' });
export const addressOf = (query: Pick<typeof periodQuerySchema, 'shape'>) =>
  z.object({ ...query.shape, branch }).omit({ branches: true });

const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
});
const security = [{ session: [] }];

/** The part of the OpenAPI document about figures over days and branches. */
export function periodPaths(problems: ZodOpenApiResponsesObject): ZodOpenApiPathsObject {
  return {
    '/api/reports': {
      get: {
        summary: 'The figures of a period, of one branch or many',
        description: 'At most two years. Whoever works in one branch sees that one only.',
        security,
        requestParams: { query: addressOf(periodQuerySchema) },
        responses: { '200': json('Managers and auditors.', periodReport), ...problems },
      },
    },
    '/api/reports/tickets': {
      get: {
        summary: 'The tickets behind a figure, longest wait first',
        security,
        requestParams: { query: addressOf(ticketsQuerySchema) },
        responses: { '200': json('Managers and auditors; 200 at most.', reportTickets), ...problems },
      },
    },
    '/api/reports/names': {
      get: {
        summary: 'What the ids of reports are called',
        security,
        responses: { '200': json('Managers and auditors.', reportNames), ...problems },
      },
    },
  };
}
