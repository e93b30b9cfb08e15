import type { Locale } from '../domain/config.ts';
import type { CommonMessages } from './messages.ts';

/** Those of the common words that also the phone has at once, for it loads the others only when something was refused. */
export const SMALL_WORDS: Readonly<Record<Locale, Pick<CommonMessages, 'sending' | 'common'>>> = {
  'zh-CN': {
    sending: {
      unsent: '现在连不上系统，这一步没有发出，请稍后再试。',
      unconfirmed: '还没有收到确认，请再试一次，不会重复。',
    },
    common: {
      language: '语言',
      cancel: '取消',
      confirm: '确定',
      close: '关闭',
      back: '返回',
      minutes: '约 {range} 分钟',
      hours: '{n} 小时以上',
      now: '现在无需等候',
    },
  },
  'zh-TW': {
    sending: {
      unsent: '目前連不上系統，這一步沒有送出，請稍後再試。',
      unconfirmed: '還沒有收到確認，請再試一次，不會重複。',
    },
    common: {
      language: '語言',
      cancel: '取消',
      confirm: '確定',
      close: '關閉',
      back: '返回',
      minutes: '約 {range} 分鐘',
      hours: '{n} 小時以上',
      now: '現在不必等候',
    },
  },
  en: {
    sending: {
      unsent: 'We cannot reach the system, so nothing was sent. Please try again shortly.',
      unconfirmed: 'No confirmation yet. Please try again; it will not be done twice.',
    },
    common: {
      language: 'Language',
      cancel: 'Cancel',
      confirm: 'OK',
      close: 'Close',
      back: 'Back',
      minutes: '{range} min',
      hours: '{n} h or more',
      now: 'No wait right now',
    },
  },
};
