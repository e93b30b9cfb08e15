import type { AuditHead, AuditRow, AuditStore } from '../ports.ts';

const NO_HEAD: AuditHead = { seq: 0, hash: '', progress: { versions: {} } };

/** Chains in this process's memory, for tests: gone when the process is. */
export function memoryAudit(): AuditStore {
  const chains = new Map<string, { rows: AuditRow[]; head: AuditHead }>();
  const rowsOf = (chain: string) => chains.get(chain)?.rows ?? [];
  const headOf = (chain: string) => chains.get(chain)?.head ?? NO_HEAD;
  return {
    chains: () => Promise.resolve([...chains.keys()].sort()),
    head: (chain) => Promise.resolve(headOf(chain)),
    append(chain, from, rows, progress) {
      const head = headOf(chain);
      const same = JSON.stringify(head.progress) === JSON.stringify(from.progress);
      if (head.seq !== from.seq || head.hash !== from.hash || !same) return Promise.resolve(false);
      const { seq, hash } = rows.at(-1) ?? head;
      chains.set(chain, { rows: [...rowsOf(chain), ...rows], head: { seq, hash, progress } });
      return Promise.resolve(true);
    },
    rows: (chain, afterSeq, limit) => Promise.resolve(rowsOf(chain).slice(afterSeq, afterSeq + limit)),
    search: (chain, { limit }) => Promise.resolve(rowsOf(chain).toReversed().slice(0, limit)),
  };
}
