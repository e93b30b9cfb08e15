import { describe, expect, test } from '@jest/globals';
import type { RatingView } from '../../domain/views/rating-view.ts';
import { IDLE, markOf, onFace, onReasons, onSent, onView, type Asking } from '../../rating/asking.ts';

const NOW = 1_000_000;
const served = (number: string, since: number): NonNullable<RatingView['toRate']> => ({
  ...{ number, since, until: since + 15_000, language: 'zh-TW' },
});
const view = (toRate?: RatingView['toRate']): RatingView => ({
  ...{ kind: 'rating', day: '2026-11-24', open: true, counterId: 'c1', label: '1', status: 'open', toRate },
});
const A1 = served('A001', NOW);
const asked = onView(IDLE, view(A1), NOW, undefined);

describe('the rating screen asks', () => {
  test('when a service has ended, until its time is over or an undo takes it back', () => {
    expect(asked).toMatchObject({ step: 'faces', of: { number: 'A001', language: 'zh-TW' }, until: NOW + 15_000 });
    expect(onView(asked, view(A1), NOW + 14_000, undefined)).toBe(asked);
    expect(onView(asked, view(A1), NOW + 15_000, undefined)).toBe(IDLE);
    expect(onView(asked, view(), NOW + 3_000, undefined)).toBe(IDLE);
  });

  test('nobody twice, but again when the service was finished again', () => {
    const settled = markOf(A1);
    expect(onView(IDLE, view(A1), NOW + 5_000, settled)).toBe(IDLE);
    expect(onView(IDLE, view(served('A001', NOW + 9_000)), NOW + 9_000, settled).step).toBe('faces');
  });

  test('a content customer for nothing more', () => {
    const sent = onFace(asked, 4, NOW + 1_000);
    expect(sent).toMatchObject({ step: 'sending', score: 4, reasons: [] });
    const thanks = onSent(sent, NOW + 1_200);
    expect(onView(thanks, view(A1), NOW + 3_000, markOf(A1)).step).toBe('thanks');
    expect(onView(thanks, view(A1), NOW + 3_200, markOf(A1))).toBe(IDLE);
  });

  test('a discontented one what was wrong, and counts whoever walks away without saying', () => {
    const why = onFace(asked, 2, NOW + 1_000);
    expect(why).toMatchObject({ step: 'reasons', until: NOW + 11_000 });
    expect(onReasons(why, ['slow'])).toMatchObject({ step: 'sending', score: 2, reasons: ['slow'] });
    expect(onView(why, view(), NOW + 10_000, undefined)).toBe(why);
    expect(onView(why, view(), NOW + 11_000, undefined)).toMatchObject({ step: 'sending', score: 2, reasons: [] });
    // The next one is served already.
    const next = view(served('A002', NOW + 5_000));
    expect(onView(why, next, NOW + 5_000, undefined)).toMatchObject({ step: 'sending', of: { number: 'A001' } });
  });

  test('the next customer at once, whatever it showed', () => {
    const next = view(served('A002', NOW + 4_000));
    const thanks: Asking = onSent(onFace(asked, 5, NOW), NOW + 3_500);
    for (const step of [IDLE, asked, thanks])
      expect(onView(step, next, NOW + 4_000, markOf(A1))).toMatchObject({ step: 'faces', of: { number: 'A002' } });
  });

  test('a tap that comes when nobody is asked is nothing', () => {
    expect(onFace(IDLE, 5, NOW)).toBe(IDLE);
    expect(onReasons(asked, ['slow'])).toBe(asked);
  });
});
