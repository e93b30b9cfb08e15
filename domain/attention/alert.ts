import type { AlertsConfig, BranchConfig } from '../config.ts';
import type { AlertId, CounterId, Instant, SegmentId, StaffId, TaskId, TicketId, ZoneId } from '../ids.ts';
import type { Task } from './task.ts';

/** What the lobby manager is told of: one for each problem that is there now (rule A5). */

export const ALERT_KINDS = [
  'past-target',
  'past-ceiling',
  'queue-long',
  'nobody-serves',
  'nobody-can',
  'not-answered',
  'counter-idle',
  'not-calling',
  'vip-arrival',
  'vip-soon',
  'task',
  'post-short',
  'zone-empty',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Of little, some and great hurry. */
export const ALERT_LEVELS = ['notice', 'attention', 'urgent'] as const;
export type AlertLevel = (typeof ALERT_LEVELS)[number];

export interface AlertTicket {
  readonly ticketId: TicketId;
  readonly number: string;
}

/** What is wrong. Which of the fields there are follows from the kind. */
export interface Problem {
  readonly kind: AlertKind;
  /** The kind and what it is about: the same problem has the same id, however it grows. */
  readonly id: AlertId;
  readonly level: AlertLevel;
  /** When it began. */
  readonly since: Instant;
  readonly segment?: SegmentId | undefined;
  /** The first few, oldest first; `count` says how many there are. */
  readonly tickets?: readonly AlertTicket[] | undefined;
  readonly count?: number | undefined;
  readonly counterId?: CounterId | undefined;
  readonly zone?: ZoneId | undefined;
  /** A post of the configuration. */
  readonly post?: string | undefined;
  /** Whose customer it is: it is for this person before all others. */
  readonly staffId?: StaffId | undefined;
  readonly task?: { readonly id: TaskId; readonly kind: Task['kind']; readonly place: Task['place'] } | undefined;
}

export interface Alert extends Problem {
  /** Somebody knows of it: it is quiet until `until`, unless it is over before (rule A7). */
  readonly quiet?: { readonly why: 'acknowledged' | 'snoozed'; readonly until: Instant } | undefined;
  /** By a person, or by itself (rule A8). */
  readonly escalatedAt?: Instant | undefined;
}

/** What people said to an alert; never changed in place. */
export type AlertMark = Pick<Alert, 'quiet' | 'escalatedAt'>;

/** Where the branch says nothing of it. */
const USUAL: AlertsConfig = {
  queueLong: 15,
  unansweredSeconds: 60,
  idleSeconds: 90,
  notCallingMinutes: 5,
  vipAhead: 2,
  repeatMinutes: 10,
  snoozeMinutes: 5,
  escalateMinutes: 5,
};

export function alertLimits({ alerts }: BranchConfig): AlertsConfig {
  return alerts ?? USUAL;
}
