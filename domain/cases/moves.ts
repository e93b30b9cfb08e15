import type { StaffId } from '../ids.ts';
import { isOver, type CaseStatus, type ComplaintCase } from './case.ts';
import type { CaseAct, CaseContext } from './commands.ts';
import type { CaseRejection } from './rejections.ts';

type ActType = CaseAct['type'];
/** `handler`: anybody of the bank whom the complaint is not about. `offered`: whom the case is offered to. */
type Doers =
  'owner' | 'owner or overseer' | 'owner or customer' | 'handler' | 'handler or customer' | 'approver' | 'offered';
type Says = (state: ComplaintCase, context: CaseContext) => CaseRejection | undefined;

interface Move {
  readonly in: readonly CaseStatus[];
  readonly by: Doers;
  /** What else must hold, whatever the command says. */
  readonly unless?: Says;
}

const WORK: readonly CaseStatus[] = ['received', 'acknowledged', 'investigating'];
const OPEN: readonly CaseStatus[] = [...WORK, 'decided', 'informed', 'contacted'];
const FOUND: readonly CaseStatus[] = ['investigating', 'decided', 'informed', 'contacted'];

const past: Says = ({ clock: { due } }, { now }) => (now > due ? { code: 'deadline-past', due } : undefined);
const notAsked: Says = ({ asked }) => (asked ? undefined : { code: 'not-asked' });
const owned: Says = ({ ownerId }) => (ownerId === undefined ? undefined : { code: 'case-owned', ownerId });
const notComplex: Says = ({ clock: { allowance } }) => {
  if (allowance === 'longest') return { code: 'longest-already' };
  return allowance === 'normal' ? { code: 'not-extended-yet' } : undefined;
};
const asked: Says = (state) => (state.asked ? { code: 'asked-already' } : undefined);
const extended: Says = ({ clock }) => (clock.allowance === 'normal' ? undefined : { code: 'extended-already' });
const noCause: Says = ({ rootCause }) => (rootCause === undefined ? { code: 'root-cause-missing' } : undefined);
const known: Says = ({ regulator }) => (regulator ? { code: 'regulator-known' } : undefined);
const offered: Says = ({ offer }, { now }) =>
  offer && now < offer.until ? { code: 'offer-open', to: offer.to, until: offer.until } : undefined;
const first =
  (...checks: Says[]): Says =>
  (state, context) => {
    for (const check of checks) {
      const found = check(state, context);
      if (found !== undefined) return found;
    }
    return undefined;
  };

/** G3: what may be done in which state, and by whom. The one table. */
export const MOVES: Readonly<Record<ActType, Move>> = {
  TakeCase: { in: OPEN, by: 'handler', unless: owned },
  AcknowledgeCase: { in: ['received'], by: 'owner' },
  StartInvestigation: { in: ['acknowledged'], by: 'owner' },
  ExtendCase: { in: WORK, by: 'owner', unless: first(extended, past) },
  AskExtension: { in: WORK, by: 'owner', unless: first(notComplex, asked, past) },
  ApproveExtension: { in: WORK, by: 'approver', unless: first(notAsked, past) },
  RefuseExtension: { in: WORK, by: 'approver', unless: notAsked },
  SetRootCause: { in: FOUND, by: 'owner' },
  DecideCase: { in: ['investigating'], by: 'owner' },
  InformCustomer: { in: ['decided'], by: 'owner' },
  NoteSecondContact: { in: ['informed'], by: 'owner or customer' },
  CloseCase: { in: ['contacted'], by: 'owner', unless: noCause },
  WithdrawCase: { in: OPEN, by: 'owner or customer' },
  OfferCase: { in: OPEN, by: 'owner or overseer', unless: offered },
  AcceptOffer: { in: OPEN, by: 'offered' },
  DeclineOffer: { in: OPEN, by: 'offered' },
  RecusePerson: { in: OPEN, by: 'owner or overseer' },
  MarkRegulator: { in: OPEN, by: 'handler', unless: known },
  AddNote: { in: OPEN, by: 'handler or customer' },
  AttachFile: { in: OPEN, by: 'handler or customer' },
};

export const ACT_TYPES = Object.keys(MOVES) as readonly ActType[];

/** Why this caller cannot do this now, whatever the command says beside its type. */
export function standsInTheWay(state: ComplaintCase, type: ActType, context: CaseContext): CaseRejection | undefined {
  const move = MOVES[type];
  const { status } = state;
  if (isOver(state)) return { code: 'case-over', status };
  if (!move.in.includes(status)) return { code: 'wrong-step', status };
  return notTheirs(state, type, context) ?? move.unless?.(state, context);
}

function notTheirs(state: ComplaintCase, type: ActType, { by, now }: CaseContext): CaseRejection | undefined {
  const { by: doers } = MOVES[type];
  if (by.kind === 'customer') return doers.endsWith('customer') ? undefined : { code: 'staff-only' };
  if (by.kind === 'clock') return { code: 'staff-only' };
  const { ownerId, offer } = state;
  const { staffId, oversees } = by;
  // G7: whom it is about does nothing with it, but for handing it over.
  if (state.recused.includes(staffId) && !(type === 'OfferCase' && staffId === ownerId)) return { code: 'recused' };
  if (doers.startsWith('handler')) return undefined;
  if (doers === 'approver')
    return oversees && !asksThemselves(state, staffId) ? undefined : { code: 'approver-needed' };
  if (doers === 'offered') {
    if (offer === undefined || now >= offer.until) return { code: 'no-offer' };
    return offer.to === staffId ? undefined : { code: 'offer-for-another', to: offer.to };
  }
  if (doers === 'owner or overseer' && oversees) return undefined;
  if (ownerId === undefined) return { code: 'no-owner' };
  return ownerId === staffId ? undefined : { code: 'not-owner', ownerId };
}

function asksThemselves({ ownerId, asked }: ComplaintCase, staffId: StaffId): boolean {
  return staffId === ownerId || staffId === asked?.by;
}
