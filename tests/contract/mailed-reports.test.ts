import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Mail, MailRecords } from '../../server/mail-ports.ts';
import { memoryMails } from '../../server/store/memory-mails.ts';
import { memorySubscriptions } from '../../server/store/memory-subscriptions.ts';
import { openStore, type OpenStore } from '../../server/store/open-store.ts';
import type { Subscription, SubscriptionRecords } from '../../server/subscription-ports.ts';
import { copyEmptyDatabase } from '../support/empty-database.ts';
import { log, testEnv } from '../support/running-hall.ts';
import { wholeDatabase } from '../support/whole-database.ts';

jest.setTimeout(120_000);
const MAIL: Mail = {
  ...{ id: 'm-1', to: 'chen.wei@bank.example', subject: '报表', text: 'The figures.', html: '<p>The figures.</p>' },
  attachments: [{ fileName: '报表.csv', type: 'text/csv', content: Buffer.from([0, 255, 13, 10]) }],
};
const SUBSCRIPTION: Subscription = {
  ...{ id: 's-1', staffId: '5001', branchId: 'b', query: 'by=service', period: 'last-month', day: 3, hour: 7 },
  ...{ format: 'xlsx', language: 'zh-TW', address: MAIL.to, paused: false, madeAt: 1_000, changedAt: 2_000 },
  ...{ doneDay: '2026-11-03', lastMail: 'report s-1', failedAt: 3_000 },
};

let store: OpenStore;
beforeAll(async () => {
  const { dataFolder: folder } = testEnv();
  copyEmptyDatabase(folder);
  store = await openStore({ folder, log });
  const grants = [{ role: 'branch-head', branchId: 'b' }] as const;
  await store.identities.saveAccount({ staffId: '5001', name: 'Chen Wei', grants, disabled: false, demo: true });
});
afterAll(() => store.close());

interface Open {
  readonly mails: MailRecords;
  readonly subscriptions: SubscriptionRecords;
}
describe.each([
  { name: 'in memory', open: (): Open => ({ mails: memoryMails(), subscriptions: memorySubscriptions() }) },
  { name: 'PGlite', open: (): Open => store },
])('mails and subscriptions are kept: $name', ({ open }) => {
  let kept: Open;
  beforeAll(() => void (kept = open()));

  test('a mail once, by one at a time, until it has ended', async () => {
    const { mails } = kept;
    expect(await mails.take('m-1', 0, 1)).toBe('over');
    expect(await mails.add(MAIL, 1_000)).toBe(true);
    expect(await mails.add({ ...MAIL, text: 'Others.' }, 2_000)).toBe(false);
    expect(await mails.waiting()).toEqual([{ id: 'm-1', tries: 0 }]);
    const [one, other] = await Promise.all([mails.take('m-1', 2_000, 5_000), mails.take('m-1', 2_000, 5_000)]);
    expect([one, other]).toEqual([{ mail: MAIL, since: 1_000, tries: 1 }, 'busy']);
    expect(await mails.take('m-1', 4_999, 9_000)).toBe('busy');
    expect(await mails.take('m-1', 5_000, 9_000)).toMatchObject({ tries: 2 });
    await mails.waits('m-1', 'away');
    expect(await mails.stateOf('m-1')).toEqual({ state: 'waiting', since: 1_000, trouble: 'away' });
    expect(await mails.take('m-1', 5_001, 9_000)).toMatchObject({ tries: 3 });
    await mails.end('m-1', 6_000);
    expect(await mails.stateOf('m-1')).toEqual({ state: 'sent', at: 6_000 });
    expect(await mails.take('m-1', 9_000, 9_001)).toBe('over');
    expect(await mails.add(MAIL, 9_000)).toBe(false);
    await mails.add({ ...MAIL, id: 'm-2' }, 7_000);
    await mails.end('m-2', 8_000, 'refused');
    expect(await mails.stateOf('m-2')).toEqual({ state: 'failed', at: 8_000, trouble: 'refused' });
    expect(await mails.waiting()).toEqual([]);
    // What has ended holds nothing of a person any more.
    expect(await wholeDatabase(store.pool)).not.toContain('chen.wei');
  });

  test('a subscription as it was given, with what came of it', async () => {
    const { subscriptions } = kept;
    const { day: _day, doneDay: _done, lastMail: _mail, failedAt: _failed, ...bare } = SUBSCRIPTION;
    const paused: Subscription = { ...bare, id: 's-0', period: 'yesterday', paused: true, madeAt: 2_000 };
    await subscriptions.save(SUBSCRIPTION);
    await subscriptions.save(paused);
    expect(await subscriptions.of('5001', 'b')).toEqual([SUBSCRIPTION, paused]);
    expect(await subscriptions.of('5001', 'other')).toEqual([]);
    await subscriptions.note('s-1', { doneDay: '2026-12-03', failedAt: undefined });
    const after = { ...SUBSCRIPTION, doneDay: '2026-12-03', failedAt: undefined };
    expect(await subscriptions.active()).toEqual([after]);
    await subscriptions.note('s-1', { stopped: 'no-right', changedAt: 2_500 });
    expect((await subscriptions.of('5001', 'b'))[0]).toEqual({
      ...{ ...after, paused: true, stopped: 'no-right', changedAt: 2_500 },
    });
    expect(await subscriptions.active()).toEqual([]);
    await subscriptions.save(after);
    expect(await subscriptions.active()).toEqual([after]);
    await subscriptions.remove('s-0');
    expect(await subscriptions.of('5001', 'b')).toEqual([after]);
  });
});

test('what is over goes with its time, a subscription with the account', async () => {
  const day = 24 * 3_600_000;
  await store.subscriptions.save({ ...SUBSCRIPTION, id: 's-2', paused: true, stopped: 'no-right', changedAt: day });
  expect(await store.personalData.eraseBefore('subscriptions', day)).toBe(0);
  expect(await store.personalData.eraseBefore('subscriptions', day + 1)).toBe(1);
  expect(await store.personalData.eraseBefore('mails', day)).toBe(2);
  expect(await store.subscriptions.active()).toHaveLength(1);
  await store.identities.removeDemoAccounts();
  expect(await store.subscriptions.active()).toEqual([]);
  expect(await wholeDatabase(store.pool)).not.toContain('chen.wei');
});
