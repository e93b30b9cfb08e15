import type { CaseStatus } from '../../../domain/cases/case.ts';
import type { BranchId } from '../../../domain/ids.ts';
import { CASE_STATUSES, CASE_TIMES, type CaseTime } from '../../../protocol/case-lists.ts';
import { given } from '../given.ts';
import { ACT_FIELDS, type FormAct } from './acts.ts';

/** Which cases somebody looks at, which is open, and what is being done with it: all of it is in the address. */
export interface CaseWish {
  readonly status?: CaseStatus | undefined;
  readonly time?: CaseTime | undefined;
  /** Instead of the console's own branch; `all`: every branch that the person may see. */
  readonly branch?: BranchId | 'all' | undefined;
  readonly mine?: true | undefined;
  /** Part of a number. */
  readonly number?: string | undefined;
  /** The case that is open; `new`: one is being taken in. */
  readonly case?: string | undefined;
  /** The form that is open in it. */
  readonly act?: FormAct | undefined;
  /** Of one that is being taken in: the number on the customer's ticket. */
  readonly ticket?: string | undefined;
}

/** What of it makes no sense is left out. */
export function caseWishOf(query: string): CaseWish {
  const asked = new URLSearchParams(query);
  const one = <T extends string>(name: string, of: readonly T[]) => of.find((value) => value === asked.get(name));
  const text = (name: string) => asked.get(name)?.trim().slice(0, 64) || undefined;
  return given({
    status: one('status', CASE_STATUSES),
    time: one('time', CASE_TIMES),
    branch: text('branch'),
    mine: asked.has('mine') || undefined,
    number: text('number')?.slice(0, 20),
    case: text('case'),
    act: one('act', Object.keys(ACT_FIELDS) as FormAct[]),
    ticket: text('ticket'),
  });
}

/** For the address. */
export function caseQueryOf({ mine, ...texts }: CaseWish): string {
  return new URLSearchParams({ ...given(texts), ...(mine && { mine: '' }) }).toString();
}

/** For the server, which is asked for a list; without what is open. */
export function caseSearchOf(wish: CaseWish, own: BranchId): string {
  const { status, time, branch = own, mine, number } = wish;
  const owner = mine && 'me';
  return new URLSearchParams(
    given({ status, time, number, owner, branch: branch === 'all' ? undefined : branch }),
  ).toString();
}
