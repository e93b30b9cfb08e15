import type { Locale } from '../../domain/config.ts';
import type { PeriodFigures, Spread } from '../../protocol/period-report.ts';
import type { MonthFacts, PackFacts, QuarterReport, ReviewAction } from '../../protocol/reviews.ts';
import type { Letter } from '../../server/documents/letter.ts';

/** A month of a branch that does not exist, with something of everything that a pack can tell. */

const spread = (count: number, mean: number): Spread => ({
  count,
  mean,
  p50: mean * 0.8,
  p90: mean * 2.2,
  max: mean * 6,
});

function figures(arrivals: number, wait: number, withinTarget: number): PeriodFigures {
  const served = Math.round(arrivals * 0.94);
  return {
    ...{ arrivals, served, noShows: Math.round(arrivals * 0.02), abandoned: arrivals - served },
    ...{ transfers: 21, wait: spread(served, wait), withinTarget, service: spread(served, 6.4) },
    diversion: { offered: 310, accepted: 190, declined: 120, failed: 9, savedMinutes: 2_140 },
    estimate: { told: served, inRange: Math.round(served * 0.8), late: 40, bias: 0.3 },
    rating: { count: 412, mean: 4.3 },
  };
}

const month = (arrivals: number, wait: number, within: number, received: number): MonthFacts => ({
  figures: figures(arrivals, wait, within),
  ratings: {
    count: 412,
    mean: within + 3.5,
    scores: [9, 14, 41, 148, 200],
    dimensions: {
      range: { count: 96, mean: 4.1 },
      efficiency: { count: 101, mean: 3.8 },
      quality: { count: 98, mean: 4.4 },
      environment: { count: 95, mean: 4.2 },
      attitude: { count: 104, mean: 4.6 },
    },
  },
  complaints: {
    ...{ received, closed: received - 1, open: 3, late: 1 },
    rootCauses: [
      { cause: 'wait', name: { 'zh-CN': '等候过久', 'zh-TW': '等候過久', en: 'Wait too long' }, count: 4 },
      { cause: 'attitude', name: { 'zh-CN': '态度与沟通', 'zh-TW': '態度與溝通', en: 'Manner' }, count: 2 },
      { cause: 'fees', name: { 'zh-CN': '收费说明不清', 'zh-TW': '收費說明不清', en: 'Fees were unclear' }, count: 1 },
    ],
  },
  suggestions: { received: 12, praise: 5, adopted: 4, planned: 3, waiting: 2 },
});

const ACTIONS: readonly ReviewAction[] = [
  {
    ...{ id: 'a1', meetingId: 'm1', what: '午间增开一个弹性窗口，四周后看效果', owner: '1001' },
    ...{ due: '2026-11-15', state: 'done' },
  },
  {
    ...{ id: 'a2', meetingId: 'm1', what: '更换自助区的两台打印机', owner: '1002', due: '2026-11-20' },
    state: 'open',
  },
  {
    ...{ id: 'a3', meetingId: 'm1', what: '向分行申请增加一名大堂经理', owner: '1003', due: '2026-12-20' },
    state: 'escalated',
  },
];
export const NAMES = { '1001': '李敏', '1002': '王建国', '1003': '陈静' };

export const SAMPLE_PACK: PackFacts = {
  ...month(9_412, 7.4, 0.871, 8),
  branchId: 'harbour',
  name: { 'zh-CN': '港湾支行', 'zh-TW': '港灣分行', en: 'Harbour branch' },
  month: '2026-11',
  language: 'zh-CN',
  ...{ days: 21, missing: 1 },
  segments: [
    ['cash', '现金业务', '現金業務', 'Cash', 10, 0.842],
    ['non-cash', '非现金业务', '非現金業務', 'Non-cash', 15, 0.887],
    ['vip', '贵宾', '貴賓', 'VIP', 3, 0.951],
    ['self', '自助服务', '自助服務', 'Self-service', 5, 0.998],
  ].map(([id, cn, tw, en, target, within], place) => ({
    id: String(id),
    name: { 'zh-CN': String(cn), 'zh-TW': String(tw), en: String(en) },
    targetMinutes: Number(target),
    figures: figures(4_200 - place * 900, Number(target) * 0.6, Number(within)),
  })),
  effects: { proposed: 48, approved: 31, byItself: 0, measured: 27, held: 22 },
  before: month(9_870, 8.1, 0.842, 11),
  actions: ACTIONS,
};

