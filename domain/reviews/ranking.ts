import type { BranchId } from '../ids.ts';

/** Rule J9: complaints are counted against visits, so that a big branch is not a bad one. */
export const COMPLAINTS_PER = 10_000;

/** @returns undefined when nobody came */
export function complaintRate(received: number, visits: number): number | undefined {
  return visits === 0 ? undefined : (received * COMPLAINTS_PER) / visits;
}

export interface Ranked {
  readonly branchId: BranchId;
  /** Those who were called; nobody: the branch has no place. */
  readonly called: number;
  /** 0 to 1. */
  readonly withinTarget: number;
}

/**
 * Rule J9: best first; the same share is the same place, and the next one is counted on from all before it. Who called nobody stands at
 * the end, without a place.
 */
export function ranking<R extends Ranked>(rows: readonly R[]): readonly (R & { readonly place?: number })[] {
  const has = rows.filter(({ called }) => called > 0).sort((a, b) => b.withinTarget - a.withinTarget);
  const placed = has.map((row) => ({
    ...row,
    place: has.findIndex(({ withinTarget }) => withinTarget === row.withinTarget) + 1,
  }));
  return [...placed, ...rows.filter(({ called }) => called === 0)];
}
