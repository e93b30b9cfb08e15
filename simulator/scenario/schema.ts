import { z } from 'zod';
import { lawSchema } from './laws.ts';
import { policyChangesSchema } from './policy.ts';
import { rateSchema } from './rates.ts';
import { recordedSchema } from './recorded.ts';

/** One scenario: a branch, its customers and how it may be run. docs/simulator.md explains every field. */

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'an id is lower-case letters, digits and hyphens');
const ids = z.array(id).min(1);
const share = z.number().min(0).max(1);
const minutes = z.number().min(0);

const customersOf = {
  segment: id,
  /** In the order in which they are done; one that the counter cannot do is waited for again. */
  services: ids,
  patience: lawSchema.optional(),
  noShow: share.default(0),
  careShare: share.default(0),
};

const comes = { rate: rateSchema.optional(), every: lawSchema.optional(), at: z.array(minutes).optional() };

const oneWay = (stream: Partial<Record<keyof typeof comes, unknown>>) =>
  [stream.rate, stream.every, stream.at].filter((way) => way !== undefined).length === 1;
const ONE_WAY = 'write one of rate, every, at';

const stream = z.union([
  z.strictObject({ ...comes, ...customersOf }).refine(oneWay, ONE_WAY),
  /** One stream of customers who want different things. */
  z
    .strictObject({ ...comes, mix: z.array(z.strictObject({ share: z.number().positive(), ...customersOf })).min(1) })
    .refine(oneWay, ONE_WAY),
]);

/** arrival minute, segment, service, service seconds, patience seconds (null: stays) */
const traceRow = z.tuple([minutes, id, id, minutes, minutes.nullable()]);

const counter = z.strictObject({
  id,
  /** So many alike: `c` becomes c-1, c-2 … */
  count: z.number().int().min(1).max(500).default(1),
  kind: z.enum(['fixed', 'floating']).default('fixed'),
  /** Services that its teller can do; all when left out. */
  does: ids.optional(),
  /** Segments that it serves first; all when left out. */
  first: ids.optional(),
  /** Segments that it helps with when none of its own waits, or when one of them is past its target. */
  help: z.array(id).default([]),
  /** 2 is twice as fast. A law is drawn once for each day. */
  speed: lawSchema.default(1),
  /** From minute, to minute; the customer in hand is finished first. */
  breaks: z.array(z.tuple([minutes, minutes])).default([]),
});

const segment = z.strictObject({
  id,
  targetMinutes: z.number().positive().default(10),
  ceilingMinutes: z.number().positive().optional(),
  /** For `strict-priority`; by their order in the list when left out. */
  rank: z.number().int().min(1).optional(),
  weight: z.number().positive().default(1),
});

export const scenarioSchema = z.strictObject({
  name: z.string().min(1),
  run: z.strictObject({
    minutes: z.number().positive(),
    /** Who comes before this minute is served, and not counted. */
    warmUpMinutes: minutes.default(0),
    days: z.number().int().min(1).default(100),
    seed: z.number().int().default(1),
    /** `serve`: who has come is served after the doors close. `stop`: the day is closed at once. */
    atEnd: z.enum(['serve', 'stop']).default('serve'),
  }),
  /** What makes days unlike each other. */
  day: z
    .strictObject({
      /** The level of the day: gamma with mean 1 and this standard deviation. */
      levelCv: z.number().min(0).default(0),
      /** Each peak comes up to so much earlier or later. */
      peakShiftMinutes: minutes.default(0),
      /** Each peak is up to this share lower or higher. */
      peakHeightShare: share.default(0),
    })
    .prefault({}),
  segments: z.array(segment).min(1),
  services: z
    .array(
      z.strictObject({
        id,
        time: lawSchema,
        /** What the policies believe; the mean when left out. */ typicalMinutes: z.number().positive().optional(),
      }),
    )
    .min(1),
  arrivals: z.array(stream).default([]),
  /** Customers one by one: a CSV file beside the scenario, or rows. */
  trace: z
    .union([
      z.strictObject({
        file: z.string(),
        /** Minutes after midnight at which the run begins, for a trace with clock times. */ opensMinute:
          minutes.default(0),
      }),
      z.strictObject({ rows: z.array(traceRow) }),
    ])
    .optional(),
  /** Customers of a finished day of a branch. */
  recorded: recordedSchema.optional(),
  counters: z.array(counter).min(1),
  /** Who finds so many in the hall goes away again without a ticket. */
  lobbyHolds: z.number().int().min(0).optional(),
  /** A called customer who does not come is missed after so long. */
  noShowMinutes: z.number().positive().default(1.5),
  /** No counter that can serve a waiting ticket stands free: checked after every change. */
  workConserving: z.boolean().default(true),
  /** How all policies run the hall, unless they say otherwise. */
  policy: policyChangesSchema.default({}),
  policies: z.record(z.string(), policyChangesSchema).default({}),
  report: z
    .strictObject({
      /** The share that waited longer than so many minutes. */
      waitOver: z.array(minutes).default([]),
      /** The waits of those who found every counter busy and so many waiting. */
      queueSeen: z.array(z.number().int().min(0)).default([]),
      /** How many are in the hall at these minutes of every period. */
      sample: z.strictObject({ period: z.number().positive(), at: z.array(minutes).min(1) }).optional(),
      /** List every customer in the JSON output. */
      customers: z.boolean().default(false),
    })
    .prefault({}),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioInput = z.input<typeof scenarioSchema>;
export type Stream = Scenario['arrivals'][number];
export type Group = Omit<Extract<Stream, { segment: string }>, 'rate' | 'every' | 'at'>;
export type TraceRow = z.infer<typeof traceRow>;
