import { createSmallText } from '../client/small-text.ts';
import { ratingMessages } from './messages.ts';

export const t = createSmallText(ratingMessages);
