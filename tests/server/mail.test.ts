import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { readEnv } from '../../config/env.ts';
import type { Mail, MailRecords } from '../../server/mail-ports.ts';
import { openMail } from '../../server/mail/open-mail.ts';
import type { Outbox } from '../../server/mail/outbox.ts';
import { memoryMails } from '../../server/store/memory-mails.ts';
import { jobsByHand, type JobsByHand } from '../support/jobs-by-hand.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { log as silent } from '../support/running-hall.ts';
import { SmtpSink } from '../support/smtp-sink.ts';

const HOUR = 3_600_000;
const FROM = '海港银行 <queue@bank.example>';
const MAIL: Mail = {
  id: 'report s-1 2026-11-24',
  to: 'chen.wei@bank.example',
  subject: '上周报表',
  text: 'The figures are in the file.\n.\nA line with one dot stands before this one.',
  attachments: [
    { fileName: '报表.csv', type: 'text/csv', content: Buffer.from('\uFEFFday,served\r\n2026-11-23,7\r\n') },
  ],
};

let sink: SmtpSink;
beforeAll(async () => {
  sink = await SmtpSink.open();
});
afterAll(() => sink.away());

describe('mail', () => {
  const { id } = MAIL;
  let clock: ManualClock;
  let jobs: JobsByHand;
  let records: MailRecords;
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  beforeEach(() => {
    records = memoryMails();
    clock = new ManualClock();
    jobs = jobsByHand();
    sink.received.splice(0);
    lines.splice(0);
  });
  afterEach(() => {
    // Neither addresses nor contents are in the log, or in what is planned.
    for (const word of ['chen.wei', '上周报表', 'The figures']) {
      expect(lines.join('')).not.toContain(word);
      expect(JSON.stringify(jobs.planned)).not.toContain(word);
    }
  });

  function outbox(more: { readonly url?: string; readonly password?: string } = {}): Outbox {
    const mail = { url: sink.url(), password: sink.password, from: FROM, domains: [], ...more };
    const opened = openMail({ env: { mail }, records, jobs, clock, log });
    if (opened === undefined) throw new Error('mail is configured');
    return opened;
  }

  test('is handed over once, with what it holds, and then nothing of it is left', async () => {
    const mailer = outbox();
    await mailer.send(MAIL);
    await mailer.send({ ...MAIL, subject: 'again' });
    expect(await mailer.stateOf(id)).toEqual({ state: 'waiting', since: clock.now(), trouble: undefined });
    await jobs.runDue();
    await outbox().start();
    await jobs.runDue();
    expect(jobs.failures).toEqual([]);
    expect(await mailer.stateOf(id)).toEqual({ state: 'sent', at: clock.now() });
    const [{ from, to, data } = { from: '', to: [], data: '' }, ...others] = sink.received;
    expect({ from, to, others }).toEqual({ from: 'queue@bank.example', to: [MAIL.to], others: [] });
    const encoded = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
    expect(data).toContain(`Subject: ${encoded('上周报表')}`);
    expect(data).toContain(`From: ${encoded('海港银行')} <queue@bank.example>`);
    expect(data).toMatch(/Message-ID: <[0-9a-f]{32}@bank\.example>/);
    expect(data).toContain('\r\n.\r\nA line with one dot stands');
    expect(data).toContain(Buffer.from('\uFEFFday,served\r\n2026-11-23,7\r\n').toString('base64'));
  });

  test('waits for a server that is away or does not know the password, and goes on when it is right', async () => {
    await sink.away();
    const mailer = outbox({ password: 'a wrong one' });
    await mailer.send(MAIL);
    await jobs.runDue();
    expect(await mailer.stateOf(id)).toMatchObject({ state: 'waiting', trouble: 'away' });
    await sink.back();
    await clock.advanceBy(HOUR);
    await jobs.runDue();
    expect(await mailer.stateOf(id)).toMatchObject({ state: 'waiting', trouble: 'sign-in' });
    expect(sink.received).toEqual([]);
    // The operator has put it right, and started the server anew. Another process has its plan of it, too.
    jobs = jobsByHand();
    const both = [outbox(), outbox()];
    for (const one of both) await one.start();
    await jobs.runDue();
    await jobs.runDue();
    expect(sink.received).toHaveLength(1);
    expect(await mailer.stateOf(id)).toMatchObject({ state: 'sent' });
  });

  test('is not taken by two at once; who dies over it is followed by another', async () => {
    const mailer = outbox();
    await mailer.send(MAIL);
    await records.take(id, clock.now(), clock.now() + 60_000);
    await jobs.runDue();
    expect({ failures: jobs.failures, received: sink.received }).toEqual({
      failures: ['Error: somebody is sending this mail'],
      received: [],
    });
    await clock.advanceBy(60_000);
    await jobs.runDue();
    expect(sink.received).toHaveLength(1);
  });

  test('an address that the server does not take is given up at once, a full mailbox after a day', async () => {
    sink.answers.push('550 5.1.1 <chen.wei@bank.example> is nobody here');
    const mailer = outbox();
    await mailer.send(MAIL);
    await jobs.runDue();
    expect(await mailer.stateOf(id)).toEqual({ state: 'failed', at: clock.now(), trouble: 'refused' });
    expect(jobs.planned).toEqual([]);

    const full = `${id} full`;
    await mailer.send({ ...MAIL, id: full });
    let tries = 0;
    for (; jobs.planned.length > 0; tries += 1) {
      sink.answers.push('452 4.2.2 <chen.wei@bank.example> has no room');
      await jobs.runDue();
      await clock.advanceBy(6 * HOUR);
    }
    // The last one when a day is over.
    expect(tries).toBe(5);
    expect(await mailer.stateOf(full)).toMatchObject({ state: 'failed', trouble: 'away' });
    expect(lines.join('')).toContain('a mail was given up');
    expect(sink.received).toEqual([]);
  });

  test('to another machine nothing is sent in the clear', async () => {
    // The same machine under a name that does not say so.
    const mailer = outbox({ url: sink.url('[::ffff:127.0.0.1]') });
    await mailer.send(MAIL);
    await jobs.runDue();
    expect(await mailer.stateOf(id)).toMatchObject({ state: 'waiting', trouble: 'not-encrypted' });
    expect(sink.received).toEqual([]);
  });
});

