import type { Locale } from '../../domain/config.ts';
import { daysOf, monthBefore } from '../../domain/reviews/months.ts';
import { RATING_DIMENSIONS } from '../../protocol/rating-scale.ts';
import { monthRows, numbersIn } from '../../protocol/review-figures.ts';
import { REVIEW_WORDS } from '../../protocol/review-words.ts';
import type { PackFacts } from '../../protocol/reviews.ts';
import { writtenDay, writtenMonth } from '../../protocol/written-days.ts';
import { docxOf, type Block } from '../documents/paper.ts';
import { bars, figuresTable, heading, keyValues, paragraph, title } from '../documents/parts.ts';
import { actionsTable, causesChart, type Ink } from './document-figures.ts';

/** The pack of a month as a document. @returns the bytes of a .docx file */
export function packDocument(facts: PackFacts, ink: Ink): Promise<Buffer> {
  const { language, today } = ink;
  const words = REVIEW_WORDS[language];
  const month = writtenMonth(language, facts.month);
  const branch = facts.name[language];
  const days = [numbersIn(language).count(facts.days), ...(facts.missing > 0 ? [words.missing(facts.missing)] : [])];
  const { from, to } = daysOf(facts.month);
  return docxOf({
    language,
    title: `${words.pack} ${month} ${branch}`,
    head: { left: branch, right: `${words.pack} ${month}` },
    body: [
      title(words.pack),
      paragraph(month, { quiet: true, after: 200 }),
      keyValues([
        [words.facts.branch, branch],
        [words.facts.period, `${writtenDay(language, from)} – ${writtenDay(language, to)}`],
        [words.facts.madeOn, writtenDay(language, today)],
        [words.facts.days, days.join(language === 'en' ? '; ' : '；')],
      ]),
      heading(words.parts.short),
      shortTable(facts, language),
      heading(words.parts.actions),
      facts.actions.length === 0 ? paragraph(words.none.actions) : actionsTable(ink, facts.actions),
      heading(words.parts.waits),
      ...waits(facts, language),
      heading(words.parts.ratings),
      ...ratings(facts, language),
      heading(words.parts.complaints),
      ...complaints(facts, language),
      heading(words.parts.suggestions),
      counts(words.suggestions, facts.suggestions, language),
      heading(words.parts.windows),
      counts(words.windows, facts.effects, language),
    ],
  });
}

function shortTable(facts: PackFacts, language: Locale): Block {
  const { columns } = REVIEW_WORDS[language];
  return figuresTable(
    [
      { head: columns.figure, share: 0.43 },
      { head: writtenMonth(language, facts.month), share: 0.19, number: true },
      { head: writtenMonth(language, monthBefore(facts.month)), share: 0.19, number: true },
      { head: columns.change, share: 0.19, number: true },
    ],
    monthRows(facts, language).map(({ name, now, before, change }) => [name, now, before, change]),
  );
}

function waits({ segments }: PackFacts, language: Locale): Block[] {
  const { columns, figures, none } = REVIEW_WORDS[language];
  const { count, share, minutes } = numbersIn(language);
  if (segments.length === 0) return [paragraph(none.segments)];
  return [
    bars(
      segments.map(({ name, figures: { withinTarget: value } }) => ({
        label: name[language],
        value,
        text: share(value),
      })),
      1,
    ),
    paragraph(figures.withinTarget, { quiet: true, before: 60, after: 160 }),
    figuresTable(
      [
        { head: columns.segment, share: 0.26 },
        { head: columns.target, share: 0.16, number: true },
        { head: figures.visits, share: 0.14, number: true },
        { head: figures.p90Wait, share: 0.22, number: true },
        { head: figures.abandoned, share: 0.22, number: true },
      ],
      segments.map(({ name, targetMinutes, figures: { arrivals, wait, abandoned } }) => [
        name[language],
        minutes(targetMinutes),
        count(arrivals),
        minutes(wait.p90),
        count(abandoned),
      ]),
    ),
  ];
}

function ratings({ ratings: { count: all, scores, dimensions } }: PackFacts, language: Locale): Block[] {
  const { columns, dimensions: names, parts, none } = REVIEW_WORDS[language];
  const { count, one } = numbersIn(language);
  if (all === 0) return [paragraph(none.ratings)];
  const rated = RATING_DIMENSIONS.flatMap((dimension) => {
    const known = dimensions[dimension];
    return known === undefined ? [] : [[names[dimension], one(known.mean), count(known.count)]];
  });
  return [
    bars(
      scores.map((value, place) => ({ label: `${columns.score} ${place + 1}`, value, text: count(value) })).reverse(),
      Math.max(...scores),
    ),
    heading(parts.dimensions, 2),
    rated.length === 0
      ? paragraph(none.dimensions)
      : figuresTable(
          [
            { head: columns.dimension, share: 0.5 },
            { head: columns.mean, share: 0.25, number: true },
            { head: columns.count, share: 0.25, number: true },
          ],
          rated,
        ),
  ];
}

function complaints(
  { complaints: { rootCauses, ...numbers } }: Pick<PackFacts, 'complaints'>,
  language: Locale,
): Block[] {
  const { complaints: names, parts, none } = REVIEW_WORDS[language];
  return [
    counts(names, numbers, language),
    heading(parts.causes, 2),
    rootCauses.length === 0 ? paragraph(none.causes) : causesChart(language, rootCauses),
  ];
}

function counts<K extends string>(
  names: Readonly<Record<K, string>>,
  values: Readonly<Record<K, number>>,
  language: Locale,
): Block {
  const { count } = numbersIn(language);
  const keys = Object.keys(names) as K[];
  return figuresTable(
    keys.map((key) => ({ head: names[key], share: 1 / keys.length })),
    [keys.map((key) => count(values[key]))],
  );
}
