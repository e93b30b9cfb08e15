import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { createDuck } from '../../display/announce/duck.ts';
import { createPlayer, type PlayerPorts } from '../../display/announce/player.ts';
import type { Announcement } from '../../display/announce/queue.ts';
import { chimeMs } from '../../display/announce/tones.ts';
import { volumeAt } from '../../display/announce/volume.ts';
import { shiftAfter } from '../../display/burn-in.ts';
import { following, localTime, playable } from '../../display/playlist.ts';
import { signsOf } from '../../display/signs.ts';
import { sizeFor, sizesFor } from '../../display/sizes.ts';
import { pagesOf, tickerPages } from '../../display/ticker-pages.ts';
import type { PlaylistItem } from '../../protocol/display.ts';
import { TurnedClock } from '../support/display-calls.ts';

const item = (times = 1): Announcement => ({
  ...{
    callId: 'c',
    number: 'A023',
    counterId: 'c1',
    label: '3',
    times,
    lastAt: 0,
    languages: ['zh-CN', 'en'] as const,
  },
});

/** What came out of the loudspeaker, in order. */
function heard(more: Partial<PlayerPorts> = {}) {
  const said: string[] = [];
  const player = createPlayer({
    chime: (kind) => Promise.resolve(void said.push(`chime ${kind}`)),
    spoken: (_item, language, form) =>
      Promise.resolve({ ms: 4_000, say: () => Promise.resolve(void said.push(`${language} ${form}`)) }),
    sayTwice: () => true,
    lower: (on) => void said.push(on ? 'media down' : 'media up'),
    ...more,
  });
  return { said, player };
}

describe('what is heard of a call', () => {
  const twice = ['zh-CN call', 'en call', 'zh-CN call', 'en call'];
  test.each([
    ['full', 1, true, ['chime call', ...twice]],
    ['full', 2, false, ['chime recall', ...twice.slice(2)]],
    ['short', 1, true, ['chime call', 'zh-CN call']],
    ['number', 1, true, ['chime call', 'zh-CN number']],
  ] as const)('%s, called %i times, alone: %s', async (fullness, times, alone, expected) => {
    const { said, player } = heard();
    await player.play(item(times), fullness, () => alone);
    expect(said).toEqual(['media down', ...expected, 'media up']);
  });

  test('without a voice there is the chime, and with a broken one the media comes back', async () => {
    const without = heard({ spoken: () => Promise.resolve(undefined) });
    await without.player.play(item(), 'full', () => true);
    expect(without.said).toEqual(['media down', 'chime call', 'media up']);
    const broken = heard({ chime: () => Promise.reject(new Error('no sound card')) });
    await expect(broken.player.play(item(), 'full', () => true)).rejects.toThrow('no sound card');
    expect(broken.said).toEqual(['media down', 'media up']);
  });

  test('how long it should take is known from the sounds once they are there', async () => {
    const { player } = heard();
    player.prepare(item());
    await Promise.resolve();
    await Promise.resolve();
    expect(player.expectedMs(item(), 'full')).toBe(chimeMs('call') + 2 * 2 * 4_000);
    expect(player.expectedMs(item(), 'short')).toBe(chimeMs('call') + 4_000);
  });
});

test('media goes down to 15 % in 300 ms and comes back in 600 ms, from wherever it is', async () => {
  const clock = new TurnedClock(0);
  let share = 1;
  const low = createDuck({ now: () => clock.now, after: clock.after, set: (next) => (share = next) });
  low(true);
  await clock.turn(150);
  expect(share).toBeCloseTo(0.575);
  await clock.turn(150);
  expect(share).toBeCloseTo(0.15);
  low(false);
  await clock.turn(300);
  expect(share).toBeCloseTo(0.575);
  low(true);
  await clock.turn(300);
  expect(share).toBeCloseTo(0.15);
  low(false);
  await clock.turn(600);
  expect(share).toBe(1);
});

