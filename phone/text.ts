import type { SendResult } from '../client/connection.ts';
import { refusalText } from '../client/refusal.ts';
import { createSmallText } from '../client/small-text.ts';
import { MESSAGES } from './messages.ts';

export const t = createSmallText(MESSAGES);

/** The sentence for a command that was not done; empty when it was. What is said seldom is loaded only then. */
export async function refusalOf(result: SendResult): Promise<string> {
  if (result.ok) return '';
  if ('unsent' in result || 'unconfirmed' in result) return refusalText(t, result);
  const { COMMON_MESSAGES } = await import('../client/messages.ts');
  return refusalText(createSmallText(COMMON_MESSAGES), result);
}
