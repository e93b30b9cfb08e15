import { answersTo, type SurveyCell, type SurveyPlan } from './survey.ts';

/** Why a row of an agency's file cannot be taken. */
export type RowFault =
  | ('branch-unknown' | 'month-malformed' | 'month-outside' | 'question-unknown' | 'count-malformed' | 'nobody')
  | ('too-many-answers' | 'row-twice' | 'column-missing');
export interface FaultyRow {
  /** As a spreadsheet numbers them: the head is row 1. */
  readonly row: number;
  readonly column: string;
  readonly fault: RowFault;
}

export const MOST_CHOICES = 10;
const COUNTS = Array.from({ length: MOST_CHOICES }, (_, at) => `count_${at + 1}`);
const NEEDED = ['branch', 'month', 'question', ...COUNTS.slice(0, 5)];

/**
 * Reads what an agency counted, whole or not at all.
 * @param table the rows of the file, the head first; columns that are not known are passed over
 */
export function agencyCells(
  plan: SurveyPlan,
  table: readonly (readonly string[])[],
): { readonly cells: readonly SurveyCell[] } | { readonly faults: readonly FaultyRow[] } {
  const head = (table[0] ?? []).map((name) => name.trim().toLowerCase());
  const missing = NEEDED.filter((name) => !head.includes(name));
  if (missing.length > 0)
    return { faults: missing.map((column) => ({ row: 1, column, fault: 'column-missing' as const })) };
  const seen = new Set<string>();
  const faults: FaultyRow[] = [];
  const cells: SurveyCell[] = [];
  table.slice(1).forEach((values, at) => {
    const row = at + 2;
    if (values.every((value) => value.trim() === '')) return;
    const of = (column: string) => (values[head.indexOf(column)] ?? '').trim();
    const [branchId, month, question] = [of('branch'), of('month'), of('question')];
    const counts = COUNTS.map(of);
    while (counts.at(-1) === '') counts.pop();
    const key = JSON.stringify([branchId, month, question]);
    const found = faultOf(plan, { branchId, month, question, counts }, seen.has(key));
    if (found === undefined) cells.push({ branchId, month, question, counts: counts.map(Number) });
    else faults.push({ row, ...found });
    seen.add(key);
  });
  return faults.length > 0 ? { faults } : { cells };
}

interface Row {
  readonly branchId: string;
  readonly month: string;
  readonly question: string;
  readonly counts: readonly string[];
}

function faultOf(
  plan: SurveyPlan,
  { branchId, month, question, counts }: Row,
  twice: boolean,
): Omit<FaultyRow, 'row'> | undefined {
  if (!plan.branches.includes(branchId)) return { column: 'branch', fault: 'branch-unknown' };
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) return { column: 'month', fault: 'month-malformed' };
  if (month < plan.from.slice(0, 7) || month > plan.to.slice(0, 7)) return { column: 'month', fault: 'month-outside' };
  const answers = answersTo(plan, question);
  if (answers === 0) return { column: 'question', fault: 'question-unknown' };
  const bad = counts.findIndex((count) => !/^\d{1,7}$/.test(count));
  if (bad >= 0) return { column: `count_${bad + 1}`, fault: 'count-malformed' };
  const over = counts.findIndex((count, at) => at >= answers && Number(count) > 0);
  if (over >= 0) return { column: `count_${over + 1}`, fault: 'too-many-answers' };
  if (counts.every((count) => Number(count) === 0)) return { column: 'count_1', fault: 'nobody' };
  return twice ? { column: 'question', fault: 'row-twice' } : undefined;
}
