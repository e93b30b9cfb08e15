import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { PersonalData } from '../customer-ports.ts';
import type { AuditStore, EventStore, Identities, Records } from '../ports.ts';
import type { NoticeRecords } from '../notice-ports.ts';
import type { PrintRecords } from '../printing-ports.ts';
import type { RatingRecords } from '../rating-ports.ts';
import { sqlAccounts } from './account-records.ts';
import { sqlAudit } from './audit-store.ts';
import { liveBackups, type LiveBackups } from './backup/live-backups.ts';
import { sqlDevices } from './device-records.ts';
import { openEmbeddedDatabase } from './embedded-database.ts';
import { SqlEventStore, type Wrote } from './event-store.ts';
import { expectWholeLog } from './expect-whole-log.ts';
import { migrate, tableForms } from './migrations.ts';
import { sqlNotices } from './notice-records.ts';
import { sqlPersonalData } from './personal-data.ts';
import { openPostgresDatabase } from './postgres-database.ts';
import { sqlPrintRecords } from './print-records.ts';
import { sqlRatings } from './rating-records.ts';
import { sqlRecords } from './records.ts';
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
      papers: sqlPrintRecords(db),
      notices: sqlNotices(db),
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
