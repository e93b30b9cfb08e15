import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ACT_GROUPS, actKey } from '../../manager/audit/acts.ts';
import { auditWords } from '../../manager/audit/audit-words.ts';
import { queryOf, searchOf, wishOf } from '../../manager/audit/wish.ts';
import { EN_AUDIT } from '../../manager/messages/audit.en.ts';
import { hashOf, placeOf } from '../../manager/place.ts';
import type { AuditAct, AuditNames } from '../../protocol/audit.ts';

const text = (en: string) => ({ 'zh-CN': en, 'zh-TW': en, en });
const NAMES: AuditNames = {
  timeZone: 'Asia/Shanghai',
  people: [{ id: '1001', name: 'Ann' }],
  devices: [{ id: 'kiosk-7', name: 'Left of the door' }],
  counters: [{ id: 'c1', name: '1' }],
  segments: [{ id: 'cash', name: text('Cash') }],
  services: [{ id: 'deposit', name: text('Deposit') }],
  careNeeds: [],
  profiles: [],
  reasons: [{ id: 'lunch', name: text('Lunch') }],
};

/** As vue-i18n does it, with the words of the audit, of tickets and of roles. */
const SENTENCES: Readonly<Record<string, unknown>> = {
  ...EN_AUDIT,
  comma: ', ',
  ticketStatus: { waiting: 'waiting', called: 'called' },
  identity: { role: { teller: 'Teller' } },
};
const sentence = (key: string): unknown =>
  key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown> | undefined)?.[part], SENTENCES);
const words = auditWords(
  {
    t: (key, named = {}) => String(sentence(key)).replace(/\{(\w+)\}/g, (_, name: string) => String(named[name])),
    te: (key) => typeof sentence(key) === 'string',
    locale: 'en',
  },
  NAMES,
);
const act = (more: Partial<AuditAct>): AuditAct => ({ at: 0, actor: 'staff:1001', acts: [], about: {}, ...more });

describe('a row in words', () => {
  test('says who, and from where; an id that nobody knows any more is shown as it is', () => {
    expect(words.who('staff:1001')).toEqual({ name: 'Ann', id: '1001' });
    expect(words.who('staff:gone')).toEqual({ name: 'gone' });
    expect(words.who('device:kiosk-7')).toEqual({ name: 'Left of the door', id: 'kiosk-7' });
    expect(words.who('customer')).toEqual({ name: 'Customer (phone)' });
    expect(['c1', 'kiosk-7', 'phone', 'm9', undefined].map(words.place)).toEqual([
      ...['Counter 1', 'Left of the door', 'Phone', 'm9', ''],
    ]);
  });

  test('says what was done to what', () => {
    const paused = act({ acts: ['CounterPaused'], about: { tickets: ['A001'], counters: ['c1'], reason: 'lunch' } });
    expect([words.acts(paused), words.about(paused)]).toEqual(['Counter paused', ['A001', 'reason: Lunch']]);
    expect(words.acts(act({ acts: ['POST /sign-in', 'Unheard'] }))).toBe('Signed in, Unheard');
    const refused = act({ about: { refused: '403', undone: 'TicketCalled', new: 'x' } });
    expect(words.about(refused)).toEqual(['refused: 403', 'undone: Number called', 'new: x']);
  });

  test('says of each thing what it was and what it is, what it is now first', () => {
    const called = act({
      before: { 'ticket A001': { counter: null, status: 'waiting' }, 'counter c1': { pause: 'lunch' } },
      after: { 'ticket A001': { counter: 'c1', status: 'called' }, 'counter c1': { pause: null, status: 'open' } },
    });
    expect(words.changes(called)).toEqual([
      {
        thing: 'A001',
        fields: [
          { name: 'status', was: 'waiting', is: 'called' },
          { name: 'counter', was: 'none', is: 'Counter 1' },
        ],
      },
      {
        thing: 'Counter 1',
        fields: [
          { name: 'status', is: 'open' },
          { name: 'pause', was: 'Lunch', is: 'none' },
        ],
      },
    ]);
    const account = act({ before: { roles: [] }, after: { roles: ['teller of harbour', 'auditor'], disabled: true } });
    expect(words.changes(account)).toEqual([
      {
        thing: '',
        fields: [
          { name: 'roles', was: 'none', is: 'Teller (harbour), auditor' },
          { name: 'closed', is: 'yes' },
        ],
      },
    ]);
  });

  test('has a word for every event that is stored, and for all that can be looked for', () => {
    const events = readdirSync('tests/wire/samples/events').map((file) => file.replace('.json', ''));
    expect(events.length).toBeGreaterThan(35);
    const wanted = [...events, ...Object.values(ACT_GROUPS).flat()];
    expect(wanted.filter((type) => sentence(`audit.act.${actKey(type)}`) === undefined)).toEqual([]);
  });
});

describe('what is looked for', () => {
  test('is in the address, and comes back from it', () => {
    const audit = {
      network: true,
      fromDay: '2026-11-23',
      who: '1001',
      act: 'PUT /accounts/:staffId',
      before: 7,
    } as const;
    const hash = hashOf({ page: 'audit', audit });
    expect(placeOf(hash)).toEqual({ page: 'audit', audit });
    expect(hashOf({ page: 'audit', audit: {} })).toBe('#/audit');
    const nonsense = new URLSearchParams('fromDay=yesterday&who=%20&before=-3&more=1');
    expect([wishOf(nonsense), queryOf({})]).toEqual([{}, '']);
  });

  test('is asked for as the server knows it', () => {
    expect(searchOf({ network: true, who: '1001', device: 'c1', before: 7 })).toEqual({
      ...{ actor: 'staff:1001', device: 'c1', before: '7' },
    });
    expect(searchOf({ who: 'nobody' })).toEqual({ actor: 'nobody' });
  });

  test('a page that this person does not have is the first one', () => {
    expect(placeOf('#/audit', ['devices', 'accounts'])).toEqual({ page: 'devices' });
  });
});
