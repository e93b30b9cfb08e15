import type { CaseStatus } from '../../../domain/cases/case.ts';
import type { CaseAct } from '../../../domain/cases/commands.ts';
import type { CaseActRequest, CaseActType, CaseView } from '../../../protocol/cases.ts';

/** What a form asks for. The text is last: it takes the most room. */
export type ActField =
  'channel' | 'outcome' | 'remedies' | 'rootCause' | 'answer' | 'to' | 'staffId' | 'reference' | 'text';
type Form = Partial<Record<ActField, 'needed' | 'optional'>>;

/** Each act, and what is to be said with it; one without a field is done at once. Files are attached where they lie. */
export const ACT_FIELDS: Readonly<Record<Exclude<CaseActType, 'AttachFile'>, Form>> = {
  TakeCase: {},
  AcknowledgeCase: { channel: 'needed', text: 'optional' },
  StartInvestigation: {},
  ExtendCase: { channel: 'needed', text: 'needed' },
  AskExtension: { text: 'needed' },
  ApproveExtension: { channel: 'needed', text: 'optional' },
  RefuseExtension: { text: 'needed' },
  SetRootCause: { rootCause: 'needed', text: 'needed' },
  DecideCase: { outcome: 'needed', remedies: 'needed', rootCause: 'optional', text: 'needed' },
  InformCustomer: { channel: 'needed', text: 'optional' },
  NoteSecondContact: { channel: 'needed', answer: 'needed', text: 'optional' },
  CloseCase: { text: 'optional' },
  WithdrawCase: { text: 'needed' },
  OfferCase: { to: 'needed', text: 'optional' },
  AcceptOffer: {},
  DeclineOffer: { text: 'optional' },
  RecusePerson: { staffId: 'needed', text: 'needed' },
  MarkRegulator: { reference: 'needed', text: 'optional' },
  AddNote: { text: 'needed' },
};
export type FormAct = keyof typeof ACT_FIELDS;

/** What is said in a form so far; of lists `remedies` alone may have several. */
export type ActDraft = Partial<Record<Exclude<ActField, 'remedies'>, string>> & {
  readonly remedies?: readonly string[];
};

/** The step that comes next in each state. */
const NEXT: Readonly<Partial<Record<CaseStatus, FormAct>>> = {
  received: 'AcknowledgeCase',
  acknowledged: 'StartInvestigation',
  investigating: 'DecideCase',
  decided: 'InformCustomer',
  informed: 'NoteSecondContact',
  contacted: 'CloseCase',
};
/** They have a place of their own: in the offer, in the request, below the timeline. */
const ELSEWHERE: readonly CaseActType[] = [
  ...(['AcceptOffer', 'DeclineOffer', 'ApproveExtension', 'RefuseExtension', 'AddNote', 'AttachFile'] as const),
];

export interface OfferedActs {
  /** The one to do first; absent when the case is over. */
  readonly main?: FormAct;
  /** It cannot be done yet, for this reason. */
  readonly mainRefusal?: NonNullable<CaseView['mayNot'][CaseActType]>;
  readonly others: readonly FormAct[];
}

/** What a person is offered with a case: what is legal for them now, one of it first. */
export function offeredActs({
  status,
  ownerId,
  may,
  mayNot,
}: Pick<CaseView, 'status' | 'ownerId' | 'may' | 'mayNot'>): OfferedActs {
  const main = ownerId === undefined && status in NEXT ? 'TakeCase' : NEXT[status];
  const isOther = (type: CaseActType): type is FormAct => type !== main && !ELSEWHERE.includes(type);
  const others = may.filter(isOther);
  if (main === undefined) return { others };
  const mainRefusal = may.includes(main) ? undefined : mayNot[main];
  return { main, others, ...(mainRefusal && { mainRefusal }) };
}

/** Which needed fields are still empty. */
export function missingIn(type: FormAct, draft: ActDraft): readonly ActField[] {
  const fields = Object.entries(ACT_FIELDS[type]) as [ActField, 'needed' | 'optional'][];
  return fields.flatMap(([field, need]) => (need === 'needed' && isEmpty(draft[field]) ? [field] : []));
}

/** As it is sent: without what was left empty, and without what belongs to another form. */
export function actOf(type: FormAct, draft: ActDraft): CaseActRequest['act'] {
  const fields = Object.keys(ACT_FIELDS[type]) as ActField[];
  const said = fields.flatMap((field) => {
    const value = draft[field];
    return isEmpty(value) ? [] : [[field, typeof value === 'string' ? value.trim() : value] as const];
  });
  return { type, ...Object.fromEntries(said) } as CaseActRequest['act'];
}

function isEmpty(value: string | readonly string[] | undefined): boolean {
  return value === undefined || (typeof value === 'string' ? value.trim() === '' : value.length === 0);
}

/** Done once and for all: its button looks so, and its form says so. */
export const FINAL: readonly CaseAct['type'][] = ['InformCustomer', 'CloseCase', 'WithdrawCase', 'RecusePerson'];
