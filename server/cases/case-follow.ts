import type { CaseStatus, ComplaintCase } from '../../domain/cases/case.ts';
import { clockRuns } from '../../domain/cases/case.ts';
import type { CaseAct } from '../../domain/cases/commands.ts';
import { evolveCase } from '../../domain/cases/evolve.ts';
import { standsInTheWay } from '../../domain/cases/moves.ts';
import type { CaseFollow, CaseFollowAct } from '../../protocol/case-follow.ts';
import type { CaseAnswer } from '../../protocol/cases.ts';
import type { CaseRecords, NewCaseFile } from '../case-ports.ts';
import { same } from '../identity/same.ts';
import type { Clock } from '../ports.ts';
import type { OpenedCase } from './case-book.ts';
import { decisionTextOf, digestOf, type Cases } from './cases.ts';
import type { CaseContexts } from './terms.ts';

type FollowAct = CaseFollowAct['act'];
type Key = { readonly number: string; readonly key: string };

const CUSTOMER = { kind: 'customer' } as const;
const ACTS: Readonly<Record<FollowAct['type'], CaseAct['type']>> = {
  Answer: 'NoteSecondContact',
  Withdraw: 'WithdrawCase',
  Add: 'AddNote',
};

export interface CaseFollowParts {
  readonly cases: Cases;
  readonly records: Pick<CaseRecords, 'file'>;
  readonly contexts: CaseContexts;
  readonly clock: Clock;
}

/** A case as its customer sees it and answers it, by number and key: no word of staff but the decision's, and no name. */
export class CaseFollowing {
  constructor(private readonly parts: CaseFollowParts) {}

  /** @returns undefined for a wrong key as for a number that nobody has, after the same work */
  async open({ number, key }: Key): Promise<OpenedCase | undefined> {
    const opened = await this.parts.cases.book.open(number);
    return same(digestOf(key), opened?.kept.keyDigest ?? '') ? opened : undefined;
  }

  act({ number }: OpenedCase, act: FollowAct): Promise<CaseAnswer> {
    const command: CaseAct =
      act.type === 'Answer'
        ? { type: 'NoteSecondContact', channel: 'web', answer: act.answer }
        : act.type === 'Withdraw'
          ? { type: 'WithdrawCase' }
          : { type: 'AddNote' };
    return this.parts.cases.book.act(number, undefined, CUSTOMER, command, { text: act.text });
  }

  attach({ number }: OpenedCase, file: Parameters<Cases['attach']>[2]): Promise<CaseAnswer> {
    return this.parts.cases.attach(number, CUSTOMER, file);
  }

  /** The letter that the customer was informed with; the last one. */
  async letter({ number, kept }: OpenedCase): Promise<NewCaseFile | undefined> {
    const letter = kept.files.findLast((file) => file.letter);
    return letter && (await this.parts.records.file(number, letter.id));
  }

  async view(opened: OpenedCase): Promise<CaseFollow> {
    const { contexts, clock } = this.parts;
    const { number, state, kept, branch } = opened;
    const context = await contexts.at(branch, clock.now(), CUSTOMER);
    const told = state.informed !== undefined;
    return {
      ok: true,
      ...{ number, branchName: branch.config.name, timeZone: branch.config.timeZone, language: kept.contact?.language },
      ...{ status: state.status, receivedAt: state.receivedAt, allowance: state.clock.allowance, day: state.link.day },
      due: clockRuns(state) ? state.clock.due : undefined,
      // The customer hears of the decision from the letter, not before it.
      outcome: told ? state.decision?.outcome : undefined,
      remedies: told ? (state.decision?.remedies ?? []) : [],
      decisionText: told ? decisionTextOf(opened) : undefined,
      hasLetter: kept.files.some(({ letter }) => letter),
      may: (['Answer', 'Withdraw', 'Add'] as const).filter(
        (type) => standsInTheWay(state, ACTS[type], context) === undefined,
      ),
      own: ownOf(opened),
      steps: stepsOf(opened),
    };
  }
}

function ownOf({ kept }: OpenedCase): CaseFollow['own'] {
  const names = new Map(kept.files.map(({ id, name }) => [id, name]));
  return kept.commits.flatMap(({ version, events: [first], text }) => {
    if (first === undefined || (version > 1 && first.by !== 'customer')) return [];
    const file = first.type === 'FileAttached' ? names.get(first.fileId) : undefined;
    return text === undefined && file === undefined ? [] : [{ at: first.at, text, file }];
  });
}

function stepsOf({ kept }: OpenedCase): CaseFollow['steps'] {
  const steps: { status: CaseStatus; at: number }[] = [];
  let state: ComplaintCase | undefined;
  for (const event of kept.commits.flatMap(({ events }) => events)) {
    state = evolveCase(state, event);
    if (steps.at(-1)?.status !== state.status) steps.push({ status: state.status, at: event.at });
  }
  return steps;
}
