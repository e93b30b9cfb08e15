import type { Locale, Text } from '../../domain/config.ts';
import type { ReportBy } from '../../protocol/report-scale.ts';

/** All that an exported report and its mail say beside the figures. */
export const WORDS = {
  title: { 'zh-CN': '报表', 'zh-TW': '報表', en: 'Report' },
  summary: { 'zh-CN': '概要', 'zh-TW': '摘要', en: 'Summary' },
  rows: { 'zh-CN': '明细', 'zh-TW': '明細', en: 'Rows' },
  heat: { 'zh-CN': '时段', 'zh-TW': '時段', en: 'Half hours' },
  definitions: { 'zh-CN': '指标说明', 'zh-TW': '指標說明', en: 'Definitions' },
  period: { 'zh-CN': '期间', 'zh-TW': '期間', en: 'Period' },
  branches: { 'zh-CN': '网点', 'zh-TW': '分行', en: 'Branches' },
  filter: { 'zh-CN': '筛选', 'zh-TW': '篩選', en: 'Only' },
  rowsBy: { 'zh-CN': '明细按', 'zh-TW': '明細依', en: 'Rows by' },
  cutOff: { 'zh-CN': '数据截至', 'zh-TW': '資料截至', en: 'Counted until' },
  excluded: {
    'zh-CN': '未计入（误取作废）',
    'zh-TW': '未計入（誤取作廢）',
    en: 'Left out (voided)',
  },
  missing: { 'zh-CN': '缺数据的日子', 'zh-TW': '缺資料的日子', en: 'Days without records' },
  none: { 'zh-CN': '无', 'zh-TW': '無', en: 'none' },
  figure: { 'zh-CN': '指标', 'zh-TW': '指標', en: 'Figure' },
  thisPeriod: { 'zh-CN': '本期', 'zh-TW': '本期', en: 'This period' },
  before: { 'zh-CN': '上期', 'zh-TW': '上期', en: 'Period before' },
  total: { 'zh-CN': '合计', 'zh-TW': '合計', en: 'All' },
  says: { 'zh-CN': '说明', 'zh-TW': '說明', en: 'What it counts' },
  proposed: { 'zh-CN': '弹性窗口建议', 'zh-TW': '彈性櫃檯建議', en: 'Window proposals' },
  approved: { 'zh-CN': '其中采纳', 'zh-TW': '其中採納', en: 'of them approved' },
  byItself: { 'zh-CN': '其中自动执行', 'zh-TW': '其中自動執行', en: 'of them by itself' },
  measured: { 'zh-CN': '测得效果', 'zh-TW': '測得效果', en: 'with a measured effect' },
  held: { 'zh-CN': '效果达到承诺', 'zh-TW': '效果達到承諾', en: 'effect as promised' },
  perDay: { 'zh-CN': '平均每天取号数', 'zh-TW': '平均每天取號數', en: 'Tickets per day' },
  waits: { 'zh-CN': '等候 P90，分钟', 'zh-TW': '等候 P90，分鐘', en: 'Wait P90, minutes' },
  halfHour: { 'zh-CN': '开始于', 'zh-TW': '開始於', en: 'From' },
  teller: { 'zh-CN': '柜员', 'zh-TW': '櫃員', en: 'Teller' },
} as const satisfies Record<string, Text>;

/** What a row stands for. */
export const BY: Readonly<Record<ReportBy, Text>> = {
  branch: { 'zh-CN': '网点', 'zh-TW': '分行', en: 'Branch' },
  segment: { 'zh-CN': '队列', 'zh-TW': '隊伍', en: 'Queue' },
  service: { 'zh-CN': '业务', 'zh-TW': '業務', en: 'Service' },
  counter: { 'zh-CN': '窗口', 'zh-TW': '櫃檯', en: 'Counter' },
  teller: WORDS.teller,
  'half-hour': { 'zh-CN': '半小时', 'zh-TW': '半小時', en: 'Half hour' },
  weekday: { 'zh-CN': '星期', 'zh-TW': '星期', en: 'Weekday' },
  day: { 'zh-CN': '日期', 'zh-TW': '日期', en: 'Day' },
  week: { 'zh-CN': '周', 'zh-TW': '週', en: 'Week' },
  month: { 'zh-CN': '月', 'zh-TW': '月', en: 'Month' },
};

/** From Monday. */
export const WEEKDAYS: Readonly<Record<Locale, readonly string[]>> = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  'zh-TW': ['週一', '週二', '週三', '週四', '週五', '週六', '週日'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

export interface MailWords {
  readonly subject: (where: string, when: string) => string;
  /** Lines of plain text. */
  readonly text: (where: string, when: string) => readonly string[];
}

export const MAIL: Readonly<Record<Locale, MailWords>> = {
  'zh-CN': {
    subject: (where, when) => `报表：${where}，${when}`,
    text: (where, when) => [
      `附件是 ${where} ${when} 的报表。`,
      '',
      '您在管理台“报表”页订阅了它，可在那里修改、暂停或删除。请不要回复这封邮件。',
    ],
  },
  'zh-TW': {
    subject: (where, when) => `報表：${where}，${when}`,
    text: (where, when) => [
      `附件為 ${where} ${when} 的報表。`,
      '',
      '您在管理台「報表」頁訂閱了它，可在該處修改、暫停或刪除。請勿回覆此郵件。',
    ],
  },
  en: {
    subject: (where, when) => `Report: ${where}, ${when}`,
    text: (where, when) => [
      `The report of ${where} for ${when} is attached.`,
      '',
      'You asked for it on the Reports page of the console, where you can change, pause or delete it. Please do not answer this mail.',
    ],
  },
};
