import type { Locale } from '../domain/config.ts';
import { EN } from './messages.en.ts';
import { ZH_CN, type FeedbackMessages } from './messages.zh-cn.ts';
import { ZH_TW } from './messages.zh-tw.ts';

export const MESSAGES: Readonly<Record<Locale, FeedbackMessages>> = { 'zh-CN': ZH_CN, 'zh-TW': ZH_TW, en: EN };
