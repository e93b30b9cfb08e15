import { z } from 'zod';

/** Of the answers, for the OpenAPI document: nobody parses them. */

const named = z.string().max(64);
const count = z.number().int();
const minutes = z.number().meta({ description: 'Minutes.' });
const share = z.number().min(0).max(1);

export const recordedDaysSchema = z
  .object({ days: z.array(z.iso.date()) })
  .meta({ id: 'RecordedDays', description: 'Closed days, newest first.' });

export const recordedCustomersSchema = z
  .object({
    branchId: named,
    day: z.iso.date(),
    opensAt: count.meta({ description: 'When the first window opened, ms since 1970; arrivals count from here.' }),
    minutes,
    customers: z.array(
      z.object({
        arrival: minutes,
        segment: named,
        services: z.array(named),
        work: z.array(minutes).meta({ description: 'What each service takes at speed 1.' }),
        patience: minutes.nullable().meta({ description: 'Waited so long and left; null: stayed.' }),
        comes: z.boolean().meta({ description: 'Came when called.' }),
        care: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'RecordedCustomers', description: 'Who came, for `recorded.file` of a scenario of the simulator.' });

export const startedSchema = z.object({ id: z.uuid() }).meta({ id: 'WhatIfStarted' });

const waits = z
  .object({
    ...{ tickets: count, mean: minutes, p50: minutes, p90: minutes, p99: minutes },
    withinTarget: share,
    late: count.meta({ description: 'Waited past their target.' }),
  })
  .meta({ id: 'WaitFigures' });

const outcome = z
  .object({
    name: z.string().meta({ description: '`in-force` for the policy of the day itself.' }),
    floating: z.looseObject({}),
    routing: z.looseObject({}),
    wait: waits,
    segments: z.record(named, waits),
    ...{ served: count, left: count, missed: count, unserved: count },
    floatingHours: z.number(),
    openings: count,
    halfHours: z.array(
      z.object({
        from: count.meta({ description: 'ms since 1970.' }),
        tickets: count,
        meanWait: minutes.optional(),
        ...{ waiting: z.number(), windows: z.number(), floatingWindows: z.number() },
      }),
    ),
    notRepeated: z.record(z.string(), count).meta({ description: 'Hand choices that did not fit, by kind.' }),
  })
  .meta({ id: 'PolicyOutcome' });

export const progressSchema = z
  .discriminatedUnion('state', [
    z.object({ state: z.literal('running'), done: count, of: count }),
    z.object({
      state: z.literal('done'),
      result: z.object({
        day: z.iso.date(),
        sameAsRecorded: z
          .boolean()
          .meta({ description: 'The replay in force gave the recorded day, event for event.' }),
        differsAt: count.optional(),
        halfHourFrom: count,
        policies: z.array(outcome),
      }),
    }),
    z.object({ state: z.literal('failed'), why: z.enum(['too-long', 'broken']) }),
  ])
  .meta({ id: 'WhatIfProgress' });
