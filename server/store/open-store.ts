import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { PersonalData } from '../customer-ports.ts';
import type { AuditStore, EventStore, Identities, Records } from '../ports.ts';
import type { CodeRecords, InboxRecords } from '../inbox-ports.ts';
import type { SurveyRecords } from '../survey-ports.ts';
import type { MailRecords } from '../mail-ports.ts';
import type { NoticeRecords } from '../notice-ports.ts';
import type { PrintRecords } from '../printing-ports.ts';
import type { RatingRecords } from '../rating-ports.ts';
import type { ReviewRecords } from '../review-ports.ts';
import type { DayFactsStore } from '../report-ports.ts';
import type { SubscriptionRecords } from '../subscription-ports.ts';
import type { CaseRecords } from '../case-ports.ts';
import { sqlAccounts } from './account-records.ts';
import { sqlAudit } from './audit-store.ts';
import { liveBackups, type LiveBackups } from './backup/live-backups.ts';
import { sqlCases } from './case-records.ts';
import { sqlDevices } from './device-records.ts';
import { sqlDayFacts } from './day-facts-records.ts';
import { openEmbeddedDatabase } from './embedded-database.ts';
import { SqlEventStore, type Wrote } from './event-store.ts';
import { expectWholeLog } from './expect-whole-log.ts';
import { sqlCodes, sqlInbox } from './inbox-records.ts';
import { sqlMails } from './mail-records.ts';
import { migrate, tableForms } from './migrations.ts';
import { sqlNotices } from './notice-records.ts';
import { sqlPersonalData } from './personal-data.ts';
import { openPostgresDatabase } from './postgres-database.ts';
import { sqlPrintRecords } from './print-records.ts';
import { sqlRatings } from './rating-records.ts';
import { sqlRecords } from './records.ts';
import { sqlReviews } from './review-records.ts';
import { sqlSubscriptions } from './subscription-records.ts';
import { sqlSurveys } from './survey-records.ts';
import type { SqlDatabase } from './sql-database.ts';
import type { Tables } from './tables.ts';

interface StoreOptions {
  /** A PostgreSQL of one's own; without it, the embedded one in `folder`, and without that, in memory. */
  readonly databaseUrl?: string | undefined;
  readonly folder?: string | undefined;
  readonly log: Logger;
  /** Of this program, for its backups. */
  readonly version?: string;
  readonly wrote?: Wrote;
}

export interface OpenStore {
  readonly kind: SqlDatabase['kind'];
  /** Whether what is acknowledged outlives a power cut. */
  readonly durable: boolean;
  readonly store: EventStore;
  readonly records: Records;
  readonly identities: Identities;
  readonly audit: AuditStore;
  readonly personalData: PersonalData;
  readonly papers: PrintRecords;
  readonly notices: NoticeRecords;
  readonly ratings: RatingRecords;
  readonly cases: CaseRecords;
  readonly reviews: ReviewRecords;
  readonly dayFacts: DayFactsStore;
  readonly mails: MailRecords;
  readonly subscriptions: SubscriptionRecords;
  readonly inbox: InboxRecords;
  readonly codes: CodeRecords;
  readonly surveys: SurveyRecords;
  readonly pool: Pool;
  /** Of an embedded database in a folder. */
  readonly backups?: LiveBackups;
  /** Rejects when the database does not answer. */
  check(): Promise<void>;
  /** Whoever else uses `pool` stops first. */
  close(): Promise<void>;
}

/** Opens the database and brings its tables up to date. Rejects with a sentence for the operator when it cannot. */
export async function openStore({ databaseUrl, folder, log, version = '', wrote }: StoreOptions): Promise<OpenStore> {
  const database = databaseUrl ? await openPostgresDatabase(databaseUrl, log) : await openEmbeddedDatabase(folder, log);
  const { pool, kind, durable, copyTo } = database;
  try {
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
    await migrate(db);
    if (folder !== undefined && kind === 'embedded') await expectWholeLog(pool, folder);
    if (!durable && (databaseUrl || folder)) {
      log.warn({ kind }, 'a power cut may lose what was acknowledged: commits are not forced to the disk');
    }
    const program = { version, tables: tableForms };
    const backups = folder && copyTo ? await liveBackups({ folder, copyTo, program, log }) : undefined;
    return {
      kind,
      durable,
      store: new SqlEventStore(database, wrote),
      records: sqlRecords(db),
      identities: { ...sqlAccounts(db), ...sqlDevices(db) },
      audit: sqlAudit(db),
      personalData: sqlPersonalData(db),
      ratings: sqlRatings(db),
      cases: sqlCases(db),
      reviews: sqlReviews(db),
      dayFacts: sqlDayFacts(db),
      papers: sqlPrintRecords(db),
      notices: sqlNotices(db),
      mails: sqlMails(db),
      subscriptions: sqlSubscriptions(db),
      inbox: sqlInbox(db),
      codes: sqlCodes(db),
      surveys: sqlSurveys(db),
      pool,
      check: async () => void (await database.turns.query('select 1')),
      ...(backups && { backups }),
      async close() {
        await backups?.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
