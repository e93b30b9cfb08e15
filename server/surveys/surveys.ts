import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import { agencyCells, type FaultyRow } from '../../domain/surveys/agency-results.ts';
import { answerFault, surveyClosed } from '../../domain/surveys/answering.ts';
import type { Survey } from '../../domain/surveys/survey.ts';
import type {
  AnswerRefusal,
  surveyAnswerSchema,
  surveyDraftSchema,
  SurveyForm,
  SurveyRefusal,
  SurveyResults,
  SurveyRow,
} from '../../protocol/surveys.ts';
import { businessDayAt } from '../business-day.ts';
import type { Hosts } from '../hosts.ts';
import type { Caller } from '../identity/caller.ts';
import { may } from '../identity/permissions.ts';
import type { Inbox } from '../inbox/inbox.ts';
import { newId } from '../new-id.ts';
import type { Clock } from '../ports.ts';
import type { KeptSurvey, SurveyRecords } from '../survey-ports.ts';
import { readCsv } from './read-csv.ts';
import { exportOf, resultsOf } from './results.ts';

export interface SurveysParts {
  readonly surveys: SurveyRecords;
  /** Where words go. */
  readonly inbox: Pick<Inbox, 'receive'>;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly hosts: Hosts;
  readonly clock: Clock;
}

type Draft = z.output<typeof surveyDraftSchema>;
type Answer = z.output<typeof surveyAnswerSchema>;
type Turned =
  { readonly ok: true; readonly survey: SurveyRow } | { readonly ok: false; readonly reason: SurveyRefusal };

/** Campaigns of questions: written, started and ended by staff; answered by customers, each once. */
export class Surveys {
  constructor(private readonly parts: SurveysParts) {}

  async list(caller: Caller): Promise<readonly SurveyRow[]> {
    const all = await this.parts.surveys.all();
    return all.filter((survey) => sees(survey, caller)).map((survey) => rowOf(survey, caller));
  }

  async find(id: string, caller: Caller): Promise<SurveyRow | undefined> {
    const survey = await this.parts.surveys.find(id);
    return survey && sees(survey, caller) ? rowOf(survey, caller) : undefined;
  }

  /** @returns what is wrong with it for this person; undefined when they may run it */
  faultOf({ owner, branches }: Draft, { branchId }: Caller): string | undefined {
    const unknown = branches.filter((branch) => !this.parts.branches.has(branch));
    if (unknown.length > 0) return `There is no branch ${unknown.join(', ')}.`;
    if (branchId === undefined || (owner === 'branch' && branches.join() === branchId)) return undefined;
    return 'A branch runs surveys of its own, in itself. Others are run by whoever works for all branches.';
  }

  async add(draft: Draft, caller: Caller): Promise<SurveyRow | undefined> {
    const survey: Survey = { ...draft, id: newId(), state: 'draft' };
    await this.parts.surveys.add(survey, this.parts.clock.now());
    return this.find(survey.id, caller);
  }

  async change(survey: SurveyRow, draft: Draft, caller: Caller): Promise<Turned> {
    const changed = await this.parts.surveys.change({ ...draft, id: survey.id, state: 'draft' });
    return this.#turned(changed, 'not-draft', survey, caller);
  }

  remove(survey: SurveyRow): Promise<boolean> {
    return this.parts.surveys.remove(survey.id);
  }

  async turn(survey: SurveyRow, to: 'running' | 'ended', caller: Caller): Promise<Turned> {
    const turned = await this.parts.surveys.turn(survey.id, to, this.parts.clock.now());
    return this.#turned(turned, to === 'running' ? 'not-draft' : 'not-running', survey, caller);
  }

  async results(survey: SurveyRow): Promise<SurveyResults> {
    const { surveys } = this.parts;
    const { id, branches, from, to } = survey;
    const [answered, imported] = [await surveys.cells(id), await surveys.imported(id)];
    const ratings = await surveys.ratings(branches, from, to);
    const most = Math.max(0, ...countsByQuestion(imported).values());
    return { survey, ...resultsOf(survey, [...answered, ...imported], ratings), imported: most };
  }

  async exportCsv({ id, ...plan }: SurveyRow): Promise<string> {
    const { surveys } = this.parts;
    return exportOf(plan, [...(await surveys.cells(id)), ...(await surveys.imported(id))]);
  }

  /** Whole or not at all. */
  async importCsv(
    survey: SurveyRow,
    csv: string,
  ): Promise<{ readonly cells: number } | { readonly faults: readonly FaultyRow[] }> {
    const read = agencyCells(survey, readCsv(csv));
    if ('faults' in read) return read;
    await this.parts.surveys.keepImport(survey.id, read.cells, this.parts.clock.now());
    return { cells: read.cells.length };
  }