test('D9 the picture moves by 4 px every three minutes and comes back', () => {
  const minutes = [0, 2.9, 3, 6, 9, 12];
  expect(minutes.map((shown) => shiftAfter(shown * 60_000))).toEqual([
    '0 0',
    '0 0',
    '4px 0',
    '4px 4px',
    '0 4px',
    '0 0',
  ]);
});

test('D7 what is read from afar has a contrast of at least 7', () => {
  const css = readFileSync('client/tokens.css', 'utf8');
  const dark = css.slice(css.indexOf("[data-theme='dark']"));
  const colourIn = (rules: string, name: string) => new RegExp(`--${name}:\\s*(#[0-9a-f]{6})`, 'i').exec(rules)?.[1];
  const colour = (name: string) => colourIn(dark, name) ?? colourIn(css, name) ?? missing(name);
  const ON = {
    ink: ['bg', 'surface', 'surface-2'],
    'ink-2': ['bg', 'surface'],
    warn: ['surface-2'],
    'on-call': ['call'],
  };
  for (const [text, grounds] of Object.entries(ON))
    for (const ground of grounds)
      expect([text, ground, contrast(colour(text), colour(ground)) >= 7]).toEqual([text, ground, true]);
});

function missing(name: string): never {
  throw new Error(`tokens.css has no --${name} for the dark theme`);
}

/** WCAG 2: of two colours written #rrggbb. */
function contrast(one: string, other: string): number {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const [brighter = 0, darker = 1] = [light(one), light(other)].sort((a, b) => b - a);
  return brighter / darker;
}

test('quiet hours have a volume of their own', () => {
  const settings = { volume: 80, quietHours: [{ from: '12:00', to: '13:30', volume: 25 }] };
  expect(['11:59', '12:00', '13:29', '13:30'].map((time) => volumeAt(settings, time))).toEqual([0.8, 0.25, 0.25, 0.8]);
});

describe('D1, D2 type for the farthest seat', () => {
  test('the called number, 264 px, is seen under 0.7 degrees from 10 m on 55 inches', () => {
    expect(sizeFor(42, 10, 55)).toBeLessThanOrEqual(264);
    expect(sizeFor(42, 10.2, 55)).toBeGreaterThan(264);
  });

  test.each([
    [55, 4],
    [55, 6],
    [65, 8],
    [43, 5],
    [75, 10],
  ])('on %i inches from %i m the history is seen under 22 minutes of arc', (diagonalInches, metres) => {
    const { history, caption, rows } = sizesFor({ diagonalInches, farthestSeatMetres: metres });
    expect(history).toBeGreaterThanOrEqual(sizeFor(22, metres, diagonalInches));
    if (diagonalInches >= 55) expect(caption).toBeGreaterThanOrEqual(sizeFor(16, Math.min(5, metres), diagonalInches));
    // The rows fit in the list of 500 px.
    expect(rows * history).toBeLessThanOrEqual(500);
  });
});

describe('D4 the ticker', () => {
  const text = '取款超过 5 万元，请提前一个工作日预约；过号后 30 分钟内可重新排队，已等候的时间仍然有效';
  test('goes on on the next page, between clauses, and loses nothing', () => {
    expect(pagesOf('短句', 30)).toEqual(['短句']);
    expect(pagesOf(text, 30)).toEqual([
      '取款超过 5 万元，请提前一个工作日预约；',
      '过号后 30 分钟内可重新排队，已等候的时间仍然有效',
    ]);
    const english = 'Aged 60 or over, pregnant, with a disability or a small child? Please tell our lobby manager';
    expect(pagesOf(english, 36).join(' ')).toBe(english);
    expect(pagesOf('x'.repeat(100), 20).join('')).toBe('x'.repeat(100));
  });

  test('is in the language of the screen and in English; a line in one language is shown in that one', () => {
    const lines = [
      { 'zh-CN': '停电', 'zh-TW': '停電', en: 'No power' },
      { 'zh-CN': '', 'zh-TW': '', en: 'Only English' },
      { 'zh-CN': '', 'zh-TW': '只有繁體', en: '' },
    ];
    const said = (locale: 'zh-CN' | 'en') => tickerPages(lines, locale, 30).map(({ text: page }) => page);
    expect(said('zh-CN')).toEqual(['停电', 'No power', 'Only English', '只有繁體']);
    expect(said('en')).toEqual(['No power', 'Only English', '只有繁體']);
  });
});

