import type { Locale } from '../domain/config.ts';

/** The words of a notice, beside those of the page: the worker loads nothing else. */
export type NoticeKind = 'near' | 'called' | 'missed';

type Words = Readonly<Record<NoticeKind, { readonly title: string; readonly text: string }>>;

export const NOTICE_WORDS: Readonly<Record<Locale, Words>> = {
  'zh-CN': {
    near: { title: '快到了：{number}', text: '前面最多还有 2 位，请回到大厅。' },
    called: { title: '{number} 请到 {label} 号窗口', text: '正在叫您的号，请现在过来。' },
    missed: { title: '{number} 已过号', text: '没关系，点这里重新排队，等过的时间还算数。' },
  },
  'zh-TW': {
    near: { title: '快到了：{number}', text: '前面最多還有 2 位，請回到大廳。' },
    called: { title: '{number} 請到 {label} 號櫃檯', text: '正在叫您的號碼，請現在過來。' },
    missed: { title: '{number} 已過號', text: '沒關係，按這裡重新排隊，等過的時間仍然算數。' },
  },
  en: {
    near: { title: 'Nearly your turn: {number}', text: 'At most 2 people are ahead. Please come back to the hall.' },
    called: { title: '{number}: please go to counter {label}', text: 'Your number is being called. Please come now.' },
    missed: { title: '{number}: you missed your call', text: 'No problem: tap here to rejoin the queue.' },
  },
};
