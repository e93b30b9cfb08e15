import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BusinessDay } from '../../domain/ids.ts';
import { daysOf, monthBefore, type Month } from '../../domain/reviews/months.ts';
import type { PeriodReport } from '../../protocol/period-report.ts';
import { RATING_DIMENSIONS } from '../../protocol/rating-scale.ts';
import type { MonthFacts, PackFacts, RatingFacts } from '../../protocol/reviews.ts';
import { dayAfter } from '../business-day.ts';
import type { Rating } from '../rating-ports.ts';
import type { ReviewSources } from '../review-ports.ts';

/** Everything that is known of a month of one branch, from the rooms that know it. Rejects when one of them is away. */
export async function packFacts(
  sources: ReviewSources,
  { config, display }: Pick<LoadedBranch, 'config' | 'display'>,
  month: Month,
): Promise<Omit<PackFacts, 'actions'>> {
  const { branchId, name } = config;
  const [now, before] = await Promise.all([
    monthOf(sources, branchId, month),
    monthOf(sources, branchId, monthBefore(month)),
  ]);
  const { report } = now;
  const known = report.branches.find((branch) => branch.branchId === branchId);
  return {
    branchId,
    name,
    month,
    language: display.languages[0] ?? 'zh-CN',
    days: known?.days ?? 0,
    missing: report.missing.length,
    ...now.facts,
    segments: config.segments.flatMap(({ id, name: segment, targetMinutes }) => {
      const row = report.rows.find(({ key }) => key === id);
      if (row === undefined) return [];
      const { arrivals, served, abandoned, wait, withinTarget } = row.figures;
      return [{ id, name: segment, targetMinutes, figures: { arrivals, served, abandoned, wait, withinTarget } }];
    }),
    effects: report.effects,
    ...(before.report.branches.some(({ days }) => days > 0) && { before: before.facts }),
  };
}

async function monthOf(
  sources: ReviewSources,
  branchId: string,
  month: Month,
): Promise<{ readonly report: PeriodReport; readonly facts: MonthFacts }> {
  const { from, to } = daysOf(month);
  const period = { branches: [branchId], from, to };
  const [report, ratings, complaints, suggestions] = await Promise.all([
    sources.report({ ...period, by: 'segment' }),
    ratingsBetween(sources, branchId, from, to),
    sources.complaints(period),
    sources.suggestions(period),
  ]);
  return { report, facts: { figures: report.totals, ratings: ratingFacts(ratings), complaints, suggestions } };
}

async function ratingsBetween(sources: ReviewSources, branchId: string, from: BusinessDay, to: BusinessDay) {
  const ratings: Rating[] = [];
  for (let day = from; day <= to; day = dayAfter(day)) ratings.push(...(await sources.ratingsOf(branchId, day)));
  return ratings;
}

export function ratingFacts(ratings: readonly Rating[]): RatingFacts {
  const mean = (scores: readonly number[]) => scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const count = ratings.length;
  return {
    count,
    ...(count > 0 && { mean: mean(ratings.map(({ score }) => score)) }),
    scores: [1, 2, 3, 4, 5].map((wanted) => ratings.filter(({ score }) => score === wanted).length),
    dimensions: Object.fromEntries(
      RATING_DIMENSIONS.flatMap((dimension) => {
        const scores = ratings.flatMap(({ dimensions }) => dimensions[dimension] ?? []);
        return scores.length === 0 ? [] : [[dimension, { count: scores.length, mean: mean(scores) }]];
      }),
    ),
  };
}
