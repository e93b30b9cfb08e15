import { Kysely, PostgresDialect } from 'kysely';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { EventStore, Records } from '../ports.ts';
import { openEmbeddedDatabase } from './embedded-database.ts';
import { SqlEventStore } from './event-store.ts';
import { migrate } from './migrations.ts';
import { openPostgresDatabase } from './postgres-database.ts';
import { sqlRecords } from './records.ts';
import type { SqlDatabase } from './sql-database.ts';
import type { Tables } from './tables.ts';

interface StoreOptions {
  /** A PostgreSQL of one's own; without it, the embedded one in `folder`, and without that, in memory. */
  readonly databaseUrl?: string | undefined;
  readonly folder?: string | undefined;
  readonly log: Logger;
}

export interface OpenStore {
  readonly kind: SqlDatabase['kind'];
  /** Whether what is acknowledged outlives a power cut. */
  readonly durable: boolean;
  readonly store: EventStore;
  readonly records: Records;
  readonly pool: Pool;
  /** Rejects when the database does not answer. */
  check(): Promise<void>;
  /** Whoever else uses `pool` stops first. */
  close(): Promise<void>;
}

/** Opens the database and brings its tables up to date. Rejects with a sentence for the operator when it cannot. */
export async function openStore({ databaseUrl, folder, log }: StoreOptions): Promise<OpenStore> {
  const database = databaseUrl ? await openPostgresDatabase(databaseUrl, log) : await openEmbeddedDatabase(folder, log);
  const { pool, kind, durable } = database;
  try {
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
    await migrate(db);
    if (!durable && (databaseUrl || folder)) {
      log.warn({ kind }, 'a power cut may lose what was acknowledged: commits are not forced to the disk');
    }
    return {
      kind,
      durable,
      store: new SqlEventStore(database, db),
      records: sqlRecords(db),
      pool,
      check: async () => void (await pool.query('select 1')),
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
