import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { loadComplaints } from '../../config/complaints.ts';
import type { CaseFollow } from '../../protocol/case-follow.ts';
import type { CaseAnswer, CaseList, CaseReceipt, CaseView } from '../../protocol/cases.ts';
import { CaseBook } from '../../server/cases/case-book.ts';
import { CaseContexts } from '../../server/cases/terms.ts';
import { PublicHolidays } from '../../server/public-holidays.ts';
import type { StaffRole } from '../../server/identity/caller.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import type { OpenStore } from '../../server/store/open-store.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { jobsByHand } from '../support/jobs-by-hand.ts';
import { branchesNamed, log, openHall, ownDatabase, testEnv, type RunningHall } from '../support/running-hall.ts';
import { until } from '../support/until.ts';
import { wholeDatabase } from '../support/whole-database.ts';

jest.setTimeout(120_000);
const SECRET = 'a secret for tests that is long enough';
const DAY = 86_400_000;
const TEXT = 'Mr Lindqvist waited for two hours';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const [PDF, PNG] = [Buffer.from('%PDF-1.7 …'), Buffer.from('89504e470d0a1a0a', 'hex')];

const ROLES: Readonly<Record<string, StaffRole>> = {
  ...{ ann: 'manager', ben: 'manager', hana: 'branch-head', nan: 'network-manager' },
  ...{ tom: 'teller', aud: 'auditor', far: 'manager' },
};

let hall: RunningHall;
let database: OpenStore;
beforeAll(async () => {
  const adapters = await ownDatabase();
  database = adapters.database as OpenStore;
  for (const staffId of ['ann', 'ben', 'hana', 'nan']) {
    const role = ROLES[staffId] ?? 'manager';
    await database.identities.saveAccount({
      ...{ staffId, name: staffId.toUpperCase(), disabled: false, demo: false },
      grants: [{ role, ...(role !== 'network-manager' && { branchId: 'b' }) }],
    });
  }
  const env = testEnv({ secret: SECRET, publicUrl: 'https://queue.bank.example' });
  hall = await openHall({ env, branches: branchesNamed('b', 'other'), adapters });
});
afterAll(() => hall.close());

async function call(path: string, staffId: string | undefined, method = 'GET', body?: object | Buffer, headers = {}) {
  const tokens = new Tokens(new TextEncoder().encode(SECRET), hall.clock);
  const role = ROLES[staffId ?? ''] ?? 'manager';
  const branchId = staffId === 'far' ? 'other' : 'b';
  const bound = role === 'network-manager' || role === 'auditor' ? {} : { branchId };
  const who = { role, actor: `staff:${staffId}`, staffId: staffId ?? '', ...bound };
  const token = staffId && (await tokens.issue(who, hall.clock.now() + 3_600_000));
  return fetch(`${hall.url}/api${path}`, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
  });
}
async function as<T>(response: Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}
const take = (staffId: string, more: object = {}) =>
  as<CaseReceipt>(call('/branches/b/cases', staffId, 'POST', { source: 'desk', text: TEXT, ...more }));
const view = (number: string, staffId = 'hana') => as<CaseView>(call(`/cases/${number}`, staffId));
async function act(number: string, staffId: string, what: object, version?: number): Promise<CaseAnswer> {
  const seen = version ?? (await view(number)).version;
  return as<CaseAnswer>(call(`/cases/${number}/acts`, staffId, 'POST', { version: seen, act: what }));
}
const follow = (path: string, body: object) => call(`/case-follow${path}`, undefined, 'POST', body);
const codeOf = (answer: CaseAnswer) => (answer.ok ? 'done' : answer.rejection.code);

const DECIDE = {
  type: 'DecideCase',
  outcome: 'upheld',
  remedies: ['apology'],
  rootCause: 'waiting',
  text: 'Two windows.',
};
async function informed(number: string, staffId: string): Promise<void> {
  for (const what of [
    { type: 'AcknowledgeCase', channel: 'phone' },
    { type: 'StartInvestigation' },
    DECIDE,
    { type: 'InformCustomer', channel: 'letter' },
  ])
    expect(codeOf(await act(number, staffId, what))).toBe('done');
}

