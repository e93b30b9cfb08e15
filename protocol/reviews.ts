import { z } from 'zod';
import type { Locale, Text } from '../domain/config.ts';
import type { BranchId, BusinessDay, Instant, SegmentId, StaffId } from '../domain/ids.ts';
import type { ActionMove, ActionRefusal, ActionState, Urgency } from '../domain/reviews/action.ts';
import type { MeetingMove, MeetingRefusal, MeetingState, Minutes } from '../domain/reviews/meeting.ts';
import type { Month, Quarter } from '../domain/reviews/months.ts';
import type { PeriodFigures, PeriodReport } from './period-report.ts';
import type { RatingDimension } from './rating-scale.ts';

/**
 * The reviews of a branch.
 * `GET  /api/branches/:id/reviews`                        → ReviewList
 * `GET  /api/branches/:id/reviews/packs/:month`           → ShownPack
 * `GET  /api/branches/:id/reviews/packs/:month/document`  → .docx, `?language=zh-TW`; by default the branch's
 * `POST /api/branches/:id/reviews/packs/:month`           ← {} · makes one that is missing
 * `POST /api/branches/:id/reviews/meetings`               ← MeetingRequest
 * `POST /api/branches/:id/reviews/meetings/:meeting/approve` ← {} · `/refuse` ← MeetingRefusing
 * `PUT  /api/branches/:id/reviews/meetings/:meeting/minutes` ← `minutesDraftSchema`
 * `POST /api/branches/:id/reviews/meetings/:meeting/close`   ← MeetingClosing
 * `POST /api/branches/:id/reviews/actions/:action/finish` · `/escalate` · `/reopen` ← ActionNote
 * `GET  /api/reviews/quarters/:quarter`                   → QuarterReport · `/document` → .docx
 * A refusal is 409 `{ reason, problem }`, with a reason of ReviewRefusal.
 */

export type ReviewRefusal =
  | MeetingRefusal
  | ActionRefusal
  | 'month-not-over'
  | 'pack-exists'
  | 'minutes-changed'
  | 'minutes-incomplete'
  | 'not-found';

/** Of the ratings of single services. */
export interface RatingFacts {
  readonly count: number;
  /** Absent when nobody rated. */
  readonly mean?: number | undefined;
  /** How many gave each score, from 1 to 5. */
  readonly scores: readonly number[];
  readonly dimensions: Readonly<Partial<Record<RatingDimension, { readonly count: number; readonly mean: number }>>>;
}

export interface ComplaintFacts {
  readonly received: number;
  readonly closed: number;
  /** At the end of the month. */
  readonly open: number;
  /** Of those: past their deadline. */
  readonly late: number;
  /** Of those that were closed in the month; `name` as the catalogue of causes had it then. */
  readonly rootCauses: readonly { readonly cause: string; readonly name: Text; readonly count: number }[];
}

export interface SuggestionFacts {
  readonly received: number;
  readonly praise: number;
  /** What was done about those of the month. */
  readonly adopted: number;
  readonly planned: number;
  readonly waiting: number;
}

/** What can be compared with the month before. */
export interface MonthFacts {
  readonly figures: PeriodFigures;
  readonly ratings: RatingFacts;
  readonly complaints: ComplaintFacts;
  readonly suggestions: SuggestionFacts;
}

export interface ReviewAction {
  readonly id: string;
  readonly meetingId: string;
  readonly what: string;
  readonly owner: StaffId;
  readonly due: BusinessDay;
  readonly state: ActionState;
  /** Of the last change of its state. */
  readonly changed?: { readonly at: Instant; readonly by: StaffId; readonly note?: string | undefined } | undefined;
}

/** Rule J1: as they were when the pack was made, and not changed after that. */
export interface PackFacts extends MonthFacts {
  readonly branchId: BranchId;
  readonly name: Text;
  readonly month: Month;
  /** The branch's own language. */
  readonly language: Locale;
  /** Days with figures, and days that the branch was open and whose records are missing. */
  readonly days: number;
  readonly missing: number;
  readonly segments: readonly {
    readonly id: SegmentId;
    readonly name: Text;
    readonly targetMinutes: number;
    readonly figures: Pick<PeriodFigures, 'arrivals' | 'served' | 'abandoned' | 'wait' | 'withinTarget'>;
  }[];
  readonly effects: PeriodReport['effects'];
  /** Absent when nothing is known of it. */
  readonly before?: MonthFacts | undefined;
  /** Rule J8: of earlier meetings. */
  readonly actions: readonly ReviewAction[];
}

