import type { Text } from '../../domain/config.ts';
import type { PeriodFigures, Spread } from '../../protocol/period-report.ts';
import { MIX_MINIMUM } from '../../protocol/report-scale.ts';

/** How a figure is written: how many, minutes, a share of 0 to 1, a mark of 1 to 5, or times what is usual. */
export type FigureKind = 'count' | 'minutes' | 'share' | 'mark' | 'ratio';

export interface Figure {
  readonly kind: FigureKind;
  readonly head: Text;
  /** What it counts, in a sentence. */
  readonly says: Text;
  /** Undefined where there is nothing to say: it is left empty, and is not 0. */
  readonly of: (figures: PeriodFigures) => number | undefined;
}

const SPREAD = [
  { of: ({ mean }) => mean, words: { 'zh-CN': '平均', 'zh-TW': '平均', en: 'mean' } },
  { of: ({ p50 }) => p50, words: { 'zh-CN': '中位', 'zh-TW': '中位', en: 'P50' } },
  { of: ({ p90 }) => p90, words: { 'zh-CN': 'P90', 'zh-TW': 'P90', en: 'P90' } },
  { of: ({ max }) => max, words: { 'zh-CN': '最长', 'zh-TW': '最長', en: 'longest' } },
] as const satisfies readonly { readonly of: (spread: Spread) => number; readonly words: Text }[];

