import type { Locale } from '../domain/config.ts';

type OfBoth = Readonly<Record<'pin' | 'password', string>>;

/** The words of changing one's own PIN or password. */
export interface OwnSecretWords {
  readonly open: string;
  readonly title: string;
  readonly which: string;
  readonly kind: OfBoth;
  readonly old: OfBoth;
  readonly fresh: OfBoth;
  readonly again: string;
  readonly rule: OfBoth;
  readonly different: string;
  readonly endOthers: string;
  readonly go: string;
  readonly done: OfBoth;
  readonly ended: string;
  readonly reason: Readonly<
    Record<
      | ('wrong' | 'locked' | 'pin-weak' | 'password-weak' | 'unchanged')
      | ('demo' | 'no-secret' | 'too-fast' | 'no-answer'),
      string
    >
  >;
}

export const OWN_SECRET_WORDS: Readonly<Record<Locale, OwnSecretWords>> = {
  'zh-CN': {
    open: '修改 PIN 码或密码',
    title: '修改 PIN 码或密码',
    which: '要修改的是',
    kind: { pin: '窗口 PIN 码', password: '管理台密码' },
    old: { pin: '现在的 PIN 码', password: '现在的密码' },
    fresh: { pin: '新的 PIN 码', password: '新的密码' },
    again: '再输一次',
    rule: {
      pin: '至少 6 位数字，不要连号，不要用员工号。',
      password: '至少 10 个字符，不要重复同一个字符，不要用员工号。',
    },
    different: '两次输入不一样。',
    endOthers: '结束我在其他地方的登录',
    go: '修改',
    done: { pin: 'PIN 码已修改。', password: '密码已修改。' },
    ended: '另外 {n} 个登录已结束。',
    reason: {
      wrong: '现在的 PIN 码或密码不对，请再试一次。',
      locked: '连续输错次数过多，请在 {seconds} 秒后再试。',
      'pin-weak': '这个 PIN 码太容易猜，请换一个。',
      'password-weak': '这个密码太容易猜，请换一个。',
      unchanged: '新的和现在的一样，请换一个。',
      demo: '演示账号是公开的，不能修改。',
      'no-secret': '您用统一登录进入，请在那里修改密码。',
      'too-fast': '尝试次数过多，请过几分钟再试。',
      'no-answer': '系统没有回应，没有修改。请稍后再试。',
    },
  },
  'zh-TW': {
    open: '變更 PIN 碼或密碼',
    title: '變更 PIN 碼或密碼',
    which: '要變更的是',
    kind: { pin: '櫃檯 PIN 碼', password: '管理台密碼' },
    old: { pin: '目前的 PIN 碼', password: '目前的密碼' },
    fresh: { pin: '新的 PIN 碼', password: '新的密碼' },
    again: '再輸入一次',
    rule: {
      pin: '至少 6 位數字，不要連號，不要用員工編號。',
      password: '至少 10 個字元，不要重複同一個字元，不要用員工編號。',
    },
    different: '兩次輸入不一樣。',
    endOthers: '結束我在其他地方的登入',
    go: '變更',
    done: { pin: 'PIN 碼已變更。', password: '密碼已變更。' },
    ended: '另外 {n} 個登入已結束。',
    reason: {
      wrong: '目前的 PIN 碼或密碼不正確，請再試一次。',
      locked: '連續輸入錯誤次數過多，請於 {seconds} 秒後再試。',
      'pin-weak': '這組 PIN 碼太容易猜到，請換一組。',
      'password-weak': '這組密碼太容易猜到，請換一組。',
      unchanged: '新的和目前的一樣，請換一組。',
      demo: '展示帳號是公開的，不能變更。',
      'no-secret': '您使用單一登入，請在那裡變更密碼。',
      'too-fast': '嘗試次數過多，請過幾分鐘再試。',
      'no-answer': '系統沒有回應，尚未變更。請稍後再試。',
    },
  },
  en: {
    open: 'Change PIN or password',
    title: 'Change PIN or password',
    which: 'Change the',
    kind: { pin: 'PIN for counters', password: 'Password for the console' },
    old: { pin: 'Present PIN', password: 'Present password' },
    fresh: { pin: 'New PIN', password: 'New password' },
    again: 'The new one once more',
    rule: {
      pin: 'At least 6 digits, not in a row, not your staff number.',
      password: 'At least 10 characters, not one letter again and again, not your staff number.',
    },
    different: 'The two are not the same.',
    endOthers: 'End my other sessions',
    go: 'Change',
    done: { pin: 'The PIN is changed.', password: 'The password is changed.' },
    ended: 'Other sessions ended: {n}.',
    reason: {
      wrong: 'The present PIN or password is wrong. Please try again.',
      locked: 'Too many failed attempts. Please try again in {seconds} s.',
      'pin-weak': 'This PIN is too easy to guess. Please take another.',
      'password-weak': 'This password is too easy to guess. Please take another.',
      unchanged: 'The new one is the same as before. Please take another.',
      demo: 'Demo accounts are public and cannot be changed.',
      'no-secret': 'You sign in with the directory. Please change your password there.',
      'too-fast': 'Too many attempts. Please try again in a few minutes.',
      'no-answer': 'The system does not answer, and nothing was changed. Please try again in a moment.',
    },
  },
};