export const SAMPLE_QUARTER: QuarterReport = {
  quarter: '2026-Q4',
  madeAt: Date.parse('2027-01-04T02:00Z'),
  branches: [
    ['harbour', '港湾支行', '港灣分行', 'Harbour branch', 28_400, 0.871, 1, 2],
    ['garden', '花园支行', '花園分行', 'Garden branch', 12_100, 0.844, 2, 0],
    ['mill', '磨坊支行', '磨坊分行', 'Mill branch', 0, 0, undefined, 1],
  ].map(([branchId, cn, tw, en, arrivals, within, place, late]) => ({
    branchId: String(branchId),
    name: { 'zh-CN': String(cn), 'zh-TW': String(tw), en: String(en) },
    ...(place !== undefined && { place: Number(place) }),
    ...{ arrivals: Number(arrivals), called: Number(arrivals), withinTarget: Number(within), p90Wait: 16.2 },
    ...{ ratings: { count: 900, mean: 4.31 }, complaints: 24, late: Number(late) },
    ...(Number(arrivals) > 0 && { complaintRate: 8.5 }),
  })),
  totals: figures(40_500, 7.9, 0.862),
  complaints: { ...SAMPLE_PACK.complaints, received: 48 },
  months: ['2026-10', '2026-11', '2026-12'].map((name, place) => ({
    ...{ month: name, arrivals: 13_000 + 250 * place, called: 12_400, withinTarget: 0.84 + 0.015 * place },
    ...{ p90Wait: 17 - place, rating: { count: 700, mean: 4.2 }, complaints: 17 - place },
  })),
  actions: [{ ...(ACTIONS[2] as ReviewAction), branchId: 'harbour' }],
  names: NAMES,
};

const LETTERS: Readonly<Record<Locale, Pick<Letter, 'subject' | 'paragraphs' | 'closing' | 'recipientLines'>>> = {
  'zh-CN': {
    recipientLines: ['王小明 先生', '上海市徐汇区衡山路 18 号 502 室'],
    subject: '关于您投诉事项的处理决定',
    paragraphs: [
      '您好！感谢您把 11 月 3 日在我行办理业务时的情况告诉我们。您取号后等候了 52 分钟，超过了我们 15 分钟的承诺，对此我们诚恳致歉。',
      '经核查，当日午间只开放了两个窗口，现场没有及时增开弹性窗口。我们已调整午间排班，并自本月起每日检查。',
      '如果您对这一决定有不同意见，可以在 30 日内要求我行总行再次受理，联系电话 400 800 1234。',
      '您也可以向金融消费纠纷调解组织申请调解，或者依法向人民法院提起诉讼。',
    ],
    closing: { words: '此致  敬礼', lines: ['港湾支行', '支行行长 李敏'] },
  },
  'zh-TW': {
    recipientLines: ['王小明 先生', '臺北市中山區南京東路 18 號 5 樓'],
    subject: '關於您申訴事項的處理決定',
    paragraphs: [
      '您好！感謝您告訴我們 11 月 3 日在本行辦理業務時的情形。您取號後等候了 52 分鐘，超過我們 15 分鐘的承諾，謹此致歉。',
      '如果您對這項決定有不同意見，可以在 30 日內請本行總行再次受理。您也可以申請調解，或依法向法院提起訴訟。',
    ],
    closing: { words: '敬祝  順心', lines: ['港灣分行', '分行經理 李敏'] },
  },
  en: {
    recipientLines: ['Mr Wang Xiaoming', '18 Hengshan Road, Flat 502', 'Shanghai'],
    subject: 'Our decision on your complaint',
    paragraphs: [
      'Thank you for telling us what happened on 3 November. You waited 52 minutes, and we promise 15. We are sorry.',
      'If you do not agree, our head office looks at it again within 30 days. You may also ask for mediation, or go to court.',
    ],
    closing: { words: 'Yours sincerely', lines: ['Li Min', 'Head of the branch'] },
  },
};

export function sampleLetter(language: Locale): Letter {
  return {
    ...LETTERS[language],
    language,
    sender: {
      name: language === 'en' ? 'Example Bank' : language === 'zh-CN' ? '示例银行' : '範例銀行',
      branch: SAMPLE_PACK.name[language],
      lines: ['400 800 1234'],
    },
    caseNumber: 'C26-000123',
    date: '2026-11-24',
  };
}
