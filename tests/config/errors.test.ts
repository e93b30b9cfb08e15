import { describe, expect, test } from '@jest/globals';
import { loadBranches } from '../../config/load.ts';
import { harbour, lineOf, problemsOf, spoil } from './branch-folder.ts';

/** What is spoiled, what the one error says, and on which line it is found (by default that of the new text). */
type Case = readonly [what: string, old: string, replacement: string, says: string, at?: string];

const counter1 = "{ id: c1, label: '1', kind: fixed, zone: cash, profile: cash-first }";

const cases: readonly Case[] = [
  ['a holiday that does not exist', '- 2026-10-05', '- 2026-02-30', 'write an existing date as YYYY-MM-DD'],
  ['a printer without an address', 'printers: []', 'printers: [{ id: p1 }]', 'a network printer needs its address'],
  [
    'an address of a browser printer',
    'printers: []',
    'printers: [{ id: p1, via: browser, address: 10.1.2.30 }]',
    'a browser prints on the printer of its own machine',
  ],
  [
    'more columns than fit on the paper',
    'printers: []',
    'printers: [{ id: p1, address: 10.1.2.30, paperMm: 58, columns: 42 }]',
    '58 mm paper has room for 32 characters, not 42',
  ],
  [
    'a kiosk with two printers',
    'printers: []',
    'printers: [{ id: p1, via: browser, kiosks: [door] }, { id: p2, address: printer.lan, kiosks: [door] }]',
    'door has a printer already',
  ],
  ['paper of another width', 'printers: []', 'printers: [{ id: p1, via: browser, paperMm: 60 }]', 'paper is 58 or 80'],
  ['a country by its name', 'country: CN', 'country: China', 'a country is two capital letters'],
  ['a working weekend in the week', '[2026-09-20,', '[2026-09-21,', 'this is no Saturday or Sunday'],
  ['a payday that no month has', 'paydays: [10, 25]', 'paydays: [10, 32]', 'a month has at most 31 days'],
  ['a misread letter as prefix', 'prefix: A', 'prefix: O', 'I, O, Q, S and Z are misread'],
  ['a prefix of two letters', 'prefix: A', 'prefix: AB', 'a prefix is one capital letter'],
  ['a prefix used twice', 'prefix: B', 'prefix: A', 'prefix "A" is used twice', 'prefix: A\n    targetMinutes: 15'],
  [
    'a ceiling below the target',
    'ceilingMinutes: 30',
    'ceilingMinutes: 9',
    'the ceiling of 9 minutes must be above the target',
  ],
  ['an id used twice', '{ id: c2,', '{ id: c1,', 'id "c1" is used twice', "{ id: c1, label: '2'"],
  ['an id with capitals', '{ id: c1,', '{ id: C1,', 'an id has small letters'],
  [
    'an unknown zone of a segment',
    'zone: self-service\n    colour',
    'zone: lobby\n    colour',
    'there is no zone "lobby"',
  ],
  ['an unknown zone of a counter', counter1, counter1.replace('zone: cash', 'zone: till'), 'there is no zone "till"'],
  [
    'an unknown work profile',
    counter1,
    counter1.replace('cash-first', 'cash-only'),
    'there is no work profile "cash-only"',
  ],
  [
    'a segment that a profile does not know',
    'help: [cash, self-service]',
    'help: [cash, gold]',
    'there is no segment "gold"',
  ],
  [
    'a segment served first and helped with',
    'first: [cash]',
    'first: [cash, non-cash]',
    'is served first and helped with',
    'help: [non-cash]',
  ],
  [
    'an unknown service on a tile',
    'services: [wealth, loans, safe-box]\n',
    'services: [wealth, loans, safe-box, gold-bars]\n',
    'there is no service "gold-bars"',
  ],
  [
    'an unknown tier in a rule',
    'when: { tiers: [private] }',
    'when: { tiers: [platinum] }',
    'there is no tier "platinum"',
  ],
  [
    'an unknown care need in a rule',
    '[statement-print], careNeeds: [older,',
    '[statement-print], careNeeds: [old,',
    'there is no care need "old"',
  ],
  [
    'an unknown segment in a rule',
    'everything-else, segment: non-cash',
    'everything-else, segment: other',
    'there is no segment "other"',
  ],
  ['an unknown skill of a service', 'skills: [forex]', 'skills: [fx]', 'there is no skill "fx"'],
  [
    'an unknown skill of a person',
    "skills: [cash], speed: { '*': 0.7 }",
    "skills: [tills], speed: { '*': 0.7 }",
    'there is no skill "tills"',
  ],
  ['an unknown service in a speed', 'passbook: 0.9', 'savings-book: 0.9', 'there is no service "savings-book"'],
  [
    'a last rule with conditions',
    'everything-else, segment',
    'everything-else, when: { tiers: [gold] }, segment',
    'the last rule "everything-else" has conditions',
  ],
  [
    'an earlier rule without conditions',
    'private-banking, when: { tiers: [private] }',
    'private-banking',
    'rule "private-banking" has no conditions',
  ],
  ['an empty condition', 'when: { tiers: [private] }', 'when: { tiers: [] }', 'an empty list is never true'],
  ['an empty amount bracket', 'amountBelow: 20000', 'amountAtLeast: 30000, amountBelow: 20000', 'the bracket is empty'],
  ['a label used twice', "{ id: c2, label: '2'", "{ id: c2, label: '1'", 'label "1" is used twice'],
  ['a label that is a number', "label: '1',", 'label: 1,', `"label" must be text: write 1 in quotes, '1'`],
  [
    'skills at a counter with a teller',
    counter1,
    counter1.replace(' }', ', skills: [cash] }'),
    'only a device has skills of its own',
  ],
  [
    'a segment that nobody serves first',
    'first: [vip]',
    'first: [non-cash]',
    'no counter serves segment "vip" first',
    '- id: vip\n    name: { zh-CN: 贵宾服务',
  ],
  [
    'a service on no tile',
    'services: [wealth, loans, safe-box]\n',
    'services: [wealth, loans]\n',
    'service "safe-box" is on no tile',
    '- id: safe-box',
  ],
  [
    'a service that nobody can do',
    '    minutes: 10\n',
    '    minutes: 10\n    skills: [cash, forex, corporate, lending, sales]\n',
    'nobody can do service "safe-box"',
    '- id: safe-box',
  ],
  ['a licence date that does not exist', 'until: 2028-06-30', 'until: 2028-06-31', 'write an existing date'],
  ['a time that is none', "opens: '09:00'", "opens: '9:00'", 'write the time as HH:MM'],
  ['closing before opening', "closes: '17:00'", "closes: '08:00'", 'not after it opens'],
  ['an unknown time zone', 'Asia/Shanghai', 'Asia/Shangai', 'not a known time zone'],
  ['an unknown field', 'undoSeconds: 10', 'undoMinutes: 10', 'unknown field "undoMinutes"'],
  ['a missing language', 'en: Lunch', 'de: Mittag', 'unknown field "de"'],
  [
    'an unknown policy',
    'policy: cost-of-delay',
    'policy: fastest',
    '"policy" cannot be "fastest": write one of cost-of-delay',
  ],
  ['a negative time', 'recallAfterSeconds: 10', 'recallAfterSeconds: -1', 'seconds cannot be less than 0'],
  [
    'a stranger asked to a floating window',
    "staff: ['1002', '1011', '1012', '1004']",
    "staff: ['1002', '9999']",
    'there is no member of staff "9999"',
  ],
  [
    'a post that needs more people than it has',
    '      minimum: 2\n',
    '      minimum: 4\n',
    'the post needs 4 people and lists 3',
  ],
  [
    'a counter that is drawn on another one',
    'counter: c2, x: 3,',
    'counter: c2, x: 2,',
    'counter "c2" lies on counter "c1"',
  ],
  [
    'a counter that is not drawn',
    '    - { counter: c9, x: 21, y: 6, width: 3, height: 4 }\n',
    '',
    'counter "c9" is not drawn',
    'counters:\n    - { counter: c1',
  ],
  ['a zone past the edge of the map', 'zone: vip-room, x: 18', 'zone: vip-room, x: 19', 'it reaches past the grid'],
  ['an unknown zone on the map', 'zone: marketing, x: 21', 'zone: bakery, x: 21', 'there is no zone "bakery"'],
  ['another id than the file', 'id: harbour', 'id: harbor', 'give both the same name'],
  ['broken YAML', 'hours: {', 'hours: [', 'this is not YAML'],
];

