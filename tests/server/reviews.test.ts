import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Role } from '../../server/identity/caller.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import type { Jobs } from '../../server/ports.ts';
import { complaintsOf, suggestionsOf, zonesOf } from '../../server/reviews/sources.ts';
import { openStore } from '../../server/store/open-store.ts';
import type { QuarterReport, ReviewList, ShownPack } from '../../protocol/reviews.ts';
import { copyEmptyDatabase } from '../support/empty-database.ts';
import { docxParts, wordsOf } from '../support/docx-parts.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { branchesNamed, log, noJobs, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';

jest.setTimeout(120_000);
const SECRET = 'a secret for tests that is long enough';
const BRANCHES = branchesNamed('b', 'other');
const HEAD = ['branch-head', '1001'] as const;
const LOBBY = ['manager', '1002'] as const;
const NETWORK = ['network-manager', '9001'] as const;

let hall: RunningHall;
let due: () => Promise<void>;
beforeAll(async () => {
  // In half an hour it is Tuesday 1 December where the branch is: the first working day.
  const clock = new ManualClock(Date.parse('2026-11-30T15:30Z'));
  const handlers = new Map<string, Parameters<Jobs['handle']>[1]>();
  const jobs: Jobs = { ...noJobs, handle: (name, handler) => void handlers.set(name, handler) };
  const folder = testEnv().dataFolder;
  copyEmptyDatabase(folder);
  const database = await openStore({ folder, log });
  const at = { branchId: 'b', at: clock.now(), segment: 'cash', services: ['transfer'], reasons: [] };
  const dimensions = { attitude: 5, efficiency: 2 };
  await database.ratings.add({ ...at, day: '2026-11-10', ticketId: 't1', channel: 'phone', score: 4, dimensions });
  await database.ratings.add({
    ...at,
    day: '2026-11-30',
    ticketId: 't2',
    channel: 'counter',
    score: 5,
    dimensions: {},
  });
  await database.ratings.add({
    ...at,
    day: '2026-12-01',
    ticketId: 't3',
    channel: 'counter',
    score: 1,
    dimensions: {},
  });
  hall = await openHall({ env: testEnv({ secret: SECRET }), branches: BRANCHES, clock, adapters: { database, jobs } });
  due = () => handlers.get('review-packs')?.({ timeZone: 'Asia/Shanghai' }) ?? Promise.reject(new Error('no such job'));
});
afterAll(() => hall.close());

