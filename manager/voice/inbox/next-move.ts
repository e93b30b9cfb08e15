import type { InboxMove } from '../../../domain/inbox/moves.ts';
import type { InboxItem } from '../../../protocol/inbox.ts';

/** What one would do next with an entry; the rest that may be done stands beside it. */
export function nextMove({
  may,
  nature,
  takenBy,
  answeredAt,
}: Pick<InboxItem, 'may' | 'nature' | 'takenBy' | 'answeredAt'>): InboxMove | undefined {
  const isTheirs = takenBy !== undefined && may.includes('close');
  const reply = answeredAt === undefined ? 'answer' : 'close';
  const next = isTheirs ? (nature === 'complaint' ? 'make-case' : reply) : 'take';
  return may.includes(next) ? next : undefined;
}