export interface ReviewPack {
  readonly madeAt: Instant;
  readonly facts: PackFacts;
  readonly meetingId: string;
}

export interface ShownPack extends ReviewPack {
  /** The day of `madeAt` in the branch: what was late then is late in it. */
  readonly madeOn: BusinessDay;
  readonly names: Readonly<Record<StaffId, string>>;
}

export interface Meeting {
  readonly id: string;
  readonly branchId: BranchId;
  /** Of a monthly one: of which pack. */
  readonly month?: Month | undefined;
  readonly madeAt: Instant;
  readonly state: MeetingState;
  /** Of an extraordinary one: who asked for it, and for which day. */
  readonly request?:
    { readonly by: StaffId; readonly reason: string; readonly day?: BusinessDay | undefined } | undefined;
  readonly decision?: { readonly by: StaffId; readonly at: Instant; readonly reason?: string | undefined } | undefined;
  readonly minutes: Minutes;
  /** Counts what was written: whoever saves says which one they changed. */
  readonly version: number;
  readonly closed?: { readonly by: StaffId; readonly at: Instant } | undefined;
}

/** With what the asker may do with it now. */
export interface ShownMeeting extends Meeting {
  readonly moves: readonly MeetingMove[];
}

export interface ShownAction extends ReviewAction {
  /** Absent when it is done. */
  readonly urgency?: Urgency | undefined;
  readonly moves: readonly ActionMove[];
}

export interface ReviewList {
  readonly today: BusinessDay;
  /** Newest first. */
  readonly packs: readonly { readonly month: Month; readonly madeAt: Instant; readonly meetingId: string }[];
  /** The last month that is over, when it has no pack yet and the asker may make it now. */
  readonly missing?: Month | undefined;
  /** Newest first. */
  readonly meetings: readonly ShownMeeting[];
  /** Not done ones first, by their day. */
  readonly actions: readonly ShownAction[];
  readonly mayRequest: boolean;
  /** Of everybody who is named here, for whoever may read it. */
  readonly names: Readonly<Record<StaffId, string>>;
}

export interface QuarterBranch {
  readonly branchId: BranchId;
  readonly name: Text;
  readonly place?: number | undefined;
  readonly arrivals: number;
  readonly called: number;
  readonly withinTarget: number;
  readonly p90Wait: number;
  readonly ratings: { readonly count: number; readonly mean: number };
  readonly complaints: number;
  /** Per 10,000 visits; absent when nobody came. */
  readonly complaintRate?: number | undefined;
  /** Actions. */
  readonly late: number;
}

export interface QuarterReport {
  readonly quarter: Quarter;
  readonly madeAt: Instant;
  /** By their place. */
  readonly branches: readonly QuarterBranch[];
  readonly totals: PeriodFigures;
  readonly complaints: ComplaintFacts;
  readonly months: readonly {
    readonly month: Month;
    readonly arrivals: number;
    readonly called: number;
    readonly withinTarget: number;
    readonly p90Wait: number;
    readonly rating: { readonly count: number; readonly mean: number };
    readonly complaints: number;
  }[];
  /** Late or escalated ones of all branches. */
  readonly actions: readonly (ReviewAction & { readonly branchId: BranchId })[];
  readonly names: Readonly<Record<StaffId, string>>;
}

const line = z.string().trim().min(1).max(400);
const staffId = z.string().min(1).max(64);
const day = z.iso.date();

export const monthSchema = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'write the month as 2026-11');
export const quarterSchema = z.string().regex(/^\d{4}-Q[1-4]$/, 'write the quarter as 2026-Q4');
export const documentQuerySchema = z.object({ language: z.enum(['zh-CN', 'zh-TW', 'en']).optional() });

export const meetingRequestSchema = z.strictObject({ reason: line, day: day.optional() });
export type MeetingRequest = z.infer<typeof meetingRequestSchema>;

export const meetingRefusingSchema = z.strictObject({ reason: line });

/** Lines may be empty while somebody writes: the server leaves those out when the minutes are closed. */
const draftLine = z.string().max(400);
export const minutesDraftSchema = z.strictObject({
  version: z.number().int().min(0),
  minutes: z.strictObject({
    day: day.optional(),
    attendees: z.array(staffId).max(60),
    items: z.array(draftLine).max(60),
    decisions: z.array(draftLine).max(60),
    actions: z.array(z.strictObject({ what: draftLine, owner: staffId.optional(), due: day.optional() })).max(60),
  }),
});

export const meetingClosingSchema = z.strictObject({ version: z.number().int().min(0) });

export const actionNoteSchema = z.strictObject({ note: line.optional() });
