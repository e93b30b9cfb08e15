import type { ColumnType, Generated } from 'kysely';
import type { DomainEvent } from '../../domain/events.ts';
import type { ForecastModel } from '../../domain/forecast/forecast.ts';
import type { Period, Ticket } from '../../domain/state.ts';
import type { Visit } from '../../domain/visit.ts';
import type { Arrivals, Device, MadeForecast, Pairing, StaffAccount, StaffSession } from '../ports.ts';
import type { AuditHeadTable, AuditTable } from './audit-tables.ts';
import type { DayFactsTable } from './day-facts-records.ts';
import type { FeedbackCodeTable, InboxTable, InboxTextTable } from './inbox-tables.ts';
import type { MailTable } from './mail-records.ts';
import type { NoticeTable } from './notice-records.ts';
import type { CaseCustomerTable, CaseEventTable, CaseFileTable, CaseTable, CaseTextTable } from './case-tables.ts';
import type { PaperTable } from './print-records.ts';
import type { ConsentTable, CustomerTicketTable } from './personal-tables.ts';
import type { SurveyAnswerTable, SurveyTable, SurveyTakenTable } from './survey-records.ts';
import type { RatingTable } from './rating-records.ts';
import type { ReviewActionTable, ReviewMeetingTable, ReviewPackTable } from './review-records.ts';
import type { SubscriptionTable } from './subscription-records.ts';

/** Our tables, always written with their schema: BullMQ has tables named `event` and `job` in its own. */
export interface Tables {
  'app.commit': CommitTable;
  'app.visit': VisitTable;
  'app.forecast': ForecastTable;
  'app.forecast_model': ForecastModelTable;
  'app.staff_account': StaffAccountTable;
  'app.sign_in_attempt': AttemptTable;
  'app.staff_session': StaffSessionTable;
  'app.device': DeviceTable;
  'app.device_pairing': PairingTable;
  'app.audit': AuditTable;
  'app.audit_head': AuditHeadTable;
  'app.customer_ticket': CustomerTicketTable;
  'app.consent': ConsentTable;
  'app.rating': RatingTable;
  'app.review_pack': ReviewPackTable;
  'app.review_meeting': ReviewMeetingTable;
  'app.review_action': ReviewActionTable;
  'app.complaint': CaseTable;
  'app.complaint_event': CaseEventTable;
  'app.complaint_text': CaseTextTable;
  'app.complaint_customer': CaseCustomerTable;
  'app.complaint_file': CaseFileTable;
  'app.paper': PaperTable;
  'app.notice_wish': NoticeTable;
  'app.mail': MailTable;
  'app.report_subscription': SubscriptionTable;
  'app.day_facts': DayFactsTable;
  'app.inbox_item': InboxTable;
  'app.inbox_text': InboxTextTable;
  'app.feedback_code': FeedbackCodeTable;
  'app.survey': SurveyTable;
  'app.survey_answer': SurveyAnswerTable;
  'app.survey_taken': SurveyTakenTable;
}

/** What one turn of a branch host decided. */
interface CommitTable {
  branch_id: string;
  day: string;
  version: number;
  events: ColumnType<readonly DomainEvent[], string, never>;
  /** The commands that these events answer. */
  command_ids: readonly string[];
  written_at: Generated<Date>;
}

interface VisitTable {
  branch_id: string;
  day: string;
  ticket_id: string;
  number: string;
  segment: string;
  services: readonly string[];
  care_needs: readonly string[];
  tier: string | null;
  status: Visit['status'];
  reason: NonNullable<Visit['reason']> | null;
  issued_at: Date;
  ended_at: Date;
  waited_ms: number;
  served_ms: number;
  counter_id: string | null;
  teller_id: string | null;
  quote: NonNullable<Ticket['quote']> | null;
  periods: readonly Period[];
}

interface ForecastTable {
  branch_id: string;
  day: string;
  /** Null for a day that began before there was anything to forecast from. */
  made: ColumnType<MadeForecast | null, string, string>;
  /** `knownUntil` of `made`, to be compared. */
  known_until: string | null;
  /** Null until the day is over. */
  came: ColumnType<Arrivals | null, string, string>;
}

interface ForecastModelTable {
  branch_id: string;
  learned_until: string;
  model: ColumnType<ForecastModel, string, string>;
}

interface StaffAccountTable {
  staff_id: string;
  name: string;
  grants: ColumnType<StaffAccount['grants'], string, string>;
  pin_hash: string | null;
  password_hash: string | null;
  link: ColumnType<NonNullable<StaffAccount['link']> | null, string | null, string | null>;
  disabled: boolean;
  demo: boolean;
}

interface AttemptTable {
  staff_id: string;
  failures: number;
  locked_until: Date;
}

interface StaffSessionTable {
  id: string;
  staff_id: string;
  role: StaffSession['role'];
  also: StaffSession['also'];
  branch_id: string | null;
  counter_id: string | null;
  opened_at: Date;
  used_at: Date;
  expires_at: Date;
  ended_at: Date | null;
  ended_by: string | null;
}

interface DeviceTable {
  id: string;
  branch_id: string;
  kind: Device['kind'];
  name: string;
  counter_id: string | null;
  paired_at: Date;
  paired_by: string;
  revoked_at: Date | null;
  revoked_by: string | null;
  seen_at: Date | null;
  state: ColumnType<Device['state'], string, string>;
}

interface PairingTable {
  id: string;
  key_digest: string;
  branch_id: string;
  kind: Pairing['kind'];
  code: string;
  until: Date;
  device_id: string | null;
}

/** A visit as the writing statement takes it: a JSON object with the column's names. */
export type VisitRow = Record<keyof VisitTable, unknown>;
