import type { Locale } from '../../domain/config.ts';

interface CodeWords {
  readonly subject: string;
  readonly text: (code: string, minutes: number) => string;
}

/** The mail with the code, in the language of the form. */
export const CODE_WORDS: Readonly<Record<Locale, CodeWords>> = {
  'zh-CN': {
    subject: '您的验证码',
    text: (code, minutes) => `验证码：${code}\n\n${minutes} 分钟内有效。如果不是您本人填写意见表，请忽略这封邮件。\n`,
  },
  'zh-TW': {
    subject: '您的驗證碼',
    text: (code, minutes) => `驗證碼：${code}\n\n${minutes} 分鐘內有效。若您未填寫意見表，請忽略這封郵件。\n`,
  },
  en: {
    subject: 'Your code',
    text: (code, minutes) =>
      `Your code: ${code}\n\nIt is valid for ${minutes} minutes. If you did not fill in our form, ignore this mail.\n`,
  },
};
