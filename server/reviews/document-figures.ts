import type { Locale, Text } from '../../domain/config.ts';
import type { BusinessDay, StaffId } from '../../domain/ids.ts';
import type { ReviewAction } from '../../protocol/reviews.ts';
import { numbersIn } from '../../protocol/review-figures.ts';
import { REVIEW_WORDS } from '../../protocol/review-words.ts';
import { bars, figuresTable, type Figure } from '../documents/parts.ts';

/** How figures stand in the documents of reviews, in one language. */
export interface Ink {
  readonly language: Locale;
  /** Of the staff, by their number; who is not in it is named by the number. */
  readonly names: Readonly<Record<StaffId, string>>;
  /** For what is late. */
  readonly today: BusinessDay;
}

/** Most often first. */
export function causesChart(
  language: Locale,
  causes: readonly { readonly name: Text; readonly count: number }[],
): ReturnType<typeof bars> {
  const sorted = [...causes].sort((a, b) => b.count - a.count);
  const { count } = numbersIn(language);
  return bars(
    sorted.map(({ name, count: value }) => ({ label: name[language], value, text: count(value) })),
    sorted[0]?.count ?? 0,
  );
}

export function actionsTable(
  { language, names, today }: Ink,
  actions: readonly (ReviewAction & { readonly branch?: string })[],
) {
  const { columns, states, late } = REVIEW_WORDS[language];
  const ofBranches = actions.some(({ branch }) => branch !== undefined);
  const state = ({ state: is, due }: ReviewAction): Figure => {
    const isLate = is !== 'done' && due < today;
    return isLate ? { text: `${states[is]} (${late})`, late: true } : states[is];
  };
  return figuresTable(
    [
      ...(ofBranches ? [{ head: columns.branch, share: 0.18 }] : []),
      { head: columns.what, share: ofBranches ? 0.34 : 0.48 },
      { head: columns.owner, share: 0.16 },
      { head: columns.due, share: ofBranches ? 0.14 : 0.16 },
      { head: columns.state, share: ofBranches ? 0.18 : 0.2 },
    ],
    actions.map((action) => [
      ...(ofBranches ? [action.branch ?? ''] : []),
      action.what,
      names[action.owner] ?? action.owner,
      action.due,
      state(action),
    ]),
  );
}
