import { describe, expect, test } from '@jest/globals';
import { EN_INBOX } from '../../manager/messages/inbox.en.ts';
import { ZH_CN_INBOX } from '../../manager/messages/inbox.zh-cn.ts';
import { ZH_TW_INBOX } from '../../manager/messages/inbox.zh-tw.ts';
import { hashOf, placeOf } from '../../manager/place.ts';
import { nextMove } from '../../manager/voice/inbox/next-move.ts';
import { inboxQueryOf, inboxSearchOf, inboxWishOf, type InboxWish } from '../../manager/voice/inbox/wish.ts';
import { inboxQuerySchema, type InboxItem, type InboxRefusal } from '../../protocol/inbox.ts';

describe('what is looked for', () => {
  const wish: InboxWish = {
    ...({ state: 'new', kind: 'suggestion-book', nature: 'praise', branch: 'all' } as const),
    ...({ mine: true, words: 'chairs', item: 'abc' } as const),
  };

  test('is in the address, and comes back from it', () => {
    const hash = hashOf({ page: 'inbox', query: inboxQueryOf(wish) });
    expect(inboxWishOf(placeOf(hash).query ?? '')).toEqual(wish);
    expect(inboxQueryOf(inboxWishOf('state=lost&kind=fax&words=%20&more=1'))).toBe('');
  });

  test('is asked as the server reads it: of this branch unless all are wanted; without what is open', () => {
    const asked = (of: Parameters<typeof inboxSearchOf>[0]) =>
      inboxQuerySchema.parse(Object.fromEntries(new URLSearchParams(inboxSearchOf(of, 'harbour'))));
    expect(asked({})).toMatchObject({ branches: ['harbour'], states: [], kinds: [] });
    expect(asked(wish)).toMatchObject({
      ...{ branches: [], states: ['new'], kinds: ['suggestion-book'], natures: ['praise'], takenBy: 'me' },
      words: 'chairs',
    });
  });
});

describe('what comes next with an entry', () => {
  const item = (more: Partial<InboxItem>) =>
    nextMove({ may: ['take', 'answer', 'close', 'make-case'], nature: 'suggestion', takenBy: '1001', ...more });

  test('it is taken first; a complaint becomes a case; else it is answered, and then done', () => {
    expect(item({ takenBy: undefined, may: ['take'] })).toBe('take');
    // Of another: taking it over is the only way.
    expect(item({ takenBy: '1002', may: ['take'] })).toBe('take');
    expect(item({ nature: 'complaint' })).toBe('make-case');
    expect(item({})).toBe('answer');
    expect(item({ answeredAt: 1 })).toBe('close');
    expect(item({ may: [] })).toBeUndefined();
  });
});

test.each([EN_INBOX, ZH_CN_INBOX, ZH_TW_INBOX])('there is a sentence for each refusal', ({ inbox }) => {
  const reasons: Record<InboxRefusal, true> = {
    'done-already': true,
    'case-made-already': true,
    'not-taken': true,
    'taken-by-other': true,
    'changed-meanwhile': true,
  };
  const doors = ['page-too-large', 'page-type', 'not-allowed', 'bad-message', 'too-fast', 'no-answer'];
  expect(Object.keys(inbox.refusal).sort()).toEqual([...Object.keys(reasons), ...doors].sort());
});
