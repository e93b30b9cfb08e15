import { lastDayOf, type CaseCalendar } from '../../domain/cases/calendar.ts';
import { evolveCase, replayCase } from '../../domain/cases/evolve.ts';
import { decideCase } from '../../domain/cases/decide.ts';
import type { ComplaintCase } from '../../domain/cases/case.ts';
import type {
  CaseAct,
  CaseCommand,
  CaseContext,
  CaseDoer,
  CaseTerms,
  CaseTimer,
  ReceiveCase,
} from '../../domain/cases/commands.ts';
import type { CaseEvent } from '../../domain/cases/events.ts';
import type { CaseRejection } from '../../domain/cases/rejections.ts';

export const DAY = 86_400_000;
export const EVERY_DAY: CaseCalendar = { working: false, holidays: [], workingWeekends: [] };
export const TERMS: CaseTerms = {
  ...{ acknowledgeDays: 2, normalDays: 15, complexDays: 30, longestDays: 60, regulatorDays: 10 },
  ...{ warnShare: 0.7, repeatDays: 3, offerDays: 2, contactAttempts: 3 },
  escalateTo: ['branch-head', 'network-manager'],
  rootCauses: ['waiting', 'attitude'],
};

/** Ann and Ben handle cases, Hana is the branch's head, Nan manages the network, and Tom is a teller. */
export const staff = (staffId: string): CaseDoer => ({
  kind: 'staff',
  actor: `staff:${staffId}`,
  staffId,
  oversees: ['hana', 'nan'].includes(staffId),
});
export const CUSTOMER: CaseDoer = { kind: 'customer' };

/** One complaint, with a clock that is turned by hand; a day ends at midnight UTC. */
export class Complaint {
  readonly events: CaseEvent[] = [];
  now = Date.parse('2026-11-02T10:00:00Z');
  state: ComplaintCase;

  constructor(
    by: CaseDoer = staff('ann'),
    received: Partial<ReceiveCase> = {},
    readonly terms: CaseTerms = TERMS,
  ) {
    const command = { type: 'ReceiveCase', number: 'C2026-000001', branchId: 'central', source: 'desk' } as const;
    const begun = decideCase(undefined, { ...command, link: {}, about: [], ...received }, this.context(by));
    if (!begun.ok) throw new Error(begun.rejection.code);
    this.events.push(...begun.events);
    this.state = replayCase(begun.events);
  }

  /** @returns the code of the refusal, or nothing when it was done */
  by(doer: CaseDoer | string, act: CaseAct): CaseRejection['code'] | undefined {
    return this.#take(act, typeof doer === 'string' ? staff(doer) : doer);
  }

  timer(type: CaseTimer['type']): CaseRejection['code'] | undefined {
    return this.#take({ type }, { kind: 'clock' });
  }

  pass(days: number): this {
    this.now += days * DAY;
    return this;
  }

  /** Forward to this state, by whoever owns it. */
  until(status: ComplaintCase['status']): this {
    const done = WAY.findIndex(([to]) => to === this.state.status);
    for (const [to, act] of WAY.slice(done + 1, WAY.findIndex(([to]) => to === status) + 1)) {
      const refused = this.by(this.state.ownerId ?? '', act);
      if (refused !== undefined) throw new Error(`not ${to}: ${refused}`);
    }
    return this;
  }

  context(by: CaseDoer): CaseContext {
    return {
      ...{ now: this.now, by, terms: this.terms },
      endOf: (from, days) => Date.parse(lastDayOf(new Date(from).toISOString().slice(0, 10), days, EVERY_DAY)) + DAY,
    };
  }

  #take(command: CaseCommand, by: CaseDoer) {
    const decided = decideCase(this.state, command, this.context(by));
    if (!decided.ok) return decided.rejection.code;
    this.events.push(...decided.events);
    this.state = decided.events.reduce(evolveCase, this.state);
    return undefined;
  }
}

const WAY: readonly (readonly [ComplaintCase['status'], CaseAct])[] = [
  ['acknowledged', { type: 'AcknowledgeCase', channel: 'phone' }],
  ['investigating', { type: 'StartInvestigation' }],
  ['decided', { type: 'DecideCase', outcome: 'upheld', remedies: ['apology'], rootCause: 'waiting' }],
  ['informed', { type: 'InformCustomer', channel: 'letter', letter: 'letter-1' }],
  ['contacted', { type: 'NoteSecondContact', channel: 'phone', answer: 'satisfied' }],
  ['closed', { type: 'CloseCase' }],
];