async function call(who: readonly [Role, string], path: string, body?: object, method = 'POST', branchId?: string) {
  const tokens = new Tokens(new TextEncoder().encode(SECRET), hall.clock);
  const [role, staffId] = who;
  const own = role === 'network-manager' || role === 'auditor' ? branchId : (branchId ?? 'b');
  const session = { role, actor: `staff:${staffId}`, staffId, ...(own !== undefined && { branchId: own }) };
  const token = await tokens.issue(session, hall.clock.now() + 3_600_000);
  return fetch(`${hall.url}/api/${path}`, {
    method: body === undefined ? 'GET' : method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
async function answer(...of: Parameters<typeof call>) {
  const response = await call(...of);
  const body = (await response.json()) as Record<string, unknown>;
  return response.ok ? body : { status: response.status, reason: body['reason'], lacks: body['lacks'] };
}
const list = async (who: readonly [Role, string] = HEAD) =>
  (await answer(who, 'branches/b/reviews')) as unknown as ReviewList;
const AT = 'branches/b/reviews/meetings';

test('a month has its pack from the first working day after it, made once, with what was known then', async () => {
  await due();
  expect((await list()).packs.map(({ month }) => month)).toEqual(['2026-10']);
  await hall.clock.advanceBy(3_600_000);
  await due();
  await due();
  const { packs, meetings } = await list();
  expect(packs.map(({ month }) => month)).toEqual(['2026-11', '2026-10']);
  expect(meetings.map(({ month, state }) => [month, state])).toEqual([
    ['2026-11', 'open'],
    ['2026-10', 'open'],
  ]);
  const pack = (await answer(HEAD, 'branches/b/reviews/packs/2026-11')) as unknown as ShownPack;
  expect(pack.facts.ratings).toEqual({
    count: 2,
    mean: 4.5,
    scores: [0, 0, 0, 1, 1],
    dimensions: { efficiency: { count: 1, mean: 2 }, attitude: { count: 1, mean: 5 } },
  });
  expect(pack.facts).toMatchObject({ month: '2026-11', language: 'zh-CN', complaints: { received: 0 } });
  expect(pack.names).toMatchObject(Object.fromEntries((BRANCHES[0]?.staff ?? []).map(({ id, name }) => [id, name])));
  const by = (month: string) => answer(HEAD, `branches/b/reviews/packs/${month}`, {});
  expect(await by('2026-11')).toMatchObject({ status: 409, reason: 'pack-exists' });
  expect(await by('2026-12')).toMatchObject({ status: 409, reason: 'month-not-over' });
  expect(await by('2026-13')).toMatchObject({ status: 400 });
});

test('the pack is a document in the language of the branch, and in the others', async () => {
  const paper = async (query: string) => {
    const response = await call(HEAD, `branches/b/reviews/packs/2026-11/document${query}`);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename=review-b-2026-11.docx');
    return wordsOf(docxParts(Buffer.from(await response.arrayBuffer())));
  };
  expect(await paper('')).toContain('月度服务分析');
  expect(await paper('?language=zh-TW')).toContain('月度服務檢討');
  expect(await paper('?language=en')).toContain('Monthly review');
  expect((await call(HEAD, 'branches/b/reviews/packs/2026-11/document?language=fr')).status).toBe(400);
  expect((await call(HEAD, 'branches/b/reviews/packs/2020-01/document')).status).toBe(404);
});

describe('meetings', () => {
  test('an extraordinary one is asked for, and decided by somebody else', async () => {
    const ask = (who: readonly [Role, string]) =>
      answer(who, AT, { reason: 'Too many waited an hour', day: '2026-12-03' });
    const [own, other] = [await ask(HEAD), await ask(LOBBY)];
    const decide = (who: readonly [Role, string], id: unknown, how: string, body = {}) =>
      answer(who, `${AT}/${String(id)}/${how}`, body);
    expect(await decide(LOBBY, own['id'], 'approve')).toMatchObject({ status: 403 });
    expect(await decide(HEAD, own['id'], 'approve')).toMatchObject({ status: 403, reason: 'own-request' });
    expect(await decide(NETWORK, own['id'], 'refuse')).toMatchObject({ status: 400 });
    expect(await decide(NETWORK, own['id'], 'refuse', { reason: 'At the monthly one' })).toMatchObject({
      state: 'refused',
      decision: { by: '9001', reason: 'At the monthly one' },
    });
    expect(await decide(HEAD, other['id'], 'approve')).toMatchObject({ state: 'open', minutes: { day: '2026-12-03' } });
    expect(await decide(NETWORK, other['id'], 'approve')).toMatchObject({ status: 409, reason: 'not-requested' });
    expect(await decide(HEAD, 'none', 'approve')).toMatchObject({ status: 404 });
    const moves = async (who: readonly [Role, string]) =>
      (await list(who)).meetings.find(({ id }) => id === other['id'])?.moves;
    expect([await moves(HEAD), await moves(LOBBY), await moves(NETWORK)]).toEqual([['write', 'close'], ['write'], []]);
  });

  test('minutes are written, closed by the head, and become actions that go up and come back', async () => {
    const [meeting] = (await list()).meetings.filter(({ month }) => month === '2026-11');
    const at = `${AT}/${meeting?.id}`;
    const action = { what: 'A second window at noon', owner: '1002', due: '2026-12-08' };
    const minutes = { attendees: ['1001', '1002'], items: ['Waits at noon', ' '], decisions: [], actions: [action] };
    const write = (version: number, more: object = {}) =>
      answer(LOBBY, `${at}/minutes`, { version, minutes: { ...minutes, ...more } }, 'PUT');
    expect(await write(0)).toMatchObject({ version: 1 });
    expect(await write(0)).toMatchObject({ status: 409, reason: 'minutes-changed' });
    expect(await answer(LOBBY, `${at}/close`, { version: 1 })).toMatchObject({ status: 403 });
    expect(await answer(HEAD, `${at}/close`, { version: 1 })).toMatchObject({
      reason: 'minutes-incomplete',
      lacks: ['day'],
    });
    await write(1, { day: '2026-12-01' });
    expect(await answer(HEAD, `${at}/close`, { version: 2 })).toMatchObject({
      state: 'closed',
      minutes: { items: ['Waits at noon'] },
    });
    expect(await write(3)).toMatchObject({ status: 409, reason: 'minutes-closed' });

    const [decided] = (await list()).actions;
    expect(decided).toMatchObject({ ...action, state: 'open', urgency: 'soon', moves: ['finish', 'escalate'] });
    const move = (who: readonly [Role, string], how: string, body = {}) =>
      answer(who, `branches/b/reviews/actions/${decided?.id}/${how}`, body);
    expect(await move(LOBBY, 'escalate', { note: 'There is nobody for it' })).toMatchObject({
      state: 'escalated',
      changed: { by: '1002', note: 'There is nobody for it' },
    });
    expect(await move(HEAD, 'finish')).toMatchObject({ status: 409, reason: 'with-management' });
    const quarter = (await answer(NETWORK, 'reviews/quarters/2026-Q4')) as unknown as QuarterReport;
    expect(quarter.actions.map(({ what, branchId }) => [what, branchId])).toEqual([[action.what, 'b']]);
    expect(quarter.branches.map(({ branchId, place }) => [branchId, place])).toEqual([
      ['b', undefined],
      ['other', undefined],
    ]);
    expect(await move(NETWORK, 'finish')).toMatchObject({ state: 'done' });
    expect(await move(HEAD, 'reopen')).toMatchObject({ state: 'open' });
  });
});

test('each sees what is theirs to see', async () => {
  const status = async (...of: Parameters<typeof call>) => (await call(...of)).status;
  expect(await status(['teller', '1003'], 'branches/b/reviews')).toBe(403);
  expect(await status(['manager', '1002'], 'branches/b/reviews', undefined, 'GET', 'other')).toBe(403);
  expect(await status(['auditor', '9002'], 'branches/b/reviews')).toBe(200);
  expect(await status(['auditor', '9002'], AT, { reason: 'x' })).toBe(403);
  expect(await status(HEAD, 'reviews/quarters/2026-Q4')).toBe(403);
  expect(await status(NETWORK, 'reviews/quarters/2026-Q4', undefined, 'GET', 'b')).toBe(403);
  expect(await status(NETWORK, 'reviews/quarters/2026-Q5')).toBe(400);
  const paper = await call(['auditor', '9002'], 'reviews/quarters/2026-Q4/document?language=en');
  expect(wordsOf(docxParts(Buffer.from(await paper.arrayBuffer())))).toContain('Executive report');
});

test('branches of several time zones have months of their own', async () => {
  const of = (id: string, timeZone: string) => [id, { config: { timeZone } }] as never;
  const branches = new Map([of('b', 'Asia/Shanghai'), of('c', 'Europe/Berlin'), of('d', 'Asia/Shanghai')]) as never;
  const zones = zonesOf(branches, { branches: ['b', 'c', 'd'], from: '2026-10-01', to: '2026-10-31' });
  expect(
    zones.map((zone) => [...zone.branches, new Date(zone.from).toISOString(), new Date(zone.until).toISOString()]),
  ).toEqual([
    ['b', 'd', '2026-09-30T16:00:00.000Z', '2026-10-31T16:00:00.000Z'],
    ['c', '2026-09-30T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
  ]);
  const none = { withdrawn: 0, onTime: 0, outcomes: [] };
  const cases = {
    countsOf: ({ branches: ids }: { branches: readonly string[] }) =>
      Promise.resolve({
        ...none,
        received: ids.length,
        closed: 1,
        open: 2,
        late: 1,
        rootCauses: [{ cause: 'wait', count: 3 }],
      }),
  };
  const name = { 'zh-CN': '等候', 'zh-TW': '等候', en: 'Wait' };
  expect(await complaintsOf(cases, zones, [{ id: 'wait', name }])).toEqual({
    ...{ received: 3, closed: 2, open: 4, late: 2 },
    rootCauses: [{ cause: 'wait', name, count: 6 }],
  });
  const inbox = {
    countsOf: () =>
      Promise.resolve([
        { kind: 'web-form', nature: 'suggestion', outcome: 'adopted', count: 2 },
        { kind: 'web-form', nature: 'suggestion', count: 3 },
        { kind: 'web-form', nature: 'complaint', count: 9 },
        { kind: 'suggestion-book', nature: 'praise', outcome: 'thanked', count: 1 },
      ] as const),
  };
  expect(await suggestionsOf(inbox, zones)).toEqual({ received: 10, praise: 2, adopted: 4, planned: 0, waiting: 6 });
});
