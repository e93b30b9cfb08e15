import type { AuditCheck, AuditNames, AuditRow } from '../../protocol/audit.ts';
import { askAt } from '../insight/reports.ts';
import { saveFile } from '../save-file.ts';
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
export function exportRows({ branchId, token }: AuditDoor, wish: AuditWish): Promise<void> {
  const { before: _page, ...whole } = wish;
  const address = `${addressOf(branchId, wish)}.csv?${new URLSearchParams(searchOf(whole))}`;
  return saveFile(token, address, `audit-${wish.network ? 'network' : branchId}.csv`);
}

function addressOf(branchId: string, { network }: AuditWish): string {
  return network ? '/api/audit' : `/api/branches/${encodeURIComponent(branchId)}/audit`;
}