/** The figures of a report, as columns of a table from left to right. */
export const FIGURES: readonly Figure[] = [
  figure('count', ({ arrivals }) => arrivals, {
    'zh-CN': ['取号数', '期内取出的号，不含误取作废的号。'],
    'zh-TW': ['取號數', '期間內取出的號碼，不含誤取作廢者。'],
    en: ['Tickets', 'Tickets issued. Those voided as a mistake are not among them.'],
  }),
  figure('count', ({ served }) => served, {
    'zh-CN': ['已办理', '办理完毕的号。'],
    'zh-TW': ['已辦理', '辦理完畢的號碼。'],
    en: ['Served', 'Tickets whose service was finished.'],
  }),
  figure('count', ({ noShows }) => noShows, {
    'zh-CN': ['过号', '叫到后没有来，之后也没有再来的号。'],
    'zh-TW': ['過號', '叫到後未到，之後也未再回來的號碼。'],
    en: ['No-shows', 'Called, did not come, and were not seen again.'],
  }),
  figure('share', ({ noShows, wait }) => part(noShows, wait.count), {
    'zh-CN': ['过号率', '过号占被叫到的号的比例。'],
    'zh-TW': ['過號率', '過號占被叫到號碼的比例。'],
    en: ['No-show rate', 'No-shows out of those who were called.'],
  }),
  figure('count', ({ abandoned }) => abandoned, {
    'zh-CN': ['放弃', '办理之前离开，或等到当日结束的号。'],
    'zh-TW': ['放棄', '辦理之前離開，或等到當日結束的號碼。'],
    en: ['Gave up', 'Left, or the day ended, before they were served.'],
  }),
  figure('share', ({ abandoned, arrivals }) => part(abandoned, arrivals), {
    'zh-CN': ['放弃率', '放弃占取号数的比例。'],
    'zh-TW': ['放棄率', '放棄占取號數的比例。'],
    en: ['Gave-up rate', 'Those who gave up out of all tickets.'],
  }),
  figure('count', ({ transfers }) => transfers, {
    'zh-CN': ['转移次数', '从一个窗口转到另一个窗口或另一队列的次数。'],
    'zh-TW': ['轉移次數', '從一個櫃檯轉到另一個櫃檯或另一佇列的次數。'],
    en: ['Transfers', 'From one counter to another, or to another queue.'],
  }),
  figure('share', ({ withinTarget, wait }) => (wait.count === 0 ? undefined : withinTarget), {
    'zh-CN': ['达标率', '被叫到的号中，等候不超过其队列目标（关爱需求按更短的目标）的比例。'],
    'zh-TW': ['達標率', '被叫到的號碼中，等候未超過其隊伍目標（關懷需求依較短目標）的比例。'],
    en: [
      'Within target',
      'Of those who were called: within the target of their queue, or the shorter one of a care need.',
    ],
  }),
  ...spread(({ wait }) => wait, {
    'zh-CN': ['等候', '从取号到第一次被叫到，分钟，只算被叫到的号。'],
    'zh-TW': ['等候', '從取號到第一次被叫到，分鐘，只計被叫到的號碼。'],
    en: ['Wait', 'From the ticket to the first call, minutes, of those who were called.'],
  }),
  figure('count', ({ service }) => service.count, {
    'zh-CN': ['办理次数', '在窗口办理的次数；一次来访到两个窗口算两次。'],
    'zh-TW': ['辦理次數', '在櫃檯辦理的次數；一次來訪到兩個櫃檯計兩次。'],
    en: ['Services', 'Each time somebody was served at a counter: a visit to two counters counts twice.'],
  }),
  ...spread(({ service }) => service, {
    'zh-CN': ['办理', '每次办理的时长，分钟。'],
    'zh-TW': ['辦理', '每次辦理的時間，分鐘。'],
    en: ['Service', 'How long each service took, minutes.'],
  }),
  figure('count', ({ diversion }) => diversion.offered, {
    'zh-CN': ['分流提议', '被建议使用自助设备的号。有关爱需求的客户一律不计。'],
    'zh-TW': ['分流提議', '被建議使用自助設備的號碼。有關懷需求的客戶一律不計。'],
    en: ['Offered a machine', 'Tickets that were offered a machine. Nobody with a care need is counted.'],
  }),
  figure('share', ({ diversion: { accepted, offered } }) => part(accepted, offered), {
    'zh-CN': ['分流接受率', '接受分流占分流提议的比例。'],
    'zh-TW': ['分流接受率', '接受分流占分流提議的比例。'],
    en: ['Accepted', 'Those who went to the machine, out of those who were offered it.'],
  }),
  figure('share', ({ diversion: { failed, accepted } }) => part(failed, accepted), {
    'zh-CN': ['分流未成', '接受分流后设备没有办成的比例。'],
    'zh-TW': ['分流未成', '接受分流後設備未能辦成的比例。'],
    en: ['Machine failed', 'Of those who went to the machine: it could not help.'],
  }),
  figure('minutes', ({ diversion }) => diversion.savedMinutes, {
    'zh-CN': ['分流节省', '分流节省的等候，分钟合计。'],
    'zh-TW': ['分流節省', '分流節省的等候，分鐘合計。'],
    en: ['Wait saved', 'Minutes of waiting saved at machines, together.'],
  }),
  figure('share', ({ estimate: { inRange, told } }) => (told === 0 ? undefined : inRange), {
    'zh-CN': ['预计命中', '取号时告知的等候范围（P10–P90）内实际发生的比例。'],
    'zh-TW': ['預估命中', '取號時告知的等候範圍（P10–P90）內實際發生的比例。'],
    en: ['Estimate held', 'Of those who were told a wait and were called: the truth lay between P10 and P90.'],
  }),
  figure('share', ({ estimate: { late, told } }) => (told === 0 ? undefined : late), {
    'zh-CN': ['明显超出', '实际等候比告知的 P80 长两分钟以上的比例。'],
    'zh-TW': ['明顯超出', '實際等候比告知的 P80 長兩分鐘以上的比例。'],
    en: ['Much later', 'More than two minutes past the P80 that was told.'],
  }),
  figure('minutes', ({ estimate: { bias, told } }) => (told === 0 ? undefined : bias), {
    'zh-CN': ['预计偏差', '实际等候减去告知的 P50 的平均值，分钟；大于 0 表示比告知的长。'],
    'zh-TW': ['預估偏差', '實際等候減去告知的 P50 的平均值，分鐘；大於 0 表示比告知的長。'],
    en: ['Estimate bias', 'Mean of what came minus the P50 told, minutes: above 0, the wait was longer than told.'],
  }),
  figure('minutes', ({ staffing }) => staffing?.open, {
    'zh-CN': ['开窗时间', '窗口有人的时间，分钟。按队列或业务看时无法区分，留空。'],
    'zh-TW': ['開櫃時間', '櫃檯有人的時間，分鐘。依隊伍或業務查看時無法區分，留空。'],
    en: ['Counter open', 'Counters with a person, minutes. Empty by queue or service: it cannot be told apart.'],
  }),
  figure('share', ({ staffing }) => staffing && part(staffing.serving, staffing.open), {
    'zh-CN': ['办理占比', '开窗时间中办理业务的比例。'],
    'zh-TW': ['辦理占比', '開櫃時間中辦理業務的比例。'],
    en: ['Serving', 'Of the time that counters were open: somebody was served.'],
  }),
  figure('share', ({ staffing }) => staffing && part(staffing.idle, staffing.open), {
    'zh-CN': ['空闲占比', '开窗时间中没有客户的比例。'],
    'zh-TW': ['閒置占比', '開櫃時間中沒有客戶的比例。'],
    en: ['Idle', 'Of the time that counters were open: nobody was there.'],
  }),
  figure('share', ({ staffing }) => staffing && part(staffing.paused, staffing.open), {
    'zh-CN': ['暂停占比', '开窗时间中窗口暂停的比例。'],
    'zh-TW': ['暫停占比', '開櫃時間中櫃檯暫停的比例。'],
    en: ['Paused', 'Of the time that counters were open: they were paused.'],
  }),
  figure('count', ({ rating }) => rating.count, {
    'zh-CN': ['评价数', '收到的评价。'],
    'zh-TW': ['評分數', '收到的評分。'],
    en: ['Ratings', 'Ratings that were given.'],
  }),
  figure('mark', ({ rating }) => (rating.count === 0 ? undefined : rating.mean), {
    'zh-CN': ['平均评分', '评分的平均值，1 至 5 分。'],
    'zh-TW': ['平均評分', '評分的平均值，1 至 5 分。'],
    en: ['Mean rating', 'Mean of the ratings, 1 to 5.'],
  }),
  figure('ratio', ({ mix }) => mix?.ratio, {
    'zh-CN': [
      '办理时长比',
      `柜员的平均办理时长，与全部柜员办理同样业务组合所需之比；1 为相同。不足 ${MIX_MINIMUM} 次时留空。`,
    ],
    'zh-TW': [
      '辦理時間比',
      `櫃員的平均辦理時間，與全部櫃員辦理相同業務組合所需之比；1 為相同。未滿 ${MIX_MINIMUM} 次時留空。`,
    ],
    en: [
      'Against the mix',
      `Mean service time against what the same mix of services takes all tellers: 1 is the same. Empty below ${MIX_MINIMUM} services.`,
    ],
  }),
  figure('ratio', ({ mix }) => mix?.low, {
    'zh-CN': ['时长比下限', '办理时长比 95 % 区间的下限。'],
    'zh-TW': ['時間比下限', '辦理時間比 95 % 區間的下限。'],
    en: ['Mix, from', 'Where the 95 % interval of the ratio begins.'],
  }),
  figure('ratio', ({ mix }) => mix?.high, {
    'zh-CN': ['时长比上限', '办理时长比 95 % 区间的上限。'],
    'zh-TW': ['時間比上限', '辦理時間比 95 % 區間的上限。'],
    en: ['Mix, to', 'Where the 95 % interval of the ratio ends.'],
  }),
];

/** The head and the sentence of each language. */
type Words = Readonly<Record<keyof Text, readonly [head: string, says: string]>>;

function figure(kind: FigureKind, of: Figure['of'], words: Words): Figure {
  const text = (which: 0 | 1): Text => ({
    'zh-CN': words['zh-CN'][which],
    'zh-TW': words['zh-TW'][which],
    en: words.en[which],
  });
  return { kind, of, head: text(0), says: text(1) };
}

/** Mean, half of them, nine of ten, longest: from single tickets, never from means of days. */
function spread(spreadOf: (figures: PeriodFigures) => Spread, words: Words): readonly Figure[] {
  return SPREAD.map(({ of, words: which }) => {
    const head = (locale: keyof Text, gap: string): readonly [string, string] => [
      `${words[locale][0]}${gap}${which[locale]}`,
      words[locale][1],
    ];
    const value = (figures: PeriodFigures) => {
      const whole = spreadOf(figures);
      return whole.count === 0 ? undefined : of(whole);
    };
    return figure('minutes', value, { 'zh-CN': head('zh-CN', ''), 'zh-TW': head('zh-TW', ''), en: head('en', ', ') });
  });
}

function part(some: number, all: number): number | undefined {
  return all === 0 ? undefined : some / all;
}
