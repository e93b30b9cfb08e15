import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { InboxList } from '../../protocol/inbox.ts';
import type { SurveyAnswer, SurveyDraft, SurveyForm, SurveyResults, SurveyRow } from '../../protocol/surveys.ts';
import type { Role } from '../../server/identity/caller.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { newId } from '../../server/new-id.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { branchesNamed, noJobs, openHall, ownDatabase, testEnv, type RunningHall } from '../support/running-hall.ts';

jest.setTimeout(120_000);

const SECRET = 'a secret for tests that is long enough';
const DAY_MS = 86_400_000;
const clock = new ManualClock();
let hall: RunningHall;

beforeAll(async () => {
  const { database, jobs } = await ownDatabase();
  await jobs.stop();
  const adapters = { database, jobs: noJobs };
  hall = await openHall({ env: testEnv({ secret: SECRET }), branches: branchesNamed('b', 'b2'), clock, adapters });
  const rating = { branchId: 'b', day: '2026-11-24', channel: 'phone', at: clock.now(), segment: 'cash' } as const;
  for (const [at, score] of [5, 5, 4, 3, 3].entries())
    await database.ratings.add({
      ...{ ...rating, ticketId: `t${at}`, score, reasons: [], services: [] },
      dimensions: { attitude: score },
    });
});
afterAll(() => hall.close());

async function ask<T>(method: string, path: string, body?: unknown, token?: string) {
  const text = typeof body === 'string';
  const response = await fetch(`${hall.url}/api/${path}`, {
    method,
    headers: {
      'content-type': text ? 'text/csv' : 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: text ? body : JSON.stringify(body) }),
  });
  const said = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, body: (isJson ? JSON.parse(said) : said) as T };
}
function tokenOf(role: Role, branchId?: string): Promise<string> {
  const tokens = new Tokens(new TextEncoder().encode(SECRET), clock);
  const who = { role, actor: 'staff:2002', staffId: '2002', ...(branchId !== undefined && { branchId }) };
  return tokens.issue(who, clock.now() + 8 * 3_600_000);
}

const words = (en: string) => ({ 'zh-CN': en, 'zh-TW': en, en });
const draft: SurveyDraft = {
  ...{ name: words('Autumn'), owner: 'head-office', branches: ['b', 'b2'], from: '2026-11-24', to: '2026-12-31' },
  ...{ languages: ['zh-CN', 'zh-TW', 'en'], dimensions: ['efficiency', 'attitude'], ways: ['link'], anonymous: true },
  own: [
    { id: 'q1', kind: 'choice', text: words('How did you come?'), choices: [words('On foot'), words('By bus')] },
    { id: 'q2', kind: 'text', text: words('What else?') },
  ],
};
const answerOf = (more: Partial<SurveyAnswer> = {}): SurveyAnswer => ({
  ...{ token: newId(), branchId: 'b', scores: { efficiency: 4, attitude: 5 }, language: 'en' },
  ...more,
});

async function started(more: Partial<SurveyDraft> = {}): Promise<SurveyRow> {
  const token = await tokenOf('network-manager');
  const { body } = await ask<SurveyRow>('POST', 'surveys', { ...draft, ...more }, token);
  return (await ask<SurveyRow>('POST', `surveys/${body.id}/start`, undefined, token)).body;
}
const answer = (id: string, given: SurveyAnswer) => ask<{ reason?: string }>('POST', `surveys/${id}/answers`, given);

