import { daysOf, monthsOf } from '../../domain/reviews/months.ts';
import { complaintRate } from '../../domain/reviews/ranking.ts';
import { numbersIn } from '../../protocol/review-figures.ts';
import { REVIEW_WORDS } from '../../protocol/review-words.ts';
import type { QuarterReport } from '../../protocol/reviews.ts';
import { writtenDay, writtenMonth } from '../../protocol/written-days.ts';
import { docxOf, type Block } from '../documents/paper.ts';
import { bars, figuresTable, heading, keyValues, paragraph, title } from '../documents/parts.ts';
import { actionsTable, causesChart, type Ink } from './document-figures.ts';

/** The quarter of all branches as a document. @returns the bytes of a .docx file */
export function quarterDocument(report: QuarterReport, ink: Ink): Promise<Buffer> {
  const { language, today } = ink;
  const words = REVIEW_WORDS[language];
  const { count, one, share, minutes, or } = numbersIn(language);
  const { quarter, branches, totals, complaints, months, actions } = report;
  const name = words.quarterName(quarter.slice(0, 4), quarter.slice(6));
  const [first, , last] = monthsOf(quarter);
  const ranked = branches.filter(({ place }) => place !== undefined);
  const nameOf = new Map(branches.map((branch) => [branch.branchId, branch.name[language]]));
  const called = (has: number, value: number, show: (value: number) => string) => (has === 0 ? '–' : show(value));
  return docxOf({
    language,
    title: `${words.quarter} ${name}`,
    head: { left: words.quarter, right: name },
    body: [
      title(words.quarter),
      paragraph(name, { quiet: true, after: 200 }),
      keyValues([
        [words.facts.period, `${writtenDay(language, daysOf(first).from)} – ${writtenDay(language, daysOf(last).to)}`],
        [words.facts.branches, count(branches.length)],
        [words.facts.madeOn, writtenDay(language, today)],
        [words.figures.visits, count(totals.arrivals)],
        [words.figures.withinTarget, called(totals.wait.count, totals.withinTarget, share)],
        [words.figures.p90Wait, called(totals.wait.count, totals.wait.p90, minutes)],
        [words.figures.complaintRate, or(complaintRate(complaints.received, totals.arrivals), one)],
      ]),
      heading(words.parts.ranking),
      ...(ranked.length === 0 ? [] : [withinBars()]),
      paragraph('', { after: 60 }),
      rankingTable(),
      heading(words.parts.trend),
      trendTable(),
      heading(words.parts.causes),
      complaints.rootCauses.length === 0 ? paragraph(words.none.causes) : causesChart(language, complaints.rootCauses),
      heading(words.parts.escalated),
      actions.length === 0
        ? paragraph(words.none.escalated)
        : actionsTable(
            ink,
            actions.map((action) => ({ ...action, branch: nameOf.get(action.branchId) ?? action.branchId })),
          ),
    ],
  });

  function withinBars(): Block {
    return bars(
      ranked.map(({ name: branch, withinTarget: value }) => ({ label: branch[language], value, text: share(value) })),
      1,
    );
  }

  function rankingTable(): Block {
    const { columns, figures } = words;
    return figuresTable(
      [
        { head: columns.place, share: 0.09, number: true },
        { head: columns.branch, share: 0.21 },
        { head: figures.visits, share: 0.12, number: true },
        { head: figures.p90Wait, share: 0.17, number: true },
        { head: figures.rating, share: 0.14, number: true },
        { head: figures.complaintRate, share: 0.15, number: true },
        { head: columns.late, share: 0.12, number: true },
      ],
      branches.map(({ place, name: branch, arrivals, called: has, p90Wait, ratings, complaintRate: rate, late }) => [
        or(place, count),
        branch[language],
        count(arrivals),
        called(has, p90Wait, minutes),
        called(ratings.count, ratings.mean, one),
        or(rate, one),
        late > 0 ? ({ text: count(late), late: true } as const) : count(late),
      ]),
    );
  }

  function trendTable(): Block {
    const { columns, figures } = words;
    return figuresTable(
      [
        { head: columns.month, share: 0.2 },
        { head: figures.visits, share: 0.14, number: true },
        { head: figures.withinTarget, share: 0.18, number: true },
        { head: figures.p90Wait, share: 0.18, number: true },
        { head: figures.rating, share: 0.16, number: true },
        { head: figures.complaints, share: 0.14, number: true },
      ],
      months.map(({ month, arrivals, called: has, withinTarget, p90Wait, rating, complaints: received }) => [
        writtenMonth(language, month),
        count(arrivals),
        called(has, withinTarget, share),
        called(has, p90Wait, minutes),
        called(rating.count, rating.mean, one),
        count(received),
      ]),
    );
  }
}
