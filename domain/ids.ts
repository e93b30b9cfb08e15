/** The names that things go by. All are opaque strings; only equality means anything. */

export type BranchId = string;
export type SegmentId = string;
export type ServiceId = string;
export type ZoneId = string;
export type CounterId = string;
export type WorkProfileId = string;
export type SkillId = string;
export type StaffId = string;
export type TierId = string;
export type CareNeedId = string;

/** Made by the server from 128 random bits: who knows a ticket's id holds the ticket (it is the phone link). */
export type TicketId = string;
/** One announcement: "A023 to counter 3". A recall keeps the call's id and raises its count. */
export type CallId = string;
/** Of a proposal for a window: p1, p2 … within a day. */
export type ProposalId = string;
/** Of a task of the hall: t1, t2 … within a day. */
export type TaskId = string;
/** Of the store in which one kiosk keeps the numbers that it may give by itself: it outlives a restart, and a new one is another kiosk. */
export type KioskId = string;
/** Of an alert: its kind and what it is about. */
export type AlertId = string;
/** Chosen by the sender, unique for ever. The same command id gets the same answer. */
export type CommandId = string;
/** Who did it: `staff:1003`, `device:kiosk-1`, `customer`, `system`. Never a name. */
export type ActorId = string;

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;
/** The branch's calendar date in its own time zone, `2026-11-24`. */
export type BusinessDay = string;

export const MINUTE = 60_000;
