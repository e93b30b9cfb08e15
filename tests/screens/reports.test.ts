import { describe, expect, test } from '@jest/globals';
import type { Locale } from '../../domain/config.ts';
import { Refused } from '../../manager/insight/reports.ts';
import { EN } from '../../manager/messages/en.ts';
import { ZH_CN } from '../../manager/messages/zh-cn.ts';
import { ZH_TW } from '../../manager/messages/zh-tw.ts';
import { hashOf, placeOf } from '../../manager/place.ts';
import { minutesOf, rowsShown } from '../../manager/reports/chart-series.ts';
import { conclusionOf } from '../../manager/reports/conclusion.ts';
import { moreAbout } from '../../manager/reports/figure-more.ts';
import { changeOf, figureOf, FIGURE_NAMES } from '../../manager/reports/figures.ts';
import { heatTable, slotWords } from '../../manager/reports/heat.ts';
import { daysOfMonth, daysOfWeek, presetDays, presetOf, PRESETS } from '../../manager/reports/periods.ts';
import {
  addressOf,
  questionOf,
  rowTickets,
  unfiltered,
  withBranches,
  withPart,
} from '../../manager/reports/question.ts';
import { reportWords, sharedBeginning } from '../../manager/reports/report-words.ts';
import { columnsOf, inOrder, pressed, usualOrder } from '../../manager/reports/table-rows.ts';
import { whyNot } from '../../manager/reports/why-not.ts';
import {
  periodQuerySchema,
  ticketsQuerySchema,
  type PeriodFigures,
  type PeriodQuery,
  type PeriodReport,
  type ReportNames,
} from '../../protocol/period-report.ts';
import { REPORT_BY } from '../../protocol/report-scale.ts';
import { queryOf } from '../../server/reports/period-api.ts';

const TODAY = '2026-11-24';
const USUAL = { branchId: 'harbour', today: TODAY };
const QUERY: PeriodQuery = { from: '2026-11-01', to: '2026-11-30', branches: ['harbour'], by: 'day' };
const spread = (count: number, mean: number, p50: number, p90: number, max: number) => ({ count, mean, p50, p90, max });

function figures(more: Partial<PeriodFigures> = {}): PeriodFigures {
  return {
    ...{ arrivals: 1200, served: 1150, noShows: 20, abandoned: 30, transfers: 24 },
    ...{ wait: spread(1170, 6.34, 4, 14.2, 63), withinTarget: 0.874, service: spread(1180, 5.2, 4.1, 9, 40) },
    diversion: { offered: 200, accepted: 90, declined: 100, failed: 5, savedMinutes: 800 },
    estimate: { told: 1000, inRange: 0.81, late: 0.05, bias: -0.4 },
    staffing: { open: 6000, serving: 4000, calling: 200, idle: 1500, paused: 300 },
    rating: { count: 300, mean: 4.56 },
    ...more,
  };
}
const NOBODY = figures({
  ...{ arrivals: 0, served: 0, noShows: 0, abandoned: 0, transfers: 0, withinTarget: 0 },
  ...{ wait: spread(0, 0, 0, 0, 0), service: spread(0, 0, 0, 0, 0), rating: { count: 0, mean: 0 } },
  diversion: { offered: 0, accepted: 0, declined: 0, failed: 0, savedMinutes: 0 },
  estimate: { told: 0, inRange: 0, late: 0, bias: 0 },
});
const withoutStaffing = (whole: PeriodFigures): PeriodFigures => {
  const { staffing: _staffing, ...rest } = whole;
  return rest;
};

function report(more: Partial<PeriodReport> = {}): PeriodReport {
  return {
    query: QUERY,
    branches: [{ branchId: 'harbour', days: 20 }],
    cutOff: Date.parse('2026-11-30T18:05:00+08:00'),
    ...{ missing: [], excluded: 0, totals: figures(), rows: [], heat: [], waits: [], services: [] },
    effects: { proposed: 0, approved: 0, byItself: 0, measured: 0, held: 0 },
    choices: { segments: [], services: [], counters: [], tellers: [] },
    names: { '1001': 'Li Min' },
    ...more,
  };
}

const text = (en: string, chinese = en) => ({ 'zh-CN': chinese, 'zh-TW': chinese, en });
const NAMES: ReportNames = {
  branches: [
    {
      ...{ branchId: 'harbour', name: text('Harbour', '港湾'), timeZone: 'Asia/Shanghai', today: TODAY },
      counters: [{ id: 'c1', label: '3' }],
    },
  ],
  segments: [{ id: 'cash', name: text('Cash', '现金'), prefix: 'A', colour: 'blue' }],
  services: [{ id: 'deposit', name: text('Pay in', '存款') }],
};
const BRANCHES = (['Bank, North', 'Bank, South', 'Bank, West', 'Bank, East'] as const).map((name, at) => ({
  ...NAMES.branches[0]!,
  branchId: `b${at}`,
  name: text(name),
}));

