import { createSmallText } from '../client/small-text.ts';
import { MESSAGES } from './messages.ts';

export const t = createSmallText(MESSAGES);