describe('one mistake in a branch file is one sentence with its line:', () => {
  test.each(cases)('%s', (_what, old, replacement, says, at = replacement.trim()) => {
    const text = spoil(harbour, old, replacement);
    const found = problemsOf({ 'harbour.yaml': text }).filter((problem) => problem.includes(says));
    expect(found).toEqual([expect.stringMatching(new RegExp(`^harbour\\.yaml:${lineOf(text, at)}: `))]);
  });
});

describe('all mistakes come at once:', () => {
  test('of one file, a wrong value beside a wrong reference and a wrong shape', () => {
    let text = spoil(harbour, 'prefix: A', 'prefix: O');
    text = spoil(text, 'zone: self-service\n    colour', 'zone: lobby\n    colour');
    text = spoil(text, "label: '1',", 'label: 1,');
    text = spoil(text, 'undoSeconds: 10', 'undoSecond: 10');
    expect(problemsOf({ 'harbour.yaml': text })).toEqual([
      expect.stringContaining('I, O, Q, S and Z are misread'),
      expect.stringContaining('there is no zone "lobby"'),
      expect.stringContaining('"label" must be text'),
      expect.stringContaining('unknown field "undoSecond"'),
    ]);
  });

  test('of all files', () => {
    const problems = problemsOf({
      'harbour.yaml': spoil(harbour, 'prefix: A', 'prefix: O'),
      'pier.yaml': spoil(harbour, 'id: harbour', 'id: pier').replace('Asia/Shanghai', 'Mars/Base'),
      'quay.yaml': 'id: quay\nname: {',
    });
    expect(problems.map((problem) => problem.replace(/:\d.*/s, ''))).toEqual([
      'harbour.yaml',
      'pier.yaml',
      'quay.yaml',
    ]);
  });

  test('an empty file and a list instead of fields are said plainly', () => {
    expect(problemsOf({ 'a.yaml': '', 'b.yaml': '- 1' })).toEqual([
      'a.yaml:1: the file must be a group of fields, not empty',
      'b.yaml:1: the file must be a group of fields, not a list',
    ]);
  });

  test('a folder without files, and no folder', () => {
    expect(problemsOf({})).toEqual([expect.stringContaining('there is no branch file')]);
    expect(() => loadBranches('no/such/folder')).toThrow('there is no such folder');
  });
});
