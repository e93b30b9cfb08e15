import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DisplaySettings, SoundState, SpeakerAnswer } from '../../protocol/display.ts';
import type { Problem } from '../../protocol/messages.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { branchesNamed, noJobs, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';
import type { Screen } from '../support/screen.ts';
import { ShakyStore } from '../support/shaky-store.ts';

let hall: RunningHall;
let display: string;
const contentFolder = mkdtempSync(join(tmpdir(), 'lobbyflow-content-'));

beforeAll(async () => {
  const playlist = join(contentFolder, 'playlist');
  mkdirSync(join(playlist, '.git'), { recursive: true });
  for (const file of ['how-to.html', 'safe.svg', 'notes.txt', '.secret.html', '.git/config.html'])
    writeFileSync(join(playlist, file), '<p>Hello</p>');
  writeFileSync(join(contentFolder, 'outside.html'), 'outside');
  const branches = branchesNamed('b').map((branch) => ({
    ...branch,
    display: {
      ...branch.display,
      playlist: [
        { file: 'how-to.html', seconds: 20, sound: false },
        { file: 'vip.png', seconds: 20, sound: false, zones: ['vip-room'] },
      ],
      zones: { 'vip-room': { volume: 30 } },
    },
  }));
  const adapters = { database: new ShakyStore(new MemoryStore()).database(), jobs: noJobs };
  hall = await openHall({ branches, adapters, env: testEnv({ contentFolder }) });
  display = await hall.token({ branchId: 'b', role: 'display' });
});
afterAll(() => hall.close());

const ask = (path: string, token?: string) =>
  fetch(`${hall.url}${path}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
const settings = async (query = '') =>
  (await (await ask(`/api/branches/b/display${query}`, display)).json()) as DisplaySettings;

test('a display is told how it looks and sounds; a zone may have its own', async () => {
  expect(await settings()).toMatchObject({
    layout: 'call-first',
    volume: 80,
    playlist: [{ kind: 'page', src: '/content/how-to.html' }],
  });
  expect(await settings('?zone=vip-room')).toMatchObject({ volume: 30, playlist: [{}, { kind: 'image' }] });
  expect((await ask('/api/branches/b/display?color=red', display)).status).toBe(400);
  const teller = await hall.token({ branchId: 'b', role: 'teller', staffId: '2001' });
  expect((await ask('/api/branches/b/display', teller)).status).toBe(403);
  expect((await ask('/api/branches/b/display')).status).toBe(401);
});

test('a call comes as sound, made once; nothing but a number and a counter of the branch is spoken', async () => {
  const first = await ask('/api/branches/b/voice/zh-CN/c1/A023', display);
  expect([first.status, first.headers.get('content-type')]).toEqual([200, 'audio/wav']);
  expect(first.headers.get('cache-control')).toContain('private');
  const wav = Buffer.from(await first.arrayBuffer());
  expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
  const number = await (await ask('/api/branches/b/voice/zh-CN/c1/A023?form=number', display)).arrayBuffer();
  expect(number.byteLength).toBeLessThan(0.7 * wav.length);
  expect((await ask('/api/branches/b/voice/zh-CN/c99/A023', display)).status).toBe(404);
  for (const what of ['fr/c1/A023', 'en/c1/hello', 'en/c1/A023%3B-f', 'en/c1/--help', 'en/c1/X001'])
    expect([what, (await ask(`/api/branches/b/voice/${what}`, display)).status]).toEqual([what, 400]);
  expect((await ask('/api/branches/b/voice/en/c1/A023')).status).toBe(401);
  const kiosk = await hall.token({ branchId: 'b', role: 'kiosk' });
  expect((await ask('/api/branches/b/voice/en/c1/A023', kiosk)).status).toBe(403);
  expect(await (await ask('/health')).json()).toMatchObject({ voice: 'espeak-ng' });
});

/** As it is written: a client of today would tidy the address up. */
function statusOf(path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(hall.url);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
}

test('the playlist is served from its folder alone, and what is in it can do nothing', async () => {
  const page = await ask('/content/how-to.html');
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none';/);
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await ask('/content/safe.svg')).headers.get('content-type')).toContain('image/svg+xml');
  const nothing = [
    'notes.txt',
    '.secret.html',
    '.git/config.html',
    '../outside.html',
    '%2e%2e/outside.html',
    '..%2foutside.html',
    '',
    'gone.png',
  ];
  for (const path of nothing) expect([path, await statusOf(`/content/${path}`)]).toEqual([path, 404]);
});

describe('one display speaks in each place', () => {
  const open = (audience: { zone?: string; counterId?: string } = {}) =>
    hall.screen('b', { role: 'display' }, { kind: 'display', ...audience });
  const says = async (screen: Screen, name: string, state: SoundState = 'on') => {
    const socket = screen.socket.timeout(5_000);
    const answer = (await socket.emitWithAck('sound', { screen: name, state })) as
      SpeakerAnswer | { ok: false; problem: Problem };
    return answer.ok ? answer.speaks : answer.problem.code;
  };

  test('the one that has been there longest and can be heard; a voice goes before a chime', async () => {
    const [first, second] = [await open(), await open()];
    await hall.clock.advanceBy(1_000);
    const third = await open();
    expect(await says(third, 'third', 'chime')).toBe(true);
    expect(await says(second, 'second')).toBe(true);
    expect(await says(third, 'third', 'chime')).toBe(false);
    await hall.clock.advanceBy(1_000);
    expect(await says(first, 'first')).toBe(true);
    expect(await says(second, 'second')).toBe(false);
    // Muted by its browser, stalled, or set to be quiet: another one takes over.
    for (const state of ['blocked', 'stalled', 'quiet'] as const) {
      expect(await says(first, 'first', state)).toBe(false);
      expect(await says(second, 'second')).toBe(true);
    }
    second.close();
    await hall.clock.advanceBy(1_000);
    expect(await says(first, 'first', 'quiet')).toBe(false);
    expect(await says(third, 'third')).toBe(true);
    const manager = await hall.token({ branchId: 'b', role: 'manager' });
    const { screens } = (await (await ask('/api/branches/b/presence', manager)).json()) as { screens: object[] };
    expect(screens).toContainEqual(expect.objectContaining({ sound: { screen: 'first', state: 'quiet' } }));
    first.close();
    third.close();
  });

  test('zones each have their own, a sign above a counter never speaks, and only displays are asked', async () => {
    const [inHall, inRoom, sign] = [await open(), await open({ zone: 'vip-room' }), await open({ counterId: 'c1' })];
    expect(await says(inHall, 'hall')).toBe(true);
    expect(await says(inRoom, 'room')).toBe(true);
    expect(await says(sign, 'sign')).toBe(false);
    const kiosk = await hall.screen('b', { role: 'kiosk' }, { kind: 'kiosk' });
    expect(await says(kiosk, 'kiosk')).toBe('bad-message');
    expect(await says(inHall, 'a name with spaces')).toBe('bad-message');
    for (const screen of [inHall, inRoom, sign, kiosk]) screen.close();
  });
});
