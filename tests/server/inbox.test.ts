import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Feedback, FeedbackReceipt } from '../../protocol/feedback.ts';
import type { CaseFollow } from '../../protocol/case-follow.ts';
import type { InboxItem, InboxList } from '../../protocol/inbox.ts';
import type { Role } from '../../server/identity/caller.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import { newId } from '../../server/new-id.ts';
import type { OpenStore } from '../../server/store/open-store.ts';
import { jobsByHand } from '../support/jobs-by-hand.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { branchesNamed, openHall, ownDatabase, testEnv, type RunningHall } from '../support/running-hall.ts';

jest.setTimeout(120_000);

const SECRET = 'a secret for tests that is long enough';
const MAIL = 'li.mei@customer.example';
const PHONE = '13987654321';
const clock = new ManualClock();
const jobs = jobsByHand();
let database: OpenStore;
let hall: RunningHall;

beforeAll(async () => {
  const own = await ownDatabase();
  await own.jobs.stop();
  database = own.database as OpenStore;
  // Nobody listens there: what is to be sent stays in the outbox, where the test reads it.
  const mail = { url: 'smtp://127.0.0.1:9', from: 'queue@bank.example', domains: [] };
  const env = testEnv({ secret: SECRET, mail });
  hall = await openHall({ env, branches: branchesNamed('b', 'b2'), clock, adapters: { database, jobs } });
});
afterAll(() => hall.close());

type Answer<T> = { readonly status: number; readonly body: T };

