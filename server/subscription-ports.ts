import type { BranchId, BusinessDay, Instant, StaffId } from '../domain/ids.ts';
import type { StoppedBecause, SubscriptionWish } from '../protocol/report-subscriptions.ts';

/** A report that comes again and again. The address is personal data of staff: gone with the account. */
export interface Subscription extends SubscriptionWish {
  readonly id: string;
  readonly staffId: StaffId;
  /** Whose clock and whose roles count. */
  readonly branchId: BranchId;
  readonly madeAt: Instant;
  /** What was due before is not sent. */
  readonly changedAt: Instant;
  /** Paused by itself. */
  readonly stopped?: StoppedBecause | undefined;
  /** The day of the last occasion that was handed to the mail. */
  readonly doneDay?: BusinessDay | undefined;
  readonly lastMail?: string | undefined;
  /** The report could not be made; absent when it could afterwards. */
  readonly failedAt?: Instant | undefined;
}

export interface SubscriptionRecords {
  /** In the order in which they were made. */
  of(staffId: StaffId, branchId: BranchId): Promise<readonly Subscription[]>;
  /** Those that are not paused. */
  active(): Promise<readonly Subscription[]>;
  /** Makes or replaces it. */
  save(subscription: Subscription): Promise<void>;
  /** What has come of it; what its owner changed meanwhile stays. */
  note(
    id: string,
    what: Partial<Pick<Subscription, 'stopped' | 'changedAt' | 'doneDay' | 'lastMail' | 'failedAt'>>,
  ): Promise<void>;
  remove(id: string): Promise<void>;
}
