import pg from 'pg';

/** A PostgreSQL to keep things in, wherever it runs. */
export interface SqlDatabase {
  readonly kind: 'embedded' | 'postgres';
  /** Whether a commit is on the disk when it is acknowledged. */
  readonly durable: boolean;
  readonly pool: pg.Pool;
  /** For the log alone, whose statements are short: what has no answer soon is given up. */
  readonly turns: pg.Pool;
  /** Runs `turn` while no other that named the same key is running, in any process that uses this database. */
  exclusively<T>(key: string, turn: () => Promise<T>): Promise<T>;
  /** Copies the files as they are at one moment; only where they are this process's own. */
  readonly copyTo?: (folder: string) => Promise<void>;
  close(): Promise<void>;
}

const int8 = 20;
const date = 1082;

/** How columns arrive: int8 as a number (ours stay far below 2^53), a date as `2026-11-24` (a Date would shift it by the time zone). */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary'): unknown => {
    if (oid === int8) return Number;
    if (oid === date) return String;
    return pg.types.getTypeParser(oid, format);
  }) as pg.CustomTypesConfig['getTypeParser'],
};
