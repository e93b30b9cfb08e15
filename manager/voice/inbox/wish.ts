import type { BranchId } from '../../../domain/ids.ts';
import type { InboxState } from '../../../domain/inbox/moves.ts';
import {
  INBOX_KINDS,
  INBOX_NATURES,
  INBOX_STATES,
  type InboxKind,
  type InboxNature,
} from '../../../protocol/inbox-lists.ts';
import { given } from '../given.ts';

/** What somebody looks at in the inbox: all of it is in the address. */
export interface InboxWish {
  readonly state?: InboxState | undefined;
  readonly kind?: InboxKind | undefined;
  readonly nature?: InboxNature | undefined;
  /** Instead of the console's own branch; `all`: every branch that the person may see. */
  readonly branch?: BranchId | 'all' | undefined;
  readonly mine?: true | undefined;
  readonly words?: string | undefined;
  /** The entry that is open; `new`: one is being typed in. */
  readonly item?: string | undefined;
}

/** What of it makes no sense is left out. */
export function inboxWishOf(query: string): InboxWish {
  const asked = new URLSearchParams(query);
  const one = <T extends string>(name: string, of: readonly T[]) => of.find((value) => value === asked.get(name));
  const text = (name: string) => asked.get(name)?.trim().slice(0, 80) || undefined;
  return given({
    state: one('state', INBOX_STATES),
    kind: one('kind', INBOX_KINDS),
    nature: one('nature', INBOX_NATURES),
    branch: text('branch'),
    mine: asked.has('mine') || undefined,
    words: text('words'),
    item: text('item'),
  });
}

/** For the address. */
export function inboxQueryOf({ mine, ...texts }: InboxWish): string {
  return new URLSearchParams({ ...given(texts), ...(mine && { mine: '' }) }).toString();
}

/** For the server, which is asked for a list; without what is open. */
export function inboxSearchOf(wish: InboxWish, own: BranchId): string {
  const { state, kind, nature, branch = own, mine, words } = wish;
  const lists = { states: state, kinds: kind, natures: nature, branches: branch === 'all' ? undefined : branch };
  return new URLSearchParams({ ...given({ ...lists, words }), ...(mine && { takenBy: 'me' }) }).toString();
}