describe('a complaint', () => {
  test('goes from the desk through warning, escalation and the letter to its end, and its customer follows it', async () => {
    const { number, followKey, due } = await take('tom', {
      contact: { name: 'Lindqvist', phone: '13800138000', language: 'en' },
    });
    expect(number).toMatch(/^C2026-\d{6}$/);
    // First asked: the teller owns it until a manager has accepted it.
    expect(await act(number, 'ann', { type: 'AcknowledgeCase', channel: 'phone' })).toMatchObject({
      rejection: { code: 'not-owner', ownerId: 'tom' },
    });
    expect(codeOf(await act(number, 'tom', { type: 'OfferCase', to: 'nobody' }))).toBe('unknown-person');
    expect(codeOf(await act(number, 'tom', { type: 'OfferCase', to: 'ann' }))).toBe('done');
    expect((await as<CaseList>(call('/cases?owner=me', 'ann'))).rows).toMatchObject([{ number, offeredTo: 'ann' }]);
    expect(codeOf(await act(number, 'ann', { type: 'AcceptOffer' }))).toBe('done');
    expect((await call(`/cases/${number}`, 'tom')).status).toBe(403);

    await hall.clock.leapTo(due - 4 * DAY);
    await until(async () => (await view(number)).clock.warned);
    await hall.clock.leapTo(due + 600_000);
    await until(async () => (await view(number)).escalations === 1);
    expect(await view(number)).toMatchObject({ time: 'over', usedShare: expect.any(Number) });
    expect(codeOf(await act(number, 'ann', { type: 'ExtendCase', channel: 'phone', text: 'why' }))).toBe(
      'deadline-past',
    );
    const { rows } = await as<CaseList>(call('/cases?time=over&branch=b', 'hana'));
    expect(rows).toMatchObject([{ number, opening: TEXT }]);
    await hall.clock.leapTo(hall.clock.now() + 4 * DAY);
    await until(async () => (await view(number)).escalations === 2);

    await informed(number, 'ann');
    const key = { number, key: followKey };
    const seen = await as<CaseFollow>(follow('', key));
    expect(seen).toMatchObject({
      status: 'informed',
      outcome: 'upheld',
      decisionText: 'Two windows.',
      hasLetter: true,
    });
    expect(seen.may).toEqual(['Answer', 'Withdraw', 'Add']);
    expect(JSON.stringify(seen)).not.toMatch(/ann|staff:/i);
    const letter = await follow('/letter', key);
    expect(letter.headers.get('content-disposition')).toBe(`attachment; filename=${number}.docx`);
    expect(letter.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await letter.arrayBuffer()).includes('word/document.xml')).toBe(true);

    const answered = await follow('/acts', { ...key, act: { type: 'Answer', answer: 'not-satisfied', text: 'No.' } });
    expect(await as(Promise.resolve(answered))).toMatchObject({ status: 'investigating', may: ['Withdraw', 'Add'] });
    expect(codeOf(await act(number, 'ann', DECIDE))).toBe('done');
    expect(codeOf(await act(number, 'ann', { type: 'InformCustomer', channel: 'letter' }))).toBe('done');
    await follow('/acts', { ...key, act: { type: 'Answer', answer: 'satisfied' } });
    expect(codeOf(await act(number, 'ann', { type: 'CloseCase' }))).toBe('done');
    const closed = await view(number, 'aud');
    expect(closed).toMatchObject({ status: 'closed', rootCause: 'waiting', may: [], text: TEXT });
    expect(closed.steps.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['DeadlineWarned', 'CaseEscalated', 'CaseReopened', 'CaseClosed']),
    );
    expect(closed.names['ann']).toBe('ANN');
  });

  test('of two who act at once one is told to look again, and what the other did is there', async () => {
    const { number } = await take('ann');
    const both = await Promise.all(['one', 'two'].map((text) => act(number, 'ann', { type: 'AddNote', text }, 1)));
    expect(both.map(codeOf).sort()).toEqual(['changed-meanwhile', 'done']);
    const { steps, version } = await view(number);
    expect([version, steps.filter(({ type }) => type === 'NoteAdded').length]).toEqual([2, 1]);
  });

  test('numbers of a year have no gap, however many come at once, and one key makes one case', async () => {
    const first = await take('ann');
    const taken = await Promise.all(Array.from({ length: 6 }, () => take('ann')));
    const numbers = taken.map(({ number }) => Number(number.slice(6))).sort((a, b) => a - b);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6].map((more) => Number(first.number.slice(6)) + more));
  });

  test('is of its branch, and whom it is about does not see it', async () => {
    const { number } = await take('ben', { about: ['ann'] });
    expect((await call(`/cases/${number}`, 'far')).status).toBe(404);
    expect((await call(`/cases/${number}`, 'ann')).status).toBe(403);
    const listed = await as<CaseList>(call('/cases?limit=200', 'ann'));
    expect(listed.rows.map((row) => row.number)).not.toContain(number);
    expect(
      (await call(`/cases/${number}/acts`, 'aud', 'POST', { version: 1, act: { type: 'AddNote', text: 'x' } })).status,
    ).toBe(403);
    expect(codeOf(await act(number, 'hana', { type: 'OfferCase', to: 'ann' }))).toBe('other-recused');
  });

  test('more time: the owner says why, another approves, and the customer sees the new date', async () => {
    const { number, followKey, due } = await take('hana');
    await act(number, 'hana', { type: 'ExtendCase', channel: 'phone', text: 'many papers' });
    expect(codeOf(await act(number, 'hana', { type: 'AskExtension', text: 'more' }))).toBe('done');
    expect(codeOf(await act(number, 'hana', { type: 'ApproveExtension', channel: 'web' }))).toBe('approver-needed');
    expect(
      (
        await call(`/cases/${number}/acts`, 'ann', 'POST', {
          version: 3,
          act: { type: 'ApproveExtension', channel: 'web' },
        })
      ).status,
    ).toBe(403);
    expect(codeOf(await act(number, 'nan', { type: 'ApproveExtension', channel: 'web' }))).toBe('done');
    const seen = await as<CaseFollow>(follow('', { number, key: followKey }));
    expect(seen).toMatchObject({ allowance: 'longest', due: due + 45 * DAY });
  });

  test('its files are what they say, of a size, and never shown by a browser', async () => {
    const { number, followKey } = await take('ann');
    const put = (name: string, type: string, content: Buffer) =>
      call(`/cases/${number}/files`, 'ann', 'PUT', content, {
        'content-type': type,
        'x-file-name': encodeURIComponent(name),
      });
    const refused = async (...file: Parameters<typeof put>) => codeOf(await as<CaseAnswer>(put(...file)));
    expect(await refused('收据.pdf', 'application/pdf', PDF)).toBe('done');
    expect(await refused('a.pdf', 'application/pdf', PNG)).toBe('file-not-its-type');
    expect(await refused('a.png', 'application/pdf', PDF)).toBe('file-not-its-type');
    expect(await refused('a.docx', DOCX, Buffer.from('PK\u0003\u0004 not one'))).toBe('file-not-its-type');
    expect(await refused('a.docx', DOCX, Buffer.from('PK\u0003\u0004word/document.xml vbaProject.bin'))).toBe(
      'file-not-its-type',
    );
    expect(await refused('a.html', 'text/html', Buffer.from('<script>'))).toBe('file-type');
    expect(await refused('../a.txt', 'text/plain', Buffer.from('a'))).toBe('file-name');
    expect(await refused('a.txt', 'text/plain', Buffer.from('a\0b'))).toBe('file-not-its-type');
    expect(await refused('a.txt', 'text/plain', Buffer.alloc(6 * 1024 * 1024, 'a'))).toBe('file-too-large');
    const { files } = await view(number);
    expect(files).toMatchObject([{ name: '收据.pdf', mediaType: 'application/pdf', bytes: PDF.length }]);
    const got = await call(`/cases/${number}/files/${files[0]?.id}`, 'ann');
    expect(got.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(Buffer.from(await got.arrayBuffer())).toEqual(PDF);
    const mine = {
      'x-case-number': number,
      'x-case-key': followKey,
      'x-file-name': 'me.png',
      'content-type': 'image/png',
    };
    const own = await as<CaseFollow>(call('/case-follow/files', undefined, 'PUT', PNG, mine));
    expect(own.own.map(({ file }) => file)).toEqual([undefined, 'me.png']);
  });

  test('survives a restart: what fell due meanwhile is done when the server is back', async () => {
    const { number } = await take('ann');
    await hall.clock.leapTo(hall.clock.now() + 3 * DAY);
    await until(async () => (await view(number)).steps.some(({ type }) => type === 'AcknowledgingReminded'));
    const contexts = new CaseContexts(loadComplaints(undefined), new PublicHolidays(log));
    const branches = new Map(branchesNamed('b', 'other').map((branch) => [branch.config.branchId, branch]));
    const jobs = jobsByHand();
    const clock = new ManualClock(hall.clock.now() + 20 * DAY);
    const again = new CaseBook({ records: database.cases, contexts, branches, clock, jobs, log });
    await again.start();
    await jobs.runDue();
    await jobs.runDue();
    await again.stop();
    const types = (await view(number)).steps.map(({ type }) => type);
    expect(types.filter((type) => type === 'DeadlineWarned' || type === 'CaseEscalated')).toEqual([
      'DeadlineWarned',
      'CaseEscalated',
    ]);
  });

  test('is erased on demand, by the person’s number or by its own: that there was one, and how it went, stays', async () => {
    const secret = 'Quillfeather';
    const contact = { name: secret, phone: '13900139000' };
    const { number } = await take('ann', { text: `${secret} says`, contact });
    await act(number, 'ann', { type: 'AddNote', text: `called ${secret}` });
    const admin = { role: 'administrator' } as const;
    const tokens = new Tokens(new TextEncoder().encode(SECRET), hall.clock);
    const token = await tokens.issue({ ...admin, actor: 'staff:adm', staffId: 'adm' }, hall.clock.now() + DAY);
    const privacy = (path: string, body: object) =>
      call(path, undefined, 'POST', body, { authorization: `Bearer ${token}` });
    const person = { identifiers: [{ kind: 'phone', value: '139 0013 9000' }] };
    expect(await as(privacy('/privacy/export', person))).toMatchObject({
      complaints: [{ number, texts: [`${secret} says`, `called ${secret}`] }],
    });
    expect(await wholeDatabase(database.pool)).toContain(secret);
    expect((await privacy('/privacy/erase', person)).status).toBe(200);
    expect(await wholeDatabase(database.pool)).not.toContain(secret);
    expect(await view(number)).toMatchObject({ number, status: 'received', version: 2 });
    const other = await take('ann', { text: secret });
    expect(await as(privacy('/privacy/erase-case', { number: other.number }))).toEqual({ rows: 2 });
    expect(await wholeDatabase(database.pool)).not.toContain(secret);
  });

  test('a wrong key and a number that nobody has look alike, and are counted', async () => {
    const { number, followKey } = await take('ann');
    const [wrong, unknown] = [
      { number, key: 'x' },
      { number: 'C1999-000001', key: followKey },
    ];
    const answers = await Promise.all([wrong, unknown].map((key) => follow('', key)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(await answers[0]?.text()).toBe(await answers[1]?.text());
    const added = await follow('/acts', { number, key: followKey, act: { type: 'Add', text: 'more' } });
    expect(await as(Promise.resolve(added))).toMatchObject({ own: [{ text: TEXT }, { text: 'more' }] });
    const many = await Promise.all(Array.from({ length: 40 }, () => follow('', wrong)));
    expect(many.map(({ status }) => status)).toContain(429);
  });
});
