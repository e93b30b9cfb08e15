import { z } from 'zod';
import type { BusinessDay } from '../domain/ids.ts';
import type { WhatIfResult } from '../domain/replay/result.ts';

/**
 * What-if: a recorded day under other policies.
 * `GET  /api/branches/:id/recorded-days`    → RecordedDays
 * `POST /api/branches/:id/what-if`          ← WhatIfRequest, → 202 WhatIfStarted, or a problem (`busy`: try again later)
 * `GET  /api/branches/:id/what-if/:whatIf`  → WhatIfProgress; 404 when it is not known (any more): results are kept for an hour
 */

const minutes = z.number().positive().max(480);

/** What a what-if may change of `FloatingConfig`; what is left out stays as it was on the day. `whatIf` takes it as it is. */
const floatingChangesSchema = z.strictObject({
  policy: z.enum(['rolling-plan', 'threshold', 'manual']).optional(),
  mode: z.enum(['advise', 'automatic']).optional(),
  reviewSeconds: z.number().int().min(10).max(3600).optional(),
  openingMinutes: z.number().min(0).max(60).optional(),
  minOpenMinutes: minutes.optional(),
  minClosedMinutes: z.number().min(0).max(480).optional(),
  proposalMinutes: minutes.optional(),
  price: z.number().positive().max(100).optional(),
  openingCost: z.number().min(0).max(100).optional(),
  threshold: z
    .strictObject({ openAbove: z.number().positive().max(100), closeAfterIdleMinutes: minutes })
    .partial()
    .optional(),
});

/** The same of `RoutingConfig`. */
const routingChangesSchema = z.strictObject({
  policy: z.enum(['cost-of-delay', 'wait-over-target', 'first-come', 'strict-priority', 'ratio']).optional(),
  power: z.number().min(1).max(10).optional(),
  careTargetMinutes: z.number().positive().max(120).optional(),
  careFirst: z.boolean().optional(),
});

export const whatIfRequestSchema = z.strictObject({
  day: z.iso.date(),
  /** Beside the policy in force, which is always there, as the first. */
  policies: z
    .array(
      z.strictObject({
        /** For people: it comes back with the outcome. */
        name: z.string().trim().min(1).max(60),
        floating: floatingChangesSchema.optional(),
        routing: routingChangesSchema.optional(),
      }),
    )
    .min(1)
    .max(3),
});
export type WhatIfRequest = z.infer<typeof whatIfRequestSchema>;
export type WhatIfPolicy = WhatIfRequest['policies'][number];

export interface RecordedDays {
  /** Closed days, newest first. */
  readonly days: readonly BusinessDay[];
}

export interface WhatIfStarted {
  readonly id: string;
}

/** `too-long`: it was stopped at its time limit. `broken`: the fault is in the server's log. */
export type WhatIfFailure = 'too-long' | 'broken';

export type WhatIfProgress =
  /** `done` of `of` runs of the day are over, one for each policy; 0 also while it waits for its turn. */
  | { readonly state: 'running'; readonly done: number; readonly of: number }
  | { readonly state: 'done'; readonly result: WhatIfResult }
  | { readonly state: 'failed'; readonly why: WhatIfFailure };

export type { HalfHour, PolicyOutcome, WhatIfResult } from '../domain/replay/result.ts';