describe('the playlist', () => {
  const of = (src: string, more: Partial<PlaylistItem> = {}): PlaylistItem => ({
    ...{ kind: 'image', src, seconds: 20, sound: false },
    ...more,
  });
  const list = [of('a'), of('b', { from: '09:00', to: '12:00' }), of('c', { days: ['sat', 'sun'] })];
  const names = (time: string, weekday: 'tue' | 'sat', missing: readonly string[] = []) =>
    playable(list, { time, weekday }, new Set(missing)).map(({ src }) => src);

  test('is by the time of the day and the weekday of the branch; what is missing is passed over', () => {
    expect(names('10:00', 'tue')).toEqual(['a', 'b']);
    expect(names('12:00', 'sat')).toEqual(['a', 'c']);
    expect(names('10:00', 'tue', ['a'])).toEqual(['b']);
    expect(localTime(Date.parse('2026-11-27T23:30:00Z'), 'Asia/Shanghai')).toEqual({ time: '07:30', weekday: 'sat' });
  });

  test('goes round, and begins anew where the shown one is not there any more', () => {
    const items = playable(list, { time: '10:00', weekday: 'tue' }, new Set());
    expect(following(items, undefined)?.src).toBe('a');
    expect(following(items, of('a'))?.src).toBe('b');
    expect(following(items, of('b'))?.src).toBe('a');
    expect(following(items, of('gone'))?.src).toBe('a');
    expect(following([], of('a'))).toBeUndefined();
  });
});

describe('signs from the state of the queue', () => {
  const name = { 'zh-CN': '', 'zh-TW': '', en: '' };
  const zones = (['self-service', 'cash', 'vip'] as const).map((kind) => ({ id: kind, kind, name }));
  const segment = (id: string, zone: string) =>
    ({
      id,
      zone,
      name,
      prefix: 'A',
      firstNumber: 1,
      width: 3,
      colour: 'blue',
      targetMinutes: 1,
      ceilingMinutes: 2,
      rank: 1,
      weight: 1,
    }) as const;
  const profile = { zones, segments: [segment('a', 'cash'), segment('b', 'cash'), segment('v', 'vip')] };
  const signs = (minutes: readonly (number | undefined)[], machinesFree = 0, open = true) => {
    const segments = minutes.map((to, place) => ({
      segment: profile.segments[place]?.id ?? '',
      waiting: 1,
      ...(to !== undefined && { range: { fromMinutes: to, toMinutes: to } }),
    }));
    const { length } = segments;
    const all = signsOf({ open, segments, machinesFree }, profile, { cash: 'left' });
    return length === 0 ? [] : all.map(({ kind, segment: of, count, direction }) => [kind, of, count, direction]);
  };

  test('free machines, a line without a wait, a line that is plainly shorter; never the guests’ room', () => {
    expect(signs([10, 20, 0], 2)).toEqual([
      ['machines-free', undefined, 2, undefined],
      ['shortest', 'a', 10, 'left'],
    ]);
    expect(signs([10, 0, 0])).toEqual([['no-wait', 'b', 0, 'left']]);
    expect(signs([10, 14, 0])).toEqual([]);
    expect(signs([undefined, undefined, 0])).toEqual([]);
    expect(signs([10, 20, 0], 2, false)).toEqual([]);
  });
});
