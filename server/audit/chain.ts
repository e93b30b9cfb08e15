import { createHash } from 'node:crypto';
import type { AuditVerdict } from '../../protocol/audit.ts';
import type { AuditAct, AuditHead, AuditRow, AuditStore } from '../ports.ts';

/** What the first row of a chain stands on. */
const NOTHING_BEFORE = '';
/** About 5 ms of work: a hall that is open is not to notice that somebody checks. */
const AT_ONCE = 250;

/** The next rows of a chain that ends at `from`. */
export function linked(chain: string, from: Pick<AuditHead, 'seq' | 'hash'>, acts: readonly AuditAct[]): AuditRow[] {
  let { seq, hash } = from;
  return acts.map((given) => {
    // As it will be read again: what has no value is not there.
    const act = JSON.parse(JSON.stringify(given)) as AuditAct;
    const previous = hash;
    seq += 1;
    hash = hashOf(chain, { seq, act, previous });
    return { seq, act, previous, hash };
  });
}

export function hashOf(chain: string, { seq, act, previous }: Omit<AuditRow, 'hash'>): string {
  return createHash('sha256').update(canonical({ chain, seq, previous, act })).digest('hex');
}

/** JSON with its keys in order: the database does not keep the order in which they came. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

/** Walks a chain from its first row to its end. */
export async function verifyChain(store: AuditStore, chain: string): Promise<AuditVerdict> {
  // First: what is added meanwhile comes after it.
  const head = await store.head(chain);
  let seq = 0;
  let hash = NOTHING_BEFORE;
  while (seq < head.seq) {
    const rows = await store.rows(chain, seq, Math.min(AT_ONCE, head.seq - seq));
    if (rows.length === 0)
      return { ok: false, seq: seq + 1, why: `missing: the chain should go on to row ${head.seq}` };
    for (const row of rows) {
      const next = seq + 1;
      if (row.seq !== next) return { ok: false, seq: next, why: 'missing' };
      if (row.previous !== hash) return { ok: false, seq: next, why: 'does not stand on the row before it' };
      if (hashOf(chain, row) !== row.hash) return { ok: false, seq: next, why: 'changed after it was written' };
      seq = next;
      hash = row.hash;
    }
  }
  const [beyond] = await store.rows(chain, seq, 1);
  const grown = (await store.head(chain)).seq > head.seq;
  if (hash !== head.hash || (beyond !== undefined && !grown))
    return { ok: false, seq: seq + 1, why: 'the end of the chain was changed' };
  return { ok: true, rows: seq, hash };
}
