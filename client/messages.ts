import type { Locale } from '../domain/config.ts';
import type { RejectionCode } from '../domain/rejections.ts';
import type { TicketStatus } from '../domain/state.ts';
import type { Problem } from '../protocol/messages.ts';
import type { IdentityWords } from './identity-words.ts';
import type { OwnSecretWords } from './own-secret-words.ts';
import { EN } from './messages.en.ts';
import { ZH_CN } from './messages.zh-cn.ts';
import { ZH_TW } from './messages.zh-tw.ts';

/** The words that every screen has. A new rejection or problem without its sentence does not compile. */
export interface CommonMessages {
  readonly identity: IdentityWords;
  readonly ownSecret: OwnSecretWords;
  readonly refusal: Readonly<Record<RejectionCode, string>>;
  readonly problem: Readonly<Record<Problem['code'], string>>;
  readonly sending: { readonly unsent: string; readonly unconfirmed: string };
  readonly ticketStatus: Readonly<Record<TicketStatus, string>>;
  readonly freshness: {
    readonly connecting: string;
    readonly live: string;
    readonly late: string;
    readonly offline: string;
    /** The banner: `{n}` tries so far. */
    readonly banner: string;
    readonly restored: string;
  };
  readonly common: {
    readonly language: string;
    readonly cancel: string;
    readonly confirm: string;
    readonly close: string;
    readonly back: string;
    readonly minutes: string;
    readonly hours: string;
    readonly now: string;
  };
  readonly access: {
    readonly title: string;
    readonly text: string;
    readonly label: string;
    readonly enter: string;
    readonly wrong: string;
  };
}

export const COMMON_MESSAGES: Readonly<Record<Locale, CommonMessages>> = { 'zh-CN': ZH_CN, 'zh-TW': ZH_TW, en: EN };
