import { z } from 'zod';
import type { BusinessDay, Instant } from '../domain/ids.ts';
import {
  FIRST_HOUR,
  LAST_MONTH_DAY,
  RELATIVE_PERIODS,
  REPORT_FORMATS,
  type RelativePeriod,
} from './subscription-lists.ts';

/**
 * Reports that come by mail. All of it is the person's own; `:branchId` is the branch whose clock and whose roles count.
 * `GET    /api/branches/:branchId/report-subscriptions`              → Subscriptions
 * `POST   /api/branches/:branchId/report-subscriptions`              ← SubscriptionWish → ShownSubscription
 * `PUT    /api/branches/:branchId/report-subscriptions/:id`          ← SubscriptionWish → ShownSubscription
 * `DELETE /api/branches/:branchId/report-subscriptions/:id`          → { ok: true }
 * `POST   /api/branches/:branchId/report-subscriptions/:id/send-now` → ShownSubscription
 * A no is a 409 with `reason`: a SubscriptionRefusal.
 */

export const subscriptionWishSchema = z
  .strictObject({
    /** What the report asks for, as in its address, without `from` and `to`: `by=service&branch=central`. */
    query: z.string().max(8_000),
    period: z.enum(RELATIVE_PERIODS),
    /**
     * When it comes: the weekday of `last-week`, 1 for Monday to 7; the day of the month of `last-month`, and of
     * `last-quarter` in the first month of the next. `yesterday` comes every day.
     */
    day: z.int().min(1).max(LAST_MONTH_DAY).optional(),
    /** On the branch's clock. */
    hour: z.int().min(FIRST_HOUR).max(23),
    format: z.enum(REPORT_FORMATS),
    language: z.enum(['zh-CN', 'zh-TW', 'en']),
    address: z.email().max(254),
    paused: z.boolean(),
  })
  .refine(({ period, day }) => (period === 'yesterday') === (day === undefined), {
    message: 'goes with each period but yesterday',
    path: ['day'],
  })
  .refine(({ period, day = 1 }) => period !== 'last-week' || day <= 7, {
    message: 'is a weekday from 1 to 7',
    path: ['day'],
  });
export type SubscriptionWish = z.infer<typeof subscriptionWishSchema>;

/** Nothing is kept or sent because of this. `no-account`: only roles that are given to an account can be asked again later. */
export type SubscriptionRefusal =
  'no-mail' | 'no-account' | 'no-right' | 'foreign-address' | 'too-many' | 'unknown' | 'no-report';

/** Why a subscription has been paused by itself. */
export type StoppedBecause = 'no-account' | 'no-right';

/** `report`: it could not be made, which is tried again. The others are of the mail. */
export type SendingTrouble = 'report' | 'away' | 'sign-in' | 'not-encrypted' | 'refused';

export interface LastSending {
  readonly at: Instant;
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly trouble?: SendingTrouble | undefined;
}

export interface ShownSubscription extends SubscriptionWish {
  readonly id: string;
  /** Absent while it is paused. */
  readonly next?: Instant | undefined;
  readonly stopped?: StoppedBecause | undefined;
  readonly last?: LastSending | undefined;
}

export interface Subscriptions {
  /** Where reports may be mailed to. Absent: this server sends no mail. */
  readonly domains?: readonly string[] | undefined;
  readonly subscriptions: readonly ShownSubscription[];
  /** The days of each, were it sent today. */
  readonly periods: Readonly<Record<RelativePeriod, { readonly from: BusinessDay; readonly to: BusinessDay }>>;
}