/** As vue-i18n does it. */
function translator(locale: Locale): (key: string, named?: Record<string, unknown>) => string {
  const words: object = { 'zh-CN': ZH_CN, 'zh-TW': ZH_TW, en: EN }[locale];
  return (key, named = {}) => {
    const found = key
      .split('.')
      .reduce<unknown>((tree, part) => (tree as Record<string, unknown> | undefined)?.[part], words);
    if (typeof found !== 'string') throw new Error(`${locale} has no words for ${key}`);
    return found.replace(/\{(\w+)\}/g, (_, name: string) => String(named[name]));
  };
}
const words = (locale: Locale, names = NAMES) =>
  reportWords({ t: translator(locale), locale, names, tellers: { '1001': 'Li Min' } });

describe('the address', () => {
  test('says the whole question, and is asked at the server as it stands', () => {
    const asked =
      'from=2026-11-01&to=2026-11-30&branch=central&branch=harbour&segment=cash&counter=harbour%2Fc1&by=service';
    const question = questionOf(asked, USUAL);
    expect(question).toEqual({
      ...{ from: '2026-11-01', to: '2026-11-30', branches: ['central', 'harbour'] },
      ...{ segment: 'cash', counter: 'harbour/c1', by: 'service' },
    });
    expect(addressOf(question)).toBe(asked);
    const query = Object.fromEntries(new URLSearchParams(asked));
    expect(periodQuerySchema.parse(queryOf({ query: { ...query, branch: ['central', 'harbour'] } }))).toEqual(question);
    expect(placeOf(hashOf({ page: 'reports', query: asked }))).toEqual({ page: 'reports', query: asked });
  });

  test('without a question is the last seven days of the branch; what makes no sense is left out', () => {
    const usual = { from: '2026-11-17', to: '2026-11-23', branches: ['harbour'], by: 'day' };
    expect(questionOf('', USUAL)).toEqual(usual);
    expect(questionOf('from=yesterday&to=2026-02-31&by=mood&teller=%20', USUAL)).toEqual({ ...usual, branches: [] });
    expect(questionOf('from=2026-11-09&to=2026-11-02', USUAL)).toMatchObject({ from: '2026-11-02', to: '2026-11-09' });
    expect(questionOf('from=2026-11-09', USUAL)).toMatchObject({ from: '2026-11-09', to: '2026-11-09' });
  });

  test('follows each filter', () => {
    const counter = withPart(QUERY, 'counter', 'harbour/c1');
    expect(addressOf(counter)).toContain('counter=harbour%2Fc1');
    expect(withPart(counter, 'counter', undefined)).toEqual(QUERY);
    expect(withBranches(counter, ['north']).counter).toBeUndefined();
    expect(withBranches(counter, []).counter).toBe('harbour/c1');
    expect(unfiltered(counter)).toEqual(QUERY);
    expect(unfiltered(QUERY)).toBe(QUERY);
  });
});

describe('a period', () => {
  test.each([
    ['yesterday', '2026-03-01', '2026-02-28', '2026-02-28'],
    ['last-7', '2026-03-01', '2026-02-22', '2026-02-28'],
    ['this-month', TODAY, '2026-11-01', TODAY],
    ['last-month', '2028-03-31', '2028-02-01', '2028-02-29'],
    ['quarter', TODAY, '2026-10-01', TODAY],
    ['year', TODAY, '2026-01-01', TODAY],
  ] as const)('%s as of %s', (preset, today, from, to) => {
    expect(presetDays(preset, today)).toEqual({ from, to });
  });

  test('is known by its days', () => {
    expect(PRESETS.map((preset) => presetOf(presetDays(preset, TODAY), TODAY))).toEqual(PRESETS);
    expect(presetOf(QUERY, TODAY)).toBeUndefined();
  });

  test('of a week begins on Monday, of a month on the first', () => {
    expect(daysOfWeek('2026-W01')).toEqual({ from: '2025-12-29', to: '2026-01-04' });
    expect(daysOfWeek('2026-W53')).toEqual({ from: '2026-12-28', to: '2027-01-03' });
    expect([daysOfMonth('2026-12'), daysOfMonth('2028-02').to]).toEqual([
      { from: '2026-12-01', to: '2026-12-31' },
      '2028-02-29',
    ]);
  });
});

