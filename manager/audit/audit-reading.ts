import type { AuditCheck, AuditNames, AuditRow } from '../../protocol/audit.ts';
import { askAt } from '../insight/reports.ts';
import { searchOf, type AuditWish } from './wish.ts';

export interface AuditDoor {
  readonly branchId: string;
  readonly token: string;
}

/** Rows on one page. */
export const PAGE = 50;

export interface AuditPageOfRows {
  /** Newest first. */
  readonly rows: readonly AuditRow[];
  readonly more: boolean;
}

/** All of these reject when the server does not answer, or says no. */
export async function readRows({ branchId, token }: AuditDoor, wish: AuditWish): Promise<AuditPageOfRows> {
  const query = new URLSearchParams({ ...searchOf(wish), limit: String(PAGE + 1) });
  const { rows } = await askAt<{ rows: readonly AuditRow[] }>(token, `${addressOf(branchId, wish)}?${query}`);
  return { rows: rows.slice(0, PAGE), more: rows.length > PAGE };
}

export function readNames({ branchId, token }: AuditDoor, wish: AuditWish): Promise<AuditNames> {
  return askAt(token, `${addressOf(branchId, wish)}/names`);
}

export function checkChain({ branchId, token }: AuditDoor, wish: AuditWish): Promise<AuditCheck> {
  return askAt(token, `${addressOf(branchId, wish)}/verification`);
}

/** Everything that fits, not only this page. */
export async function exportRows({ branchId, token }: AuditDoor, wish: AuditWish): Promise<void> {
  const { before: _page, ...whole } = wish;
  const address = `${addressOf(branchId, wish)}.csv?${new URLSearchParams(searchOf(whole))}`;
  const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`the export answered ${response.status}`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = `audit-${wish.network ? 'network' : branchId}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function addressOf(branchId: string, { network }: AuditWish): string {
  return network ? '/api/audit' : `/api/branches/${encodeURIComponent(branchId)}/audit`;
}