async function ask<T>(method: string, path: string, body?: unknown, token?: string): Promise<Answer<T>> {
  const raw = body instanceof Buffer;
  const response = await fetch(`${hall.url}/api/${path}`, {
    method,
    headers: {
      ...{ 'content-type': raw ? 'image/png' : 'application/json' },
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

function tokenOf(role: Role, staffId: string, branchId: string | undefined = 'b'): Promise<string> {
  const tokens = new Tokens(new TextEncoder().encode(SECRET), clock);
  const who = { role, actor: `staff:${staffId}`, staffId, ...(branchId !== '' && { branchId }) };
  return tokens.issue(who, clock.now() + 8 * 3_600_000);
}

function feedback(more: Partial<Feedback> = {}): Feedback {
  return { key: newId(), branchId: 'b', nature: 'suggestion', text: '请多放几把椅子', language: 'zh-CN', ...more };
}
const tell = (said: Feedback) => ask<FeedbackReceipt & { reason?: string; left?: number }>('POST', 'feedback', said);

async function codeFor(mail: string): Promise<{ challenge: string; code: string }> {
  const { body } = await ask<{ challenge: string }>('POST', 'feedback/codes', { mail, language: 'en' });
  const taken = await database.mails.take(`feedback-code ${body.challenge}`, clock.now(), clock.now() + 1);
  if (typeof taken === 'string') throw new Error(`The mail is ${taken}`);
  expect(taken.mail.to).toBe(mail);
  return { ...body, code: /\d{6}/.exec(taken.mail.text)?.[0] ?? '' };
}

test('a suggestion by the form is taken, answered and closed; its writer follows it with a key that only they have', async () => {
  const said = feedback({ day: '2026-11-24', ticketNumber: 'A012' });
  const { body: receipt } = await tell(said);
  expect(receipt).toEqual({
    ...{ ok: true, isCase: false, identity: 'anonymous', number: expect.stringMatching(/^V26-\d{5}$/) },
    answerBy: clock.now() + 15 * 86_400_000,
  });
  // The answer was lost and the form is sent again: it is the same item.
  expect((await tell(said)).body.number).toBe(receipt.number);

  const manager = await tokenOf('manager', '2001');
  const { body: list } = await ask<InboxList>('GET', 'inbox?states=new&words=椅子', undefined, manager);
  expect(list).toMatchObject({ counts: { new: 1, taken: 0, done: 0 }, kinds: { 'web-form': 1, regulator: 0 } });
  const [item] = list.items;
  expect(item).toMatchObject({ number: receipt.number, kind: 'web-form', text: said.text, identity: 'anonymous' });
  expect(item).toMatchObject({ visit: { day: '2026-11-24', ticketNumber: 'A012' }, may: ['take'], state: 'new' });

  const move = (name: string, body: object = {}, token = manager) =>
    ask<InboxItem & { reason?: string }>('POST', `inbox/${item?.id}/${name}`, body, token);
  expect(await move('answer', { text: '好的' })).toMatchObject({ status: 409, body: { reason: 'not-taken' } });
  expect(await move('take')).toMatchObject({ status: 200, body: { state: 'taken', takenBy: '2001' } });
  const other = await tokenOf('branch-head', '2002');
  expect(await move('close', { outcome: 'adopted' }, other)).toMatchObject({ body: { reason: 'taken-by-other' } });
  expect((await move('answer', { text: '下周增加八把椅子。' })).body.may).toEqual(['answer', 'close', 'make-case']);
  const done = await move('close', { outcome: 'adopted', text: '已订购' });
  expect(done.body).toMatchObject({ state: 'done', done: { outcome: 'adopted', text: '已订购', by: '2001' }, may: [] });
  expect(await move('take', {}, other)).toMatchObject({ status: 409, body: { reason: 'done-already' } });

  const follow = (key: string) => ask('POST', 'feedback/follow', { number: receipt.number, key });
  const { body: followed } = await follow(said.key);
  expect(followed).toMatchObject({ state: 'done', answer: '下周增加八把椅子。', timeZone: 'Asia/Shanghai' });
  // What staff noted is not for the customer.
  expect(JSON.stringify(followed)).not.toContain('已订购');
  expect((await follow(newId())).status).toBe(404);
});

test('an address is verified by a code: five tries, ten minutes, and good once', async () => {
  const contact = { name: '李梅', mail: MAIL };
  const said = feedback({ contact });
  expect(await tell(said)).toMatchObject({ status: 409, body: { reason: 'code-needed' } });
  const first = await codeFor(MAIL);
  const proof = { challenge: first.challenge, code: first.code === '000000' ? '000001' : '000000' };
  for (const left of [4, 3, 2, 1, 0])
    expect(await tell({ ...said, proof })).toMatchObject({ status: 409, body: { reason: 'wrong-code', left } });
  expect((await tell({ ...said, proof: { ...first } })).body.reason).toBe('code-over');

  const second = await codeFor(MAIL);
  const forOther = { ...said, contact: { mail: 'other@customer.example' }, proof: second };
  expect((await tell(forOther)).body.reason).toBe('wrong-code');
  expect((await tell({ ...said, proof: second })).body).toMatchObject({ ok: true, identity: 'mail-verified' });
  expect((await tell({ ...feedback({ contact }), proof: second })).body.reason).toBe('code-over');

  const third = await codeFor(MAIL.toUpperCase());
  // A fourth to the same address in ten minutes is not sent, however it is written.
  expect((await ask('POST', 'feedback/codes', { mail: MAIL, language: 'en' })).status).toBe(429);
  await clock.advanceBy(10 * 60_000 + 1);
  expect((await tell({ ...feedback({ contact }), proof: third })).body.reason).toBe('code-over');
});

test('a complaint needs a way to be answered; one with the link of a ticket is known by its visit', async () => {
  expect((await tell(feedback({ nature: 'complaint' }))).body.reason).toBe('contact-needed');
  const kiosk = await hall.screen('b', { role: 'kiosk', deviceId: 'kiosk-1' }, { kind: 'kiosk' });
  const ack = await kiosk.send({ type: 'TakeTicket', services: ['deposit-withdrawal'] });
  kiosk.close();
  if (!ack.ok || ack.answer.issued === undefined) throw new Error(JSON.stringify(ack));
  const { ticketId, number } = ack.answer.issued;
  const { body } = await tell(feedback({ ticketId, nature: 'praise', text: '谢谢' }));
  expect(body).toMatchObject({ ok: true, identity: 'ticket' });
  const guessed = feedback({ ticketId: 'no-such-ticket', nature: 'praise' });
  expect((await tell(guessed)).body.identity).toBe('anonymous');
  const { body: list } = await ask<InboxList>(
    'GET',
    `inbox?natures=praise`,
    undefined,
    await tokenOf('manager', '2001'),
  );
  const known = list.items.filter((item) => item.ticketId === ticketId);
  expect(list.items).toHaveLength(2);
  expect(known.map((item) => item.visit)).toEqual([{ day: '2026-11-24', ticketNumber: number }]);
});

test('a complaint is a case at once; one that staff make of an item is followed with the same key', async () => {
  const said = feedback({ nature: 'complaint', text: '等了四十分钟', contact: { phone: '13800000001' } });
  const { body: receipt } = await tell(said);
  expect(receipt).toMatchObject({ isCase: true, identity: 'unverified', number: expect.stringMatching(/^C2026-\d+$/) });
  expect((await tell(said)).body).toMatchObject({ number: receipt.number, answerBy: receipt.answerBy });
  // The form and the page of the case promise the same day.
  const { body: followed } = await ask<CaseFollow>('POST', 'case-follow', { number: receipt.number, key: said.key });
  expect(followed.due).toBe((receipt.answerBy ?? NaN) + 1);
  const manager = await tokenOf('manager', '2001');
  const { body: list } = await ask<InboxList>('GET', 'inbox?natures=complaint', undefined, manager);
  expect(list.items).toMatchObject([{ state: 'done', done: { outcome: 'case-made' }, caseNumber: receipt.number }]);

  const other = feedback({ nature: 'suggestion', text: '其实是投诉' });
  await tell(other);
  const [item] = (await ask<InboxList>('GET', 'inbox?words=其实', undefined, manager)).body.items;
  await ask('POST', `inbox/${item?.id}/take`, {}, manager);
  const made = () => ask<InboxItem & { reason?: string }>('POST', `inbox/${item?.id}/make-case`, {}, manager);
  const [first, second] = await Promise.all([made(), made()]);
  expect([first, second].map(({ status }) => status).sort()).toEqual([200, 409]);
  const caseNumber = first.body.caseNumber ?? second.body.caseNumber;
  const key = { number: caseNumber, key: other.key };
  expect((await ask('POST', 'case-follow', key)).body).toMatchObject({ status: 'received' });
});

test('staff type in a page of the book; other branches and other roles see nothing of it', async () => {
  const head = await tokenOf('branch-head', '2002', 'b2');
  const entry = { branchId: 'b2', kind: 'suggestion-book', nature: 'suggestion', text: '门口太滑', day: '2026-11-20' };
  const { body: item } = await ask<InboxItem>('POST', 'inbox', { ...entry, contact: { phone: PHONE } }, head);
  expect(item).toMatchObject({ kind: 'suggestion-book', identity: 'unverified', visit: { day: '2026-11-20' } });
  expect(new Date(item.at).toISOString()).toBe('2026-11-20T04:00:00.000Z');
  expect((await ask('POST', 'inbox', { ...entry, branchId: 'b' }, head)).status).toBe(404);
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
  expect((await ask('PUT', `inbox/${item.id}/page`, Buffer.from('no picture'), head)).status).toBe(400);
  expect((await ask<InboxItem>('PUT', `inbox/${item.id}/page`, picture, head)).body.hasPage).toBe(true);
  expect((await database.inbox.page(item.id))?.bytes.equals(picture)).toBe(true);

  const manager = await tokenOf('manager', '2001');
  expect((await ask('GET', `inbox/${item.id}`, undefined, manager)).status).toBe(404);
  const { body: here } = await ask<InboxList>('GET', 'inbox?branches=b2', undefined, manager);
  expect(here.items).toEqual([]);
  const auditor = await tokenOf('auditor', '3001', '');
  expect((await ask<InboxItem>('GET', `inbox/${item.id}`, undefined, auditor)).body.may).toEqual([]);
  expect((await ask('POST', `inbox/${item.id}/take`, {}, auditor)).status).toBe(403);
  expect((await ask('GET', 'inbox', undefined, await tokenOf('teller', '1001'))).status).toBe(403);
  expect((await ask('GET', 'inbox')).status).toBe(401);
  expect((await ask('GET', 'inbox?limit=0', undefined, manager)).status).toBe(400);
  // A day and a page at a time, each item once.
  const day = 'inbox?from=2026-11-20&to=2026-11-20';
  expect((await ask<InboxList>('GET', day, undefined, auditor)).body.items).toHaveLength(1);
  const seen: string[] = [];
  const page = (after: string) => ask<InboxList>('GET', `inbox?limit=2${after}`, undefined, auditor);
  for (let after: string | undefined = ''; after !== undefined;) {
    const { items, next }: InboxList = (await page(after)).body;
    seen.push(...items.map(({ id }) => id));
    after = next && `&after=${next}`;
  }
  expect(new Set(seen).size).toBe(7);
  expect(seen).toHaveLength(7);
});

test('what was written is shown to its writer and erased for them, and the item stays as a number', async () => {
  const administrator = await tokenOf('administrator', '4001', '');
  const person = { identifiers: [{ kind: 'phone', value: `+86 ${PHONE}` }] };
  const { body: kept } = await ask('POST', 'privacy/export', person, administrator);
  expect(kept).toMatchObject({ feedback: [{ branchId: 'b2', text: '门口太滑', contact: { phone: PHONE } }] });
  expect((await ask('POST', 'privacy/erase', person, administrator)).body).toEqual({ rows: 1 });
  const { body: list } = await ask<InboxList>('GET', 'inbox?branches=b2', undefined, administrator);
  expect(list).toMatchObject({ problem: { code: 'not-allowed' } });
  const head = await tokenOf('branch-head', '2002', 'b2');
  const [item] = (await ask<InboxList>('GET', 'inbox', undefined, head)).body.items;
  expect(item).toMatchObject({ kind: 'suggestion-book' });
  expect(item?.text ?? item?.contact).toBeUndefined();
  const of = { branches: ['b', 'b2'], from: Date.parse('2026-11-20T00:00:00Z'), until: clock.now() + 1 };
  expect((await database.inbox.countsOf(of)).reduce((sum, { count }) => sum + count, 0)).toBe(7);
});