describe('the tickets behind a row', () => {
  const KEYS = {
    ...{ branch: 'north', segment: 'cash', service: 'deposit', counter: 'harbour/c1', teller: '1001' },
    ...{ 'half-hour': '09:30', weekday: '7', day: '2026-11-12', week: '2026-W49', month: '2026-11' },
  } as const;
  test.each([
    ['branch', { branches: ['north'] }],
    ['segment', { segment: 'cash' }],
    ['service', { service: 'deposit' }],
    ['counter', { counter: 'harbour/c1' }],
    ['teller', { teller: '1001' }],
    ['half-hour', { slot: 19 }],
    ['weekday', { weekday: 7 }],
    ['day', { from: '2026-11-12', to: '2026-11-12' }],
    // Of a week that goes on after the period, only what is in it.
    ['week', { from: '2026-11-30', to: '2026-11-30' }],
    ['month', { from: '2026-11-01', to: '2026-11-30' }],
  ] as const)('by %s', (by, asked) => {
    const query = rowTickets({ ...QUERY, by }, KEYS[by]);
    expect(query).toEqual({ ...QUERY, by, ...asked });
    const { branches, ...own } = query;
    const address = new URLSearchParams(addressOf(query));
    const heard = queryOf({ query: { ...Object.fromEntries(address), branch: address.getAll('branch') } });
    expect(ticketsQuerySchema.parse(heard)).toEqual({ branches, ...own });
  });
});

describe('figures', () => {
  test('are written alike in every language, and "–" where there is nothing', () => {
    expect(FIGURE_NAMES.map((name) => figureOf(name, figures()))).toEqual([
      ...['1,200', '87.4%', '6.3', '4.0', '14.2', '63.0', '5.2'],
      ...['2.5%', '1.7%', '2.0', '45.0%', '81.0%', '25.0%', '4.6'],
    ]);
    expect(FIGURE_NAMES.map((name) => figureOf(name, withoutStaffing(NOBODY)))).toEqual([
      '0',
      ...Array.from({ length: 13 }, () => '–'),
    ]);
  });

  test('change in their own unit, for the better or the worse', () => {
    const before = figures({ arrivals: 1000, withinTarget: 0.9, wait: spread(900, 6.94, 4.02, 10, 70), transfers: 48 });
    const whole = report({ before, daysBefore: 20 });
    expect(changeOf('within', whole)).toEqual({ way: 'down', by: '2.6', unit: 'points', verdict: 'worse' });
    expect(changeOf('mean', whole)).toEqual({ way: 'down', by: '0.6', unit: 'minutes', verdict: 'better' });
    expect(changeOf('p50', whole)).toMatchObject({ way: 'same', verdict: undefined });
    expect(changeOf('arrivals', whole)).toEqual({ way: 'up', by: '20.0', unit: 'percent', verdict: undefined });
    // Half as many days are no comparison for a count; they are one for a share.
    expect(changeOf('arrivals', report({ before, daysBefore: 10 }))).toBeUndefined();
    expect(changeOf('within', report({ before, daysBefore: 10 }))).toBeDefined();
    expect(changeOf('within', report())).toBeUndefined();
    expect(changeOf('rating', report({ before: NOBODY }))).toBeUndefined();
  });

  test('have the counts behind them', () => {
    const say = (key: string, named: Record<string, unknown>) => translator('en')(`reports.more.${key}`, named);
    expect(moreAbout('within', figures(), say)).toBe('1,023 of 1,170 who were called.');
    expect(moreAbout('estimate', figures(), say)).toMatch(/^1,000 were told; 5\.0% .* on average −0\.4 min off\.$/);
    expect(moreAbout('idle', withoutStaffing(figures()), say)).toBeUndefined();
    expect([moreAbout('diverted', NOBODY, say), moreAbout('p90', figures(), say)]).toEqual([undefined, undefined]);
  });
});

