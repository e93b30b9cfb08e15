import type { Locale } from '../../domain/config.ts';

interface InboxWords {
  readonly subject: (number: string) => string;
  readonly answer: (number: string, branch: string, text: string) => string;
}

/** What the customer is written, in the language in which they wrote. */
export const INBOX_WORDS: Readonly<Record<Locale, InboxWords>> = {
  'zh-CN': {
    subject: (number) => `关于您的留言 ${number} 的答复`,
    answer: (number, branch, text) => `您好：\n\n关于您给${branch}的留言（编号 ${number}），答复如下：\n\n${text}\n`,
  },
  'zh-TW': {
    subject: (number) => `關於您的留言 ${number} 的回覆`,
    answer: (number, branch, text) => `您好：\n\n關於您給${branch}的留言（編號 ${number}），回覆如下：\n\n${text}\n`,
  },
  en: {
    subject: (number) => `Our answer to your message ${number}`,
    answer: (number, branch, text) =>
      `Hello,\n\nthis is our answer to your message ${number} to ${branch}:\n\n${text}\n`,
  },
};