test('a survey is written, started and ended; what is started does not change, and each role does what it may', async () => {
  const network = await tokenOf('network-manager');
  const head = await tokenOf('branch-head', 'b');
  const { body: survey } = await ask<SurveyRow>('POST', 'surveys', draft, network);
  expect(survey).toMatchObject({ state: 'draft', answers: 0, mine: true });
  // A branch asks in itself, and sees what is asked in it.
  expect((await ask('POST', 'surveys', draft, head)).status).toBe(400);
  expect((await ask('PUT', `surveys/${survey.id}`, draft, head)).status).toBe(403);
  const own = await ask<SurveyRow>('POST', 'surveys', { ...draft, owner: 'branch', branches: ['b'] }, head);
  expect(own.body.mine).toBe(true);
  expect(
    (await ask('GET', `surveys/${own.body.id}/results`, undefined, await tokenOf('branch-head', 'b2'))).status,
  ).toBe(404);
  expect((await ask('GET', 'surveys', undefined, await tokenOf('manager', 'b'))).status).toBe(403);
  expect((await ask('DELETE', `surveys/${own.body.id}`, undefined, head)).status).toBe(200);

  const form = () => ask<SurveyForm>('GET', `surveys/${survey.id}/form`);
  expect((await form()).body).toMatchObject({ closed: 'not-started', own: [], dimensions: [] });
  const renamed = { ...draft, name: words('Winter') };
  expect((await ask<SurveyRow>('PUT', `surveys/${survey.id}`, renamed, network)).body.name.en).toBe('Winter');
  await ask('POST', `surveys/${survey.id}/start`, undefined, network);
  expect((await ask('PUT', `surveys/${survey.id}`, draft, network)).body).toMatchObject({ reason: 'not-draft' });
  expect((await ask('DELETE', `surveys/${survey.id}`, undefined, network)).body).toMatchObject({ reason: 'not-draft' });
  expect((await form()).body).toMatchObject({ dimensions: draft.dimensions, branches: [{ branchId: 'b' }, {}] });
  await ask('POST', `surveys/${survey.id}/end`, undefined, network);
  expect((await answer(survey.id, answerOf())).body.reason).toBe('over');
  const twice = { ...draft, own: [{ ...draft.own?.[1], id: 'q1' }, draft.own?.[0]] };
  expect((await ask('POST', 'surveys', twice, network)).status).toBe(400);
});

test('each browser and each ticket answers once, up to the quota; words go into the inbox', async () => {
  const survey = await started({ quota: 3, ways: ['link', 'ticket'], anonymous: false });
  const once = answerOf({ texts: { q2: '椅子太少' } });
  expect((await answer(survey.id, once)).status).toBe(200);
  expect((await answer(survey.id, once)).body.reason).toBe('answered-already');
  expect((await answer(survey.id, answerOf({ scores: { efficiency: 6 } }))).body.reason).toBe('no-such-answer');
  const kiosk = await hall.screen('b', { role: 'kiosk', deviceId: 'kiosk-1' }, { kind: 'kiosk' });
  const ack = await kiosk.send({ type: 'TakeTicket', services: ['deposit-withdrawal'] });
  kiosk.close();
  const ticketId = ack.ok ? (ack.answer.issued?.ticketId ?? '') : '';
  expect((await answer(survey.id, answerOf({ ticketId: 'no-ticket' }))).body.reason).toBe('no-visit');
  expect((await answer(survey.id, answerOf({ ticketId }))).status).toBe(200);
  // Another browser, the same ticket.
  expect((await answer(survey.id, answerOf({ ticketId }))).body.reason).toBe('answered-already');
  expect((await ask<{ id?: string }>('GET', 'ticket-survey?branch=b')).body.id).toBe(survey.id);
  const rest = await Promise.all([1, 2, 3, 4].map(() => answer(survey.id, answerOf())));
  expect(rest.map(({ status, body }) => body.reason ?? status).sort()).toEqual([200, 'full', 'full', 'full']);
  expect((await ask<{ id?: string }>('GET', 'ticket-survey?branch=b')).body.id).toBeUndefined();

  const { body: list } = await ask<InboxList>('GET', 'inbox', undefined, await tokenOf('manager', 'b'));
  expect(list.items).toMatchObject([
    { kind: 'questionnaire', surveyId: survey.id, text: 'What else?\n椅子太少', identity: 'anonymous' },
  ]);
});