describe('the conclusion', () => {
  const row = (key: string, withinTarget: number, count = 100) => ({
    key,
    figures: figures({ withinTarget, wait: spread(count, 1, 1, 1, 1) }),
  });
  const whole = report({
    ...{ excluded: 3, missing: [{ branchId: 'harbour', day: '2026-11-07' }] },
    query: { ...QUERY, by: 'teller', segment: 'cash' },
    before: figures({ withinTarget: 0.844 }),
    rows: [row('1001', 0.8), row('1002', 0.95), row('1003', 0.1, 5)],
    heat: [{ weekday: 1, slot: 20, arrivals: 40, perDay: 13.3, p90Wait: 9 }],
  });

  test.each([
    [
      'en',
      '1 Nov 2026 to 30 Nov 2026, Harbour, Queue: Cash: 1,200 customers. 87.4% of those called were called within their ' +
        'target, 3.0 points more than in the period before. They waited 6.3 min on average; half waited at most 4.0 min, ' +
        'nine of ten at most 14.2, the longest 63.0 min. A service took 5.2 min on average. 2.5% gave up before they were ' +
        'served; 1.7% did not come when called. By teller: best 1002 with 95.0%, lowest Li Min (1001) with 80.0% within ' +
        'target. The busiest half hour was Monday 10:00, with 13.3 customers a day. Customers gave 4.6 of 5 (300 ratings). ' +
        'Counted until 30 Nov 2026, 18:05. Tickets taken by mistake, not counted: 3. Missing days: 1; their records are ' +
        'not there yet, or no longer.',
    ],
    [
      'zh-CN',
      '2026年11月1日至2026年11月30日，港湾，队列：现金，共 1,200 位客户。87.4% 的客户在目标时间内叫到，比上期高 3.0 个百分点。' +
        '平均等候 6.3 分钟，一半不超过 4.0 分钟，九成不超过 14.2 分钟，最长 63.0 分钟。平均办理 5.2 分钟。' +
        '2.5% 的客户在办理前放弃，1.7% 叫到后没有来。按柜员看达标率：最高为1002（95.0%），最低为Li Min (1001)（80.0%）。' +
        '最忙的半小时是星期一 10:00，平均每天 13.3 位客户。客户评价 4.6 分（满分 5，共 300 个）。' +
        '统计截至 2026年11月30日 18:05。误取作废的 3 个号不计入。缺 1 天的数据：记录还没有生成，或已不再保存。',
    ],
    [
      'zh-TW',
      '2026年11月1日至2026年11月30日，港湾，隊伍：现金，共 1,200 位客戶。87.4% 的客戶在目標時間內叫到，比前期高 3.0 個百分點。' +
        '平均等候 6.3 分鐘，半數不超過 4.0 分鐘，九成不超過 14.2 分鐘，最長 63.0 分鐘。平均辦理 5.2 分鐘。' +
        '2.5% 的客戶在辦理前放棄，1.7% 叫到後未到。依櫃員看達標率：最高為1002（95.0%），最低為Li Min (1001)（80.0%）。' +
        '最忙的半小時是星期一 10:00，平均每天 13.3 位客戶。客戶評分 4.6 分（滿分 5，共 300 個）。' +
        '統計至 2026年11月30日 18:05。誤取作廢的 3 張號碼牌不計入。缺 1 天的資料：紀錄尚未產生，或已不再保存。',
    ],
  ] as const)('in %s', (locale, sentences) => {
    expect(conclusionOf(whole, words(locale))).toBe(sentences);
  });

  test('leaves out what there is nothing of', () => {
    const { cutOff: _cutOff, ...empty } = report({ totals: NOBODY });
    expect(conclusionOf(empty, words('en'))).toMatch(/^1 Nov .* 0 customers\. – gave up .* called\. $/);
    expect(conclusionOf(report(), words('en'))).not.toMatch(/best|busiest|missing|before\. They/);
  });
});

