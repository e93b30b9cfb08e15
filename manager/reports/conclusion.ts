import type { PeriodReport } from '../../protocol/period-report.ts';
import { grouped, changeOf, FIGURES, figureOf } from './figures.ts';
import { heatTable } from './heat.ts';
import type { ReportWords } from './report-words.ts';

/** Fewer customers than this are no best and no worst. */
const ENOUGH = 30;

/** What a report says, in a plain paragraph: to be read out, or pasted into a mail. */
export function conclusionOf(report: PeriodReport, words: ReportWords): string {
  const { t } = words;
  const { totals, query } = report;
  const say = (key: string, named: Record<string, unknown> = {}) => t(`reports.conclusion.${key}`, named);
  const sentences = [
    say('customers', {
      period: words.period(query),
      where: [words.where(report), ...words.filters(query)].join(t('reports.aside')),
      n: grouped(totals.arrivals),
    }),
  ];
  if (totals.wait.count > 0)
    sentences.push(
      say('within', { share: figureOf('within', totals) }) + comparison(report, words),
      say('waits', {
        mean: figureOf('mean', totals),
        p50: figureOf('p50', totals),
        p90: figureOf('p90', totals),
        longest: figureOf('longest', totals),
      }),
    );
  if (totals.service.count > 0) sentences.push(say('service', { mean: figureOf('service', totals) }));
  sentences.push(
    say('lost', { abandoned: figureOf('abandoned', totals), noShows: figureOf('noShows', totals) }),
    ...extremes(report, words),
    ...busiest(report, words),
  );
  if (totals.rating.count > 0)
    sentences.push(say('rating', { mark: figureOf('rating', totals), n: grouped(totals.rating.count) }));
  return words.sentences([...sentences, countedWords(report, words)]);
}

/** Until when there are figures, and what is not in them. */
export function countedWords(
  { cutOff, excluded, missing }: PeriodReport,
  { t, moment, sentences }: ReportWords,
): string {
  return sentences([
    ...(cutOff === undefined ? [] : [t('reports.counted.until', { moment: moment(cutOff) })]),
    ...(excluded === 0 ? [] : [t('reports.counted.excluded', { n: grouped(excluded) })]),
    ...(missing.length === 0 ? [] : [t('reports.counted.missing', { n: grouped(missing.length) })]),
  ]);
}

function comparison(report: PeriodReport, { t }: ReportWords): string {
  const change = changeOf('within', report);
  if (change === undefined) return t('reports.conclusion.end');
  return t(`reports.conclusion.${change.way}`, { by: change.by });
}

/** Of rows with enough customers, where there are at least two: who did best, and who worst. */
function extremes({ rows, query }: PeriodReport, { t, row, by }: ReportWords): string[] {
  const judged = rows
    .filter(({ figures }) => figures.wait.count >= ENOUGH)
    .map(({ key, figures }) => ({ key, share: FIGURES.within.of(figures) ?? 0, figures }))
    .sort((one, other) => other.share - one.share);
  const [best, worst] = [judged[0], judged.at(-1)];
  if (best === undefined || worst === undefined || best.share === worst.share) return [];
  return [
    t('reports.conclusion.extremes', {
      by: by(query.by),
      best: row(query.by, best.key),
      bestShare: figureOf('within', best.figures),
      worst: row(query.by, worst.key),
      worstShare: figureOf('within', worst.figures),
    }),
  ];
}

function busiest({ heat }: PeriodReport, { t, halfHour }: ReportWords): string[] {
  const most = heatTable(heat).busiest;
  if (most === undefined) return [];
  const when = halfHour(most.weekday, most.slot);
  return [t('reports.conclusion.busiest', { when, n: most.perDay.toFixed(1) })];
}