  /** As a customer sees it. */
  async form(id: string): Promise<SurveyForm | undefined> {
    const survey = await this.parts.surveys.find(id);
    if (survey === undefined) return undefined;
    const { name, languages, dimensions, own, anonymous } = survey;
    const closed = surveyClosed(survey, { day: this.#dayOf(survey.branches[0]), answers: survey.answers });
    const branches = survey.branches.flatMap((branchId) => {
      const branch = this.parts.branches.get(branchId);
      return branch ? [{ branchId, name: branch.config.name }] : [];
    });
    // A draft is seen by its writers only.
    const asked = survey.state === 'draft' ? { dimensions: [], own: [] } : { dimensions, own };
    return { id, name, languages, branches, ...asked, anonymous, closed };
  }

  /** @returns the id of what is asked after a visit to this branch today */
  async afterVisit(branchId: BranchId): Promise<string | undefined> {
    const day = this.#dayOf(branchId);
    const running = (await this.parts.surveys.all()).filter(
      (survey) =>
        survey.ways.includes('ticket') &&
        surveyClosed(survey, { branchId, day, answers: survey.answers }) === undefined,
    );
    return running[0]?.id;
  }

  /** @returns why it was not taken; undefined when it was */
  async answer(id: string, given: Answer): Promise<AnswerRefusal | undefined> {
    const { surveys } = this.parts;
    const survey = await surveys.find(id);
    if (survey === undefined) return 'not-started';
    const { branchId, ticketId, scores, texts } = given;
    const day = this.#dayOf(branchId);
    const way = ticketId === undefined ? 'link' : 'ticket';
    const refusal =
      surveyClosed(survey, { branchId, day, answers: survey.answers }) ??
      answerFault(survey, { way, scores, texts: Object.keys(texts) });
    if (refusal !== undefined) return refusal;
    if (ticketId !== undefined && !(await this.#wasHere(branchId, ticketId))) return 'no-visit';
    const token = createHash('sha256')
      .update(`${id} ${ticketId ?? given.token}`)
      .digest('base64url');
    const known = survey.anonymous ? {} : { ticketId };
    const kept = await surveys.answer({ surveyId: id, token, branchId, day, scores, ...known }, survey.quota);
    if (kept !== 'kept') return kept;
    await this.#toInbox(survey, given, known.ticketId);
    return undefined;
  }

  /** Words go to whoever reads what customers say, with their question. */
  async #toInbox(survey: KeptSurvey, { branchId, texts, language }: Answer, ticketId: string | undefined) {
    const words = survey.own.flatMap(({ id, text }) => {
      const said = texts[id];
      return said === undefined ? [] : [`${text[language] || text['zh-CN'] || text.en}\n${said}`];
    });
    if (words.length === 0) return;
    await this.parts.inbox.receive({
      ...{ branchId, kind: 'questionnaire', nature: 'suggestion', text: words.join('\n\n'), contact: {}, language },
      ...{ at: this.parts.clock.now(), surveyId: survey.id, ticketId },
      identity: ticketId === undefined ? 'anonymous' : 'ticket',
    });
  }

  async #wasHere(branchId: BranchId, ticketId: string): Promise<boolean> {
    const today = await this.parts.hosts.today(branchId);
    return today.ok && (await today.host.look((state) => state?.tickets.has(ticketId) === true));
  }

  async #turned(done: boolean, reason: SurveyRefusal, { id }: SurveyRow, caller: Caller): Promise<Turned> {
    const survey = done ? await this.find(id, caller) : undefined;
    return survey ? { ok: true, survey } : { ok: false, reason };
  }

  #dayOf(branchId: BranchId | undefined): BusinessDay {
    const { branches, clock } = this.parts;
    return businessDayAt(clock.now(), branches.get(branchId ?? '')?.config.timeZone ?? 'UTC').day;
  }
}

function sees({ branches }: Survey, { branchId }: Caller): boolean {
  return branchId === undefined || branches.includes(branchId);
}

function rowOf(survey: KeptSurvey, caller: Caller): SurveyRow {
  const own =
    caller.branchId === undefined || (survey.owner === 'branch' && survey.branches.join() === caller.branchId);
  return { ...survey, mine: own && may(caller, 'run-surveys') };
}

function countsByQuestion(cells: Awaited<ReturnType<SurveyRecords['imported']>>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { question, counts: each } of cells)
    counts.set(
      question,
      each.reduce((sum, count) => sum + count, counts.get(question) ?? 0),
    );
  return counts;
}
