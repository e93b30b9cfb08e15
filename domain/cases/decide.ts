import type { ComplaintCase } from './case.ts';
import { daysOf, timersOf, timesOf } from './clock.ts';
import type { CaseAct, CaseCommand, CaseContext, CaseTimer, ReceiveCase } from './commands.ts';
import type { CaseEvent, CaseFact } from './events.ts';
import { standsInTheWay } from './moves.ts';
import type { CaseRejection } from './rejections.ts';

export type CaseDecisionMade =
  | { readonly ok: true; readonly events: readonly CaseEvent[] }
  | { readonly ok: false; readonly rejection: CaseRejection };

type Outcome = readonly CaseFact[] | CaseRejection;

/** What happens to a case when this command is given. Pure: changes nothing, never throws. */
export function decideCase(
  state: ComplaintCase | undefined,
  command: CaseCommand,
  context: CaseContext,
): CaseDecisionMade {
  const { by, now } = context;
  const found = outcomeOf(state, command, context);
  if ('code' in found) return { ok: false, rejection: found };
  const actor = by.kind === 'staff' ? by.actor : by.kind === 'customer' ? 'customer' : 'system';
  return { ok: true, events: found.map((fact) => ({ ...fact, at: now, by: actor })) };
}

function outcomeOf(state: ComplaintCase | undefined, command: CaseCommand, context: CaseContext): Outcome {
  if (command.type === 'ReceiveCase') return state === undefined ? received(command, context) : { code: 'case-exists' };
  if (state === undefined) return { code: 'unknown-case' };
  if (isTimer(command)) return timed(state, command, context);
  return standsInTheWay(state, command.type, context) ?? done(state, command, context);
}

/** G1, G2: it begins, and first asked owns it. */
function received({ type: _, ...said }: ReceiveCase, context: CaseContext): Outcome {
  const { by, now, terms, endOf } = context;
  const days =
    said.reference === undefined ? terms.normalDays : Math.min(terms.normalDays, terms.regulatorDays ?? Infinity);
  const owns = by.kind === 'staff' && !said.about.includes(by.staffId);
  return [
    {
      type: 'CaseReceived',
      ...said,
      ...(owns && { ownerId: by.staffId }),
      acknowledgeBy: endOf(now, terms.acknowledgeDays),
      times: timesOf(now, days, context),
    },
  ];
}

function done(state: ComplaintCase, act: CaseAct, context: CaseContext): Outcome {
  const { now, terms, endOf, by } = context;
  const staffId = by.kind === 'staff' ? by.staffId : '';
  const longer = (allowance: 'complex' | 'longest') =>
    timesOf(state.clock.startedAt, daysOf(allowance, terms), context);
  switch (act.type) {
    case 'TakeCase':
      return [{ type: 'CaseTaken', ownerId: staffId }];
    case 'AcknowledgeCase':
      return [{ type: 'CaseAcknowledged', channel: act.channel }];
    case 'StartInvestigation':
      return [{ type: 'InvestigationStarted' }];
    case 'ExtendCase':
      return [{ type: 'CaseExtended', allowance: 'complex', channel: act.channel, times: longer('complex') }];
    case 'AskExtension':
      return [{ type: 'ExtensionAsked', staffId }];
    case 'ApproveExtension':
      return [{ type: 'CaseExtended', allowance: 'longest', channel: act.channel, times: longer('longest') }];
    case 'RefuseExtension':
      return [{ type: 'ExtensionRefused' }];
    case 'SetRootCause':
      return knows(terms.rootCauses, act.rootCause) ?? [{ type: 'RootCauseSet', rootCause: act.rootCause }];
    case 'DecideCase': {
      const { outcome, remedies, rootCause } = act;
      const decided: CaseFact = { type: 'CaseDecided', outcome, remedies, staffId };
      if (rootCause === undefined) return [decided];
      return knows(terms.rootCauses, rootCause) ?? [decided, { type: 'RootCauseSet', rootCause }];
    }
    case 'InformCustomer':
      return [{ type: 'CustomerInformed', channel: act.channel, letter: act.letter }];
    case 'NoteSecondContact':
      return contacted(state, act, context);
    case 'CloseCase':
      return [{ type: 'CaseClosed' }];
    case 'WithdrawCase':
      return [{ type: 'CaseWithdrawn' }];
    case 'OfferCase':
      if (state.recused.includes(act.to)) return { code: 'other-recused' };
      if (act.to === state.ownerId) return { code: 'offer-to-owner' };
      return [{ type: 'CaseOffered', to: act.to, until: endOf(now, terms.offerDays) }];
    case 'AcceptOffer':
      return [{ type: 'OfferAccepted', ownerId: staffId }];
    case 'DeclineOffer':
      return [{ type: 'OfferDeclined' }];
    case 'RecusePerson':
      if (state.recused.includes(act.staffId)) return { code: 'already-recused' };
      return [{ type: 'PersonRecused', staffId: act.staffId }];
    case 'MarkRegulator':
      return marked(state, act.reference, context);
    case 'AddNote':
      return [{ type: 'NoteAdded' }];
    case 'AttachFile':
      return [{ type: 'FileAttached', fileId: act.fileId }];
  }
}

function knows(rootCauses: readonly string[], rootCause: string): CaseRejection | undefined {
  return rootCauses.includes(rootCause) ? undefined : { code: 'unknown-root-cause' };
}

/** G9: satisfied settles it; not satisfied opens it once more; nobody reached is tried so often. */
function contacted(
  state: ComplaintCase,
  { channel, answer }: Extract<CaseAct, { type: 'NoteSecondContact' }>,
  context: CaseContext,
): Outcome {
  const { now, terms } = context;
  const reopens = answer === 'not-satisfied' && state.round === 1;
  const settled = answer === 'not-reached' ? state.attempts + 1 >= terms.contactAttempts : !reopens;
  const made: CaseFact = { type: 'SecondContactMade', channel, answer, settled };
  return reopens ? [made, { type: 'CaseReopened', times: timesOf(now, terms.normalDays, context) }] : [made];
}

/** G10: the regulator's time counts where it is shorter than what is left. */
function marked(state: ComplaintCase, reference: string, context: CaseContext): Outcome {
  const { now, terms } = context;
  const mark = { type: 'RegulatorMarked', reference } as const;
  const runs = state.status !== 'informed' && state.status !== 'contacted';
  if (terms.regulatorDays === undefined || !runs) return [mark];
  const times = timesOf(now, terms.regulatorDays, context);
  return [times.due < state.clock.due ? { ...mark, times } : mark];
}

function isTimer(command: CaseAct | CaseTimer): command is CaseTimer {
  return ['RemindOfAcknowledging', 'WarnOfDeadline', 'EscalateCase', 'LapseOffer'].includes(command.type);
}

/** G5, G6: what comes late, early or twice changes nothing. */
function timed(state: ComplaintCase, { type }: CaseTimer, { now, terms, endOf }: CaseContext): Outcome {
  if (!timersOf(state).some((timer) => timer.type === type && timer.at <= now)) return { code: 'timer-out-of-date' };
  switch (type) {
    case 'RemindOfAcknowledging':
      return [{ type: 'AcknowledgingReminded' }];
    case 'WarnOfDeadline':
      return [{ type: 'DeadlineWarned' }];
    case 'EscalateCase': {
      const [first] = terms.escalateTo;
      const to = terms.escalateTo[state.clock.escalations] ?? terms.escalateTo.at(-1) ?? first;
      return [{ type: 'CaseEscalated', to, next: endOf(now, terms.repeatDays) }];
    }
    case 'LapseOffer':
      return [{ type: 'OfferLapsed' }];
  }
}
