import { bigEnough, figuresOf, hiddenGroups, SMALLEST_GROUP, together, trendOf } from '../../domain/surveys/results.ts';
import { answersTo, SCALE, type SurveyCell, type SurveyPlan } from '../../domain/surveys/survey.ts';
import type { ChoiceResult, ScaleResult, ShownFigures } from '../../protocol/surveys.ts';
import { CSV_MARK, csvRow } from '../csv.ts';

/** What a survey's answers say, from the counts of single ones. */
export function resultsOf(
  plan: SurveyPlan,
  cells: readonly SurveyCell[],
  ratings: readonly SurveyCell[],
): { readonly scales: readonly ScaleResult[]; readonly choices: readonly ChoiceResult[] } {
  const { scales, choices } = questionsOf(plan);
  const of = (question: string, from = cells) => from.filter((cell) => cell.question === question);
  return {
    scales: scales.map((question) => {
      const own = of(question);
      const months = grouped(own, ({ month }) => month).sort(([a], [b]) => (a < b ? -1 : 1));
      const [before, last] = months.slice(-2).map(([, group]) => together(group));
      const enough = before && last && bigEnough([{ counts: before }, { counts: last }]).length === 2;
      const beside = of(question, ratings);
      return {
        question,
        all: shown(own),
        byBranch: apart(grouped(own, ({ branchId }) => branchId)).map(([branchId, figures]) => ({ branchId, figures })),
        byMonth: apart(months).map(([month, figures]) => ({ month, figures })),
        ...(enough && { trend: trendOf(before, last) }),
        ...(beside.length > 0 && { ratings: shown(beside) }),
      };
    }),
    choices: choices.map((question) => {
      const counts = together(of(question));
      const count = sum(counts);
      const all = Array.from({ length: answersTo(plan, question) }, (_, at) => counts[at] ?? 0);
      return { question, count, ...(count >= SMALLEST_GROUP && { counts: all }) };
    }),
  };
}

function questionsOf({ dimensions, own }: SurveyPlan) {
  const ofKind = (kind: string) => own.filter((question) => question.kind === kind).map(({ id }) => id);
  return { scales: [...dimensions, ...ofKind('scale')], choices: ofKind('choice') };
}

function shown(cells: readonly SurveyCell[]): ShownFigures {
  const figures = figuresOf(together(cells));
  if (figures === undefined || figures.count < SMALLEST_GROUP) return { count: figures?.count ?? 0, few: true };
  return { ...figures, few: false };
}

/** The groups of one whole, without those that could be told who they are. */
function apart(groups: readonly [string, readonly SurveyCell[]][]): [string, ShownFigures][] {
  const hidden = hiddenGroups(groups.map(([, cells]) => sum(together(cells))));
  return groups.map(([name, cells], at) => {
    const figures = shown(cells);
    return [name, hidden.has(at) ? { count: figures.count, few: true } : figures];
  });
}

function grouped(cells: readonly SurveyCell[], by: (cell: SurveyCell) => string): [string, SurveyCell[]][] {
  const groups = new Map<string, SurveyCell[]>();
  for (const cell of cells) groups.set(by(cell), [...(groups.get(by(cell)) ?? []), cell]);
  return [...groups];
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, each) => all + each, 0);
}

const MOST = 10;
const HEAD = [
  ...['branch', 'month', 'question', 'kind', 'answers', 'mean', 'share_4_and_5'],
  ...Array.from({ length: MOST }, (_, at) => `count_${at + 1}`),
];

/**
 * For an agency: how often each answer was given, in the form in which an agency's own results are taken. Only the finest groups,
 * so that no small one can be worked out as a difference.
 */
export function exportOf(plan: SurveyPlan, cells: readonly SurveyCell[]): string {
  const rows = bigEnough(merged(cells)).map(({ branchId, month, question, counts }) => {
    const isScale = answersTo(plan, question) === SCALE && !questionsOf(plan).choices.includes(question);
    const figures = isScale ? figuresOf(counts) : undefined;
    const cellsOf = Array.from({ length: MOST }, (_, at) =>
      at < answersTo(plan, question) ? String(counts[at] ?? 0) : '',
    );
    return [
      ...[branchId, month, question, isScale ? 'scale' : 'choice', String(sum(counts))],
      ...(figures ? [figures.mean.toFixed(3), figures.satisfied.toFixed(3)] : ['', '']),
      ...cellsOf,
    ];
  });
  return `${CSV_MARK}${[HEAD, ...rows].map((row) => csvRow(row)).join('')}`;
}

/** One cell of each branch, month and question, wherever its answers came from. */
function merged(cells: readonly SurveyCell[]): readonly SurveyCell[] {
  return grouped(cells, ({ branchId, month, question }) => JSON.stringify([branchId, month, question])).flatMap(
    ([, [first, ...more]]) => (first ? [{ ...first, counts: together([first, ...more]) }] : []),
  );
}
