import { expect, test } from '@jest/globals';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { CaseAct } from '../../domain/cases/commands.ts';
import type { ComplaintCase } from '../../domain/cases/case.ts';
import { timersOf } from '../../domain/cases/clock.ts';
import { replayCase } from '../../domain/cases/evolve.ts';
import type { CaseEvent } from '../../domain/cases/events.ts';
import { ACT_TYPES, standsInTheWay } from '../../domain/cases/moves.ts';
import { Complaint, CUSTOMER, staff } from '../support/complaint.ts';

/** Complaints by seed: anybody tries anything, at any time, and the clock's own commands come at their time, late or twice. */

const SEEDS = Array.from({ length: 15 }, (_, seed) => seed);
const PEOPLE = ['ann', 'ben', 'tom', 'hana', 'nan'];

test.each(SEEDS)('whatever anybody tries with complaint %i, what is promised of it holds', (seed) => {
  const chance = xoroshiro128plus(seed);
  const below = (n: number) => uniformInt(chance, 0, n - 1);
  const one = <T>(of: readonly T[]) => of[below(of.length)]!;
  const act = (): CaseAct => {
    const answer = one(['satisfied', 'not-satisfied', 'not-reached'] as const);
    const filled = { channel: 'phone', letter: 'l', answer, to: one(PEOPLE), staffId: one(PEOPLE), reference: 'R' };
    const more = { outcome: 'upheld', remedies: ['none'], fileId: 'f', rootCause: one(['waiting', 'no such']) };
    // Withdrawing ends it, so not often.
    const type = one(ACT_TYPES.filter((name) => name !== 'WithdrawCase' || below(20) === 0));
    return { ...filled, ...more, type } as CaseAct;
  };

  const complaint = new Complaint(below(3) === 0 ? CUSTOMER : staff(one(PEOPLE)), {
    about: below(3) === 0 ? [one(PEOPLE)] : [],
  });
  for (let step = 0; step < 250; step += 1) {
    if (below(4) === 0) complaint.now += below(3 * 86_400_000);
    const before = complaint.state;
    const known = complaint.events.length;
    const by = below(6) === 0 ? CUSTOMER : staff(one(PEOPLE));
    const said = act();
    const inTheWay = standsInTheWay(before, said.type, complaint.context(by));
    const due = timersOf(before).filter(({ at }) => at <= complaint.now);
    const refused = below(3) === 0 && due[0] ? complaint.timer(one(due).type) : complaint.by(by, said);
    if (complaint.events.length === known) expect(complaint.state).toEqual(before);
    else expect(refused).toBeUndefined();
    if (inTheWay && complaint.events.length > known) expect(complaint.events.at(-1)?.by).toBe('system');
    check(before, complaint.state, complaint.events.slice(known));
  }
  expect(replayCase(complaint.events)).toEqual(complaint.state);
});

function check(before: ComplaintCase, after: ComplaintCase, events: readonly CaseEvent[]): void {
  const types = events.map(({ type }) => type);
  // Never closed without its root cause, nor without having spoken to the customer again.
  if (after.status === 'closed') {
    expect(after.rootCause).toBeDefined();
    expect(after.answer).toBeDefined();
  }
  // One owner, who changes by taking what nobody has, or by accepting.
  if (before.ownerId !== undefined) expect(after.ownerId).toBeDefined();
  if (after.ownerId !== before.ownerId) {
    expect(types).toEqual([before.ownerId === undefined ? expect.stringMatching('Taken|Accepted') : 'OfferAccepted']);
    expect(before.recused).not.toContain(after.ownerId);
  }
  // A deadline is later only by an extension that was in time, or when it is opened again.
  if (after.clock.due > before.clock.due) expect(types).toContainEqual(expect.stringMatching('Extended|Reopened'));
  if (types.includes('CaseExtended')) expect(events[0]?.at).toBeLessThanOrEqual(before.clock.due);
  expect(after.clock.allowance === 'longest' && before.clock.allowance === 'normal').toBe(false);
  // Whom it is about does nothing but hand it over.
  const doers = events.flatMap(({ by, type }) => (type === 'CaseOffered' ? [] : [by]));
  for (const staffId of before.recused) expect(doers).not.toContain(`staff:${staffId}`);
  expect(after.offer === undefined || !after.recused.includes(after.offer.to)).toBe(true);
  // What is over stays as it is; it is opened again once.
  if (before.endedAt !== undefined) expect(after).toEqual(before);
  expect([1, 2]).toContain(after.round);
  expect(after.round).toBeGreaterThanOrEqual(before.round);
}
