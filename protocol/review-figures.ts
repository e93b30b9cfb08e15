import type { Locale } from '../domain/config.ts';
import { REVIEW_WORDS } from './review-words.ts';
import type { MonthFacts, PackFacts } from './reviews.ts';

/** How the figures of a review are written, the same on the screen and in its documents. */

const DASH = '–';

export function numbersIn(language: Locale) {
  const words = REVIEW_WORDS[language];
  const format = (most: number) => new Intl.NumberFormat(language, { maximumFractionDigits: most });
  const [whole, one] = [format(0), format(1)];
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const signed = (value: number, show: (size: number) => string) => {
    const size = show(Math.abs(value));
    return size === show(0) ? '±0' : `${value > 0 ? '+' : '−'}${size}`;
  };
  return {
    count: (value: number) => whole.format(value),
    one: (value: number) => one.format(value),
    share: (value: number) => percent.format(value),
    minutes: (value: number) => words.minutes(one.format(value)),
    /** Beside a figure that may be missing. */
    or: (value: number | undefined, show: (value: number) => string) => (value === undefined ? DASH : show(value)),
    change: (now: number | undefined, before: number | undefined, show: (size: number) => string) =>
      now === undefined || before === undefined ? DASH : signed(now - before, show),
    points: (value: number) => words.points(one.format(value * 100)),
  };
}

/** The month against the month before; what is not known is a dash. */
export function monthRows(facts: Pick<PackFacts, keyof MonthFacts | 'before'>, language: Locale) {
  const { figures } = REVIEW_WORDS[language];
  const { count, one, share, minutes, points, or, change } = numbersIn(language);
  const row = (
    name: string,
    of: (month: MonthFacts) => number | undefined,
    show: (value: number) => string,
    apart = show,
  ) => {
    const [now, before] = [of(facts), facts.before && of(facts.before)];
    return { name, now: or(now, show), before: or(before, show), change: change(now, before, apart) };
  };
  const called = ({ figures: { wait } }: MonthFacts, value: number) => (wait.count === 0 ? undefined : value);
  return [
    row(figures.visits, (month) => month.figures.arrivals, count),
    row(figures.served, (month) => month.figures.served, count),
    row(figures.abandoned, (month) => month.figures.abandoned, count),
    row(figures.noShows, (month) => month.figures.noShows, count),
    row(figures.withinTarget, (month) => called(month, month.figures.withinTarget), share, points),
    row(figures.meanWait, (month) => called(month, month.figures.wait.mean), minutes),
    row(figures.p90Wait, (month) => called(month, month.figures.wait.p90), minutes),
    row(figures.maxWait, (month) => called(month, month.figures.wait.max), minutes),
    row(figures.rating, (month) => month.ratings.mean, one),
    row(figures.rated, (month) => month.ratings.count, count),
    row(figures.complaints, (month) => month.complaints.received, count),
    row(figures.suggestions, (month) => month.suggestions.received, count),
  ];
}