describe('settings', () => {
  const read = (source: Readonly<Record<string, string>>) => readEnv(source);
  test('what is wrong with them is said at the start, all of it', () => {
    expect(
      read({
        LOBBYFLOW_SMTP_URL: 'https://mail.bank.example',
        LOBBYFLOW_MAIL_FROM: 'the queue',
        LOBBYFLOW_MAIL_DOMAINS: 'bank.example, @bank',
      }),
    ).toEqual({
      ok: false,
      errors: [
        'LOBBYFLOW_SMTP_URL: must begin with smtp:// or smtps://, like smtp://lobbyflow@mail.bank.example:587',
        'LOBBYFLOW_MAIL_FROM: must be queue@bank.example, or Name <queue@bank.example>',
        'LOBBYFLOW_MAIL_DOMAINS: must be domains, with commas between them',
      ],
    });
    expect(read({ LOBBYFLOW_SMTP_URL: 'smtp://name:secret@mail.bank.example', LOBBYFLOW_MAIL_FROM: FROM })).toEqual({
      ok: false,
      errors: ['LOBBYFLOW_SMTP_URL: must not hold the password: that is LOBBYFLOW_SMTP_PASSWORD'],
    });
    expect(read({ LOBBYFLOW_SMTP_URL: 'smtp://mail.bank.example', LOBBYFLOW_SMTP_PASSWORD: 'x' })).toEqual({
      ok: false,
      errors: [
        'LOBBYFLOW_MAIL_FROM: goes with LOBBYFLOW_SMTP_URL: set both, or neither',
        'LOBBYFLOW_SMTP_PASSWORD: goes with a name in LOBBYFLOW_SMTP_URL: smtp://name@mail.bank.example',
      ],
    });
  });

  test('without a list reports go to the domain of the sender only; without a server there is no mail', () => {
    const mail = { LOBBYFLOW_SMTP_URL: 'smtps://name@mail.bank.example', LOBBYFLOW_MAIL_FROM: FROM };
    expect(read(mail)).toMatchObject({ env: { mail: { from: FROM, domains: ['bank.example'] } } });
    expect(read({ ...mail, LOBBYFLOW_MAIL_DOMAINS: 'Bank.example, audit.example' })).toMatchObject({
      env: { mail: { domains: ['bank.example', 'audit.example'] } },
    });
    const none = read({});
    if (!none.ok) throw new Error('it is good');
    expect(none.env.mail).toBeUndefined();
    const parts = { records: memoryMails(), jobs: jobsByHand(), clock: new ManualClock(), log: silent };
    expect(openMail({ env: none.env, ...parts })).toBeUndefined();
  });
});
