import type { Locale } from '../domain/config.ts';
import { en } from './messages/en.ts';
import { zhCN, type CounterMessages } from './messages/zh-cn.ts';
import { zhTW } from './messages/zh-tw.ts';

export const counterMessages: Record<Locale, CounterMessages> = { 'zh-CN': zhCN, 'zh-TW': zhTW, en };
