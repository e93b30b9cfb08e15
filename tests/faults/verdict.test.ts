import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Command } from '../../domain/commands.ts';
import { viewFor } from '../../domain/views/view-for.ts';
import { DayCopy } from '../../server/day-copy.ts';
import type { StoredCommit } from '../../server/ports.ts';
import { decideTurn } from '../../server/turn.ts';
import { branchesNamed } from '../support/running-hall.ts';
import type { Acknowledged } from './support/ledger.ts';
import { digestOf, type Shown } from './support/screens.ts';
import { judge } from './support/verdict.ts';

/** The judge of the fault runs finds what it is there to find. */

const NOW = Date.UTC(2026, 10, 24, 2);
let commits: StoredCommit[];
let told: Acknowledged[];
let shown: Shown[];

beforeEach(() => {
  const copy = new DayCopy('b', '2026-11-24');
  [commits, told, shown] = [[], [], []];
  const { config } = branchesNamed('b')[0]!;
  const commands: Command[] = [
    { type: 'OpenDay', day: '2026-11-24', config },
    { type: 'OpenCounter', counterId: 'c1', tellerId: '2001' },
    { type: 'TakeTicket', services: ['deposit-withdrawal'] },
    { type: 'TakeTicket', services: ['deposit-withdrawal'] },
    { type: 'CallNext', counterId: 'c1' },
  ];
  for (const [place, command] of commands.entries()) {
    const [version, commandId] = [place + 1, `command-${place}`];
    const turn = decideTurn(copy, [{ command, actor: 'system', commandId }], NOW, () => `id-${place}`);
    copy.committed(version, turn.events);
    commits.push(structuredClone({ version, events: turn.events }));
    const [outcome] = turn.outcomes;
    if (outcome?.kind === 'accepted') told.push({ commandId, version, answer: outcome.answer });
    const audience = { kind: 'display' } as const;
    shown.push({ audience, version, at: NOW, digest: digestOf(viewFor(copy.state, audience, NOW)) });
  }
  expect(told).toHaveLength(commands.length);
});

const verdict = () => judge(commits, told, shown);
const none = { lost: [], double: [], untrue: [] };

describe('the judge', () => {
  test('finds nothing where nothing is wrong', () => expect(verdict()).toEqual(none));

  test('finds what was acknowledged and is not in the log, or is something else there', () => {
    commits.pop();
    shown.pop();
    expect(verdict()).toMatchObject({ lost: [expect.stringContaining('is not in the log')], double: [] });
    told = told
      .slice(0, -1)
      .map((each) =>
        each.answer.issued ? { ...each, answer: { issued: { ...each.answer.issued, number: 'A999' } } } : each,
      );
    expect(verdict().lost).toHaveLength(2);
  });

  test('finds a number, a call and a command that come twice, and a gap', () => {
    const [ticket, call] = [commits[2]!, commits[4]!];
    commits.push({ version: 6, events: ticket.events }, { version: 8, events: call.events });
    const found = verdict().double.join('\n');
    for (const what of [
      'number A001',
      'a call of',
      'command command-2',
      'commit 8 is in the place of 7',
      'A001 follows',
    ])
      expect(found).toContain(what);
  });

  test('finds a view that the log does not make, or does not reach', () => {
    const last = shown.at(-1)!;
    shown.push({ ...last, digest: digestOf({ kind: 'display' }) }, { ...last, version: 9 });
    expect(verdict()).toMatchObject({
      ...none,
      untrue: [expect.stringContaining('the log ends at 5'), expect.stringContaining('another commit 5')],
    });
  });
});
