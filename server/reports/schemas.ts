import { z } from 'zod';

/** For the OpenAPI document: `DayReport` and `EffectReport` of the protocol. */

const count = z.number().int();
const share = z.number().min(0).max(1);
const instant = z.number().int().meta({ description: 'ms since 1970.' });
const slot = count.meta({ description: 'Half hours since the beginning of the day.' });
const minutes = z.number().meta({ description: 'Minutes, as all waits here.' });

const waitSlot = z.object({
  slot,
  called: count.meta({ description: 'Who took a ticket then and was called.' }),
  mean: minutes,
  longest: minutes,
  target: minutes,
  told: z.object({ p50: minutes, p80: minutes }).optional().meta({ description: 'The means of what they were told.' }),
});

export const dayReportSchema = z
  .object({
    branchId: z.string(),
    day: z.iso.date(),
    figures: z
      .object({
        from: instant,
        slotMinutes: count,
        until: instant,
        over: z.boolean(),
        issued: count,
        finished: count,
        missed: count,
        left: count,
        called: count,
        meanWait: minutes,
        longestWait: minutes,
        windowHours: z.number(),
        waits: z.object({ all: z.array(waitSlot), segments: z.record(z.string(), z.array(waitSlot)) }),
        windows: z
          .array(z.object({ at: instant, open: count, floating: count }))
          .meta({ description: 'From `at` on, so many windows with a person are open.' }),
        needed: z.array(z.object({ slot, windows: z.number() })),
        within: z.record(z.string(), z.object({ called: count, within: count, targetMinutes: minutes })),
        diversion: z
          .object({ accepted: count, declined: count, left: count, failed: count, savedMinutes: count })
          .optional()
          .meta({ description: 'Missing when nobody was asked. Nobody with a care need is counted.' }),
      })
      .optional()
      .meta({ description: 'Missing for a day that was never opened.' }),
  })
  .meta({ id: 'DayReport' });

const outlook = z.object({ waiting: z.number(), longest: minutes, mean: minutes });
const kept = z.object({
  held: share.meta({ description: 'Not worse than promised by more than `margin` or a quarter of it.' }),
  margin: z.number(),
  bias: z.number().meta({ description: 'Mean of what came minus what was promised: above 0, it was worse.' }),
  error: z.number(),
});

export const effectReportSchema = z
  .object({
    branchId: z.string(),
    day: z.iso.date(),
    proposals: z.array(
      z.looseObject({
        id: z.string(),
        kind: z.enum(['open', 'close', 'convert', 'extend-hours']),
        status: z.enum(['pending', 'approved', 'dismissed', 'expired']),
        promised: z.object({ before: outlook, after: outlook }).optional(),
        came: outlook.optional(),
        byItself: z.literal(true).optional(),
        expiredBecause: z.enum(['time', 'overtaken']).optional(),
      }),
    ),
    approved: count,
    byItself: count,
    dismissed: z.record(z.string(), count),
    expired: z.object({ time: count, overtaken: count }),
    measured: count,
    kept: z
      .object({ waiting: kept, mean: kept, longest: kept })
      .optional()
      .meta({ description: 'Missing while nothing is measured.' }),
  })
  .meta({ id: 'EffectReport' });
