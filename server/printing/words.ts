import type { Locale } from '../../domain/config.ts';
import type { WaitRange } from '../../domain/views/views.ts';

/** What a ticket on paper says, in the customer's language. */
export interface PaperWords {
  readonly number: string;
  /** One window after the other: what is done at the first, the second … */
  readonly stop: (place: number, services: string) => string;
  readonly sit: (zone: string) => string;
  readonly goTo: (label: string) => string;
  readonly ahead: (people: number) => string;
  readonly first: string;
  readonly next: string;
  readonly wait: (range: WaitRange) => string;
  readonly soon: string;
  readonly opens: string;
  readonly scan: string;
  readonly bring: string;
  readonly rejoin: string;
  readonly longerHours: (time: string) => string;
  readonly taken: (time: string, date: string) => string;
  readonly hotline: (number: string) => string;
}

const minutes = ({ fromMinutes, toMinutes }: WaitRange) =>
  fromMinutes === toMinutes ? String(toMinutes) : `${fromMinutes}-${toMinutes}`;

export const PAPER_WORDS: Readonly<Record<Locale, PaperWords>> = {
  'zh-CN': {
    number: '您的号码',
    stop: (place, services) => `第 ${place} 站：${services}`,
    sit: (zone) => `请到 ${zone} 等候`,
    goTo: (label) => `现在请到 ${label} 号窗口`,
    ahead: (people) => `前面还有 ${people} 位`,
    first: '您排在第一位',
    next: '马上轮到您',
    wait: (range) => `预计约 ${minutes(range)} 分钟`,
    soon: '很快就会叫您',
    opens: '窗口开放后为您办理',
    scan: '手机扫码，随时看进度',
    bring: '请准备好',
    rejoin: '请留意屏幕与广播，过号可以重新排队。',
    longerHours: (time) => `今日延时营业至 ${time}`,
    taken: (time, date) => `取号时间 ${time}  ${date}`,
    hotline: (number) => `客服热线 ${number}`,
  },
  'zh-TW': {
    number: '您的號碼',
    stop: (place, services) => `第 ${place} 站：${services}`,
    sit: (zone) => `請到 ${zone} 等候`,
    goTo: (label) => `現在請到 ${label} 號櫃檯`,
    ahead: (people) => `前面還有 ${people} 位`,
    first: '您是第一位',
    next: '馬上輪到您',
    wait: (range) => `預估約 ${minutes(range)} 分鐘`,
    soon: '很快就會叫您',
    opens: '櫃檯開放後為您辦理',
    scan: '手機掃描，隨時看進度',
    bring: '請備妥',
    rejoin: '請留意螢幕與廣播，過號可以重新排隊。',
    longerHours: (time) => `今日延長營業至 ${time}`,
    taken: (time, date) => `取號時間 ${time}  ${date}`,
    hotline: (number) => `客服專線 ${number}`,
  },
  en: {
    number: 'Your number',
    stop: (place, services) => `Stop ${place}: ${services}`,
    sit: (zone) => `Wait in: ${zone}`,
    goTo: (label) => `Please go to counter ${label} now`,
    ahead: (people) => (people === 1 ? '1 person ahead of you' : `${people} people ahead of you`),
    first: 'You are first in line',
    next: 'You are next',
    wait: (range) => `Expected wait: ${minutes(range)} min`,
    soon: 'We will call you very soon',
    opens: 'We serve you as soon as a counter opens',
    scan: 'Scan to follow on your phone',
    bring: 'Please have ready',
    rejoin: 'Please watch the screens and listen. If you miss your call you can rejoin.',
    longerHours: (time) => `Open until ${time} today`,
    taken: (time, date) => `Taken at ${time}  ${date}`,
    hotline: (number) => `Hotline ${number}`,
  },
};