test('results: per question, branch and month, with the ratings beside; small groups are shown to nobody', async () => {
  const survey = await started();
  for (const efficiency of [1, 2, 4, 5, 5, 5]) await answer(survey.id, answerOf({ scores: { efficiency, q1: 1 } }));
  for (const efficiency of [3, 3]) await answer(survey.id, answerOf({ branchId: 'b2', scores: { efficiency } }));
  await clock.advanceBy(7 * DAY_MS);
  for (let n = 0; n < 5; n += 1) await answer(survey.id, answerOf({ scores: { efficiency: 5 } }));
  const token = await tokenOf('auditor');
  const { body } = await ask<SurveyResults>('GET', `surveys/${survey.id}/results`, undefined, token);
  const [efficiency, attitude] = body.scales;
  // (1+2+4+5+5+5 + 3+3 + 5×5) / 13
  expect(efficiency?.all).toMatchObject({ count: 13, few: false, satisfied: 9 / 13 });
  expect(efficiency?.all).toHaveProperty('mean', 53 / 13);
  expect(efficiency?.byBranch).toMatchObject([
    { branchId: 'b', figures: { count: 11, few: true } },
    { branchId: 'b2', figures: { count: 2, few: true } },
  ]);
  expect(efficiency?.byMonth.map(({ month, figures }) => [month, figures.count])).toEqual([
    ['2026-11', 8],
    ['2026-12', 5],
  ]);
  expect(efficiency?.trend).toMatchObject({ change: 5 - 28 / 8, direction: 'up' });
  expect(attitude).toMatchObject({ all: { count: 0, few: true }, ratings: { count: 5, mean: 4, few: false } });
  expect(body.choices).toEqual([{ question: 'q1', count: 6, counts: [6, 0] }]);

  const { body: csv } = await ask<string>('GET', `surveys/${survey.id}/export.csv`, undefined, token);
  const rows = csv.replace('\uFEFF', '').trim().split('\r\n');
  expect(rows[0]).toBe(
    'branch,month,question,kind,answers,mean,share_4_and_5,count_1,count_2,count_3,count_4,count_5,count_6,count_7,count_8,count_9,count_10',
  );
  expect(rows.slice(1)).toEqual([
    'b,2026-11,efficiency,scale,6,3.667,0.667,1,1,0,1,3,,,,,',
    'b,2026-11,q1,choice,6,,,6,0,,,,,,,,',
    'b,2026-12,efficiency,scale,5,5.000,1.000,0,0,0,0,5,,,,,',
  ]);
});

test('an agency’s file is taken whole and takes the place of the last, or every bad row is named and nothing changes', async () => {
  const survey = await started({ owner: 'third-party' });
  const token = await tokenOf('network-manager');
  const send = (csv: string) => ask('POST', `surveys/${survey.id}/import`, csv, token);
  const head = 'branch;month;question;count_1;count_2;count_3;count_4;count_5\r\n';
  const counted = async () => {
    const { body } = await ask<SurveyResults>('GET', `surveys/${survey.id}/results`, undefined, token);
    return [body.scales[0]?.all.count, body.imported];
  };
  expect((await send(`\uFEFF${head}b;2026-11;efficiency;0;0;0;10;10\r\n`)).body).toEqual({ cells: 1 });
  expect(await counted()).toEqual([20, 20]);
  const bad = await send(`${head}b;2026-11;efficiency;1;0;0;0;0\r\nb9;2026-11;"attitude";1;1;1;1;1\r\n`);
  expect(bad).toMatchObject({
    status: 409,
    body: { reason: 'rows', faults: [{ row: 3, column: 'branch', fault: 'branch-unknown' }] },
  });
  expect(await counted()).toEqual([20, 20]);
  await send(`${head}b;2026-11;efficiency;0;0;7;0;0\r\n`);
  expect(await counted()).toEqual([7, 7]);
  expect((await ask('POST', `surveys/${survey.id}/import`, 'x', await tokenOf('auditor'))).status).toBe(403);
});
