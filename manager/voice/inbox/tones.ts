import type { InboxNature } from '../../../protocol/inbox-lists.ts';

/** The look of a chip: what complains is to be seen first. */
export function toneOf(nature: InboxNature): 'danger' | 'ok' | undefined {
  if (nature === 'complaint') return 'danger';
  return nature === 'praise' ? 'ok' : undefined;
}