describe('rows', () => {
  const row = (key: string, arrivals: number, more: Partial<PeriodFigures> = {}) => ({
    key,
    figures: figures({ arrivals, ...more }),
  });
  const mix = (ratio: number) => ({ mix: { ratio, low: ratio - 0.1, high: ratio + 0.1 } });
  const tellers = report({
    query: { ...QUERY, by: 'teller' },
    rows: [row('1001', 5, mix(1.2)), row('1002', 9), row('1003', 5, mix(0.9))],
  });
  const order = (column: Parameters<typeof pressed>[0], down: boolean) =>
    inOrder(tellers, { column, down }, words('en').teller).map(({ key }) => key);

  test('come by their customers, or as time goes', () => {
    expect(usualOrder('teller')).toEqual({ column: 'arrivals', down: true });
    expect(usualOrder('half-hour')).toEqual({ column: 'key', down: false });
    expect(order('arrivals', true)).toEqual(['1002', '1003', '1001']);
  });

  test('sort either way, and what has no value is last both ways', () => {
    expect([order('mix', true), order('mix', false)]).toEqual([
      ['1001', '1003', '1002'],
      ['1003', '1001', '1002'],
    ]);
    expect(order('key', false)).toEqual(['1002', '1003', '1001']);
    expect(pressed('p90', usualOrder('teller'))).toEqual({ column: 'p90', down: true });
    expect(pressed('p90', { column: 'p90', down: true })).toEqual({ column: 'p90', down: false });
    expect(pressed('key', usualOrder('teller'))).toEqual({ column: 'key', down: false });
  });

  test('of tellers have their pace for the mix; the idle time only where it is known', () => {
    expect(columnsOf(tellers)).toContain('mix');
    const services = report({ rows: [{ key: 'deposit', figures: withoutStaffing(figures()) }] });
    expect(columnsOf({ ...services, query: { ...QUERY, by: 'service' } })).not.toContain('idle');
    expect(columnsOf(report({ rows: [row('2026-11-02', 1)] }))).not.toContain('mix');
  });

  test('are named in the language of the screen', () => {
    const names = { ...NAMES, branches: BRANCHES };
    const said = (locale: Locale) =>
      REPORT_BY.map((by) =>
        words(locale, names).row(
          by,
          {
            ...{ branch: 'b1', segment: 'cash', service: 'gone', counter: 'b0/c1', teller: '1001' },
            ...{ 'half-hour': '09:30', weekday: '7', day: TODAY, week: '2026-W48', month: '2026-11' },
          }[by],
        ),
      );
    expect(said('en')).toEqual([
      ...['South', 'Cash', 'gone', 'North Counter 3', 'Li Min (1001)'],
      ...['09:30', 'Sunday', 'Tue 24 Nov', 'Week 48 of 2026', 'November 2026'],
    ]);
    expect(said('zh-CN').slice(5)).toEqual(['09:30', '星期日', '11月24日 周二', '2026 年第 48 周', '2026年11月']);
    const where = (ids: readonly string[]) =>
      words('en', names).where({ branches: ids.map((branchId) => ({ branchId, days: 1 })) });
    expect([where(['b1']), where(['b0', 'b2']), where(['b0', 'b1', 'b2', 'b3'])]).toEqual([
      ...['South', 'North, West', 'all 4 branches'],
    ]);
    expect([sharedBeginning(['A b', 'A c']), sharedBeginning(['Ab', 'Ac']), sharedBeginning(['A b'])]).toEqual([
      'A ',
      '',
      '',
    ]);
  });

  test('that are too many for a picture are left to the table', () => {
    const many = report({
      query: { ...QUERY, by: 'teller' },
      rows: Array.from({ length: 45 }, (_, n) => row(String(n), n)),
    });
    const shown = rowsShown(many, String);
    expect([shown.rows.length, shown.rows[0]?.key, shown.leftOut]).toEqual([40, '44', 5]);
    expect(rowsShown({ ...many, query: QUERY }, String).leftOut).toBe(0);
  });
});

test('a heat table has no empty edges, and knows its busiest half hour', () => {
  const cell = (weekday: number, slot: number, arrivals: number) => ({
    weekday,
    slot,
    arrivals,
    perDay: arrivals / 2,
    p90Wait: 3,
  });
  const table = heatTable([cell(1, 17, 0), cell(1, 18, 4), cell(3, 20, 8), cell(7, 40, 0)]);
  expect([table.weekdays, table.slots, table.busiest]).toEqual([[1, 3], [18, 19, 20], cell(3, 20, 8)]);
  expect([table.cell(1, 18)?.arrivals, table.cell(1, 20), slotWords(19)]).toEqual([4, undefined, '09:30']);
  expect(heatTable([])).toMatchObject({ weekdays: [], slots: [], busiest: undefined });
});

test('minutes without anybody are drawn too, and the last one goes on', () => {
  expect(
    minutesOf([
      { minute: 0, count: 4 },
      { minute: 3, count: 1 },
    ]),
  ).toEqual({
    ...{ labels: ['0', '1', '2', '3+'], counts: [4, 0, 0, 1] },
  });
  expect(minutesOf([])).toEqual({ labels: [], counts: [] });
});

test('what is not answered says why: the line is cut, or the server said no', () => {
  const t = (key: string, named: Record<string, unknown>) =>
    key.startsWith('problem.') ? 'You are not allowed to do this.' : translator('en')(key, named);
  expect(whyNot(t, undefined)).toMatch(/does not answer/);
  const refused = (code: 'not-allowed' | 'bad-message') => new Refused({ code, message: 'Two years at most.' }).problem;
  expect(whyNot(t, refused('not-allowed'))).toBe('The report was refused: You are not allowed to do this.');
  expect(whyNot(t, refused('bad-message'))).toBe('The report was refused: Two years at most.');
});
