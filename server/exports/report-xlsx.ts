import { Temporal } from 'temporal-polyfill';
import type { CellObject, Row } from 'write-excel-file/node';
import type { HeatCell } from '../../protocol/period-report.ts';
import { FIGURES } from './figures.ts';
import { filterText, periodText, rowName, type Exported } from './names.ts';
import { BY, WEEKDAYS, WORDS } from './words.ts';
import { head, number, tableSheet, words, workbook, wrapped, type Sheet } from './workbook.ts';

/** The action blue of the console: the fullest half hour is that much of the way from white to it. */
const BLUE = [11, 79, 158] as const;
const DEEPEST = 0.6;
const HALF_HOURS = 48;
/** Characters of a line of a definition. */
const DEFINITION = 100;

/** What it is about, its rows, the week by half hours, and what each figure counts: a sheet each. */
export function reportXlsx(exported: Exported): Promise<Buffer> {
  return workbook([summary(exported), rows(exported), heat(exported), definitions(exported)]);
}

function summary(exported: Exported): Sheet {
  const { report, language } = exported;
  const { query, totals, before, excluded, missing, effects } = report;
  const say = (which: keyof typeof WORDS) => WORDS[which][language];
  const about = (which: keyof typeof WORDS, value: string): Row => [
    words(say(which), { alignVertical: 'top' }),
    wrapped(value, 38, { columnSpan: 2 }),
  ];
  const count = (which: keyof typeof WORDS, value: number): Row => [words(say(which)), number('count', value)];
  const branchNames = report.branches.map(({ branchId }) => rowName(exported, branchId, 'branch')).join(', ');
  const missingText = missing.map(({ branchId, day }) => `${rowName(exported, branchId, 'branch')} ${day}`).join(', ');
  return {
    sheet: say('summary'),
    columns: [{ width: 24 }, { width: 20 }, { width: 20 }],
    data: [
      [words(say('title'), { fontSize: 16, fontWeight: 'bold' })],
      about('period', periodText(query)),
      about('branches', branchNames || say('none')),
      about('filter', filterText(exported) ?? say('none')),
      about('rowsBy', BY[query.by][language]),
      about('cutOff', cutOffText(exported) ?? say('none')),
      count('excluded', excluded),
      about('missing', missingText || say('none')),
      [],
      [head(say('figure')), head(say('thisPeriod')), head(say('before'))],
      ...FIGURES.map(({ kind, head: name, of }): Row => [
        words(name[language]),
        number(kind, of(totals)),
        before ? number(kind, of(before)) : null,
      ]),
      [],
      ...(['proposed', 'approved', 'byItself', 'measured', 'held'] as const).map((which) =>
        count(which, effects[which]),
      ),
    ],
  };
}

function rows(exported: Exported): Sheet {
  const { report, language } = exported;
  return tableSheet(
    WORDS.rows[language],
    [
      [head(BY[report.query.by][language]), ...FIGURES.map(({ head: name }) => head(name[language], 2))],
      ...report.rows.map(({ key, figures }): Row => [
        words(rowName(exported, key)),
        ...FIGURES.map(({ kind, of }) => number(kind, of(figures))),
      ]),
    ],
    [24, ...FIGURES.map(() => 12)],
  );
}

/** Half hours down, weekdays across: how many came, darker for more, and beside it how long they waited. */
function heat({ report, language }: Exported): Sheet {
  const cells = new Map(report.heat.map((cell) => [`${cell.weekday} ${cell.slot}`, cell]));
  const slots = Array.from({ length: HALF_HOURS }, (_, slot) => slot).filter((slot) =>
    report.heat.some((cell) => cell.slot === slot),
  );
  const most = Math.max(...report.heat.map(({ perDay }) => perDay), 0);
  const days = WEEKDAYS[language];
  const across = (slot: number, write: (cell: HeatCell) => CellObject | null) =>
    days.map((_, index) => {
      const cell = cells.get(`${index + 1} ${slot}`);
      return cell === undefined ? null : write(cell);
    });
  const title = (which: 'perDay' | 'waits') => days.map((day) => head(`${day}\n${WORDS[which][language]}`, 3));
  return tableSheet(
    WORDS.heat[language],
    [
      [head(WORDS.halfHour[language]), ...title('perDay'), ...title('waits')],
      ...slots.map((slot): Row => [
        words(timeOf(slot)),
        ...across(slot, ({ perDay }) => ({
          ...number('minutes', perDay),
          backgroundColor: tint(most === 0 ? 0 : perDay / most),
        })),
        ...across(slot, ({ p90Wait }) => number('minutes', p90Wait)),
      ]),
    ],
    [10, ...[...days, ...days].map(() => 13)],
  );
}

function definitions({ language }: Exported): Sheet {
  const lines = FIGURES.map(({ head: name, says }): Row => [
    words(name[language], { alignVertical: 'top' }),
    wrapped(says[language], DEFINITION),
  ]);
  return tableSheet(
    WORDS.definitions[language],
    [[head(WORDS.figure[language]), head(WORDS.says[language])], ...lines],
    [24, DEFINITION],
  );
}

/** On the clock of the branches, when it is one clock. */
function cutOffText({ report, names }: Exported): string | undefined {
  if (report.cutOff === undefined) return undefined;
  const here = names.branches.filter(({ branchId }) => report.branches.some((one) => one.branchId === branchId));
  const zones = new Set(here.map(({ timeZone }) => timeZone));
  const zone = (zones.size === 1 ? [...zones][0] : undefined) ?? 'UTC';
  const local = Temporal.Instant.fromEpochMilliseconds(report.cutOff).toZonedDateTimeISO(zone);
  return `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })} (${zone})`;
}

function timeOf(slot: number): string {
  return `${String(Math.floor(slot / 2)).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`;
}

function tint(share: number): string {
  const mixed = BLUE.map((part) => Math.round(255 + (part - 255) * share * DEEPEST));
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
