import { describe, expect, test } from '@jest/globals';
import { harbour, load, problemsOf, spoil } from './branch-folder.ts';

/** The display section of the demo with something else in the place of its playlist. */
const withPlaylist = (item: string) => {
  const [begin = '', rest = ''] = harbour.split('  playlist:\n');
  return {
    'harbour.yaml': `${begin}  playlist:\n    - ${item}\n${rest.slice(rest.indexOf('  zones:\n    vip-room'))}`,
  };
};

describe('the display section', () => {
  test('has defaults for everything; D8 a film is quiet unless it is to be heard', () => {
    const [branch] = load(withPlaylist('{ file: tour/welcome.mp4 }')).branches;
    expect(branch?.display).toMatchObject({
      ...{ layout: 'call-first', screen: { diagonalInches: 55, farthestSeatMetres: 6 }, languages: ['zh-CN', 'en'] },
      playlist: [{ file: 'tour/welcome.mp4', seconds: 20, sound: false }],
    });
    expect(JSON.stringify(branch?.config)).not.toContain('playlist');
  });

  test.each([
    ['{ file: ../secret.html }', 'write the path of a file in the playlist folder'],
    ['{ file: /etc/passwd }', 'write the path of a file in the playlist folder'],
    ['{ file: clip.exe }', 'write the path of a file in the playlist folder'],
    ["{ file: a.png, from: '17:00', to: '09:00' }", 'from must be before to'],
    ['{ file: a.png, seconds: 2 }', 'nobody reads it in less than 5 seconds'],
    ['{ file: a.png, zones: [cellar] }', 'there is no zone "cellar"'],
  ])('%s', (item, says) => {
    expect(problemsOf(withPlaylist(item)).join('\n')).toContain(says);
  });

  test('D1 a number that cannot be read from the farthest seat is a warning', () => {
    const spoiled = spoil(
      harbour,
      'display:\n  quietHours',
      'display:\n  screen: { diagonalInches: 43, farthestSeatMetres: 9 }\n  quietHours',
    );
    expect(load({ 'harbour.yaml': spoiled }).warnings.join('\n')).toContain(
      'from 9 metres the number on a screen of 43 inches',
    );
  });
});
