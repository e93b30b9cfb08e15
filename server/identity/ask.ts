import type { Request, Response } from 'express';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BranchId } from '../../domain/ids.ts';
import { NOT_SIGNED_IN, notAllowed, UNKNOWN_BRANCH } from '../problems.ts';
import { CUSTOMER, type Caller } from './caller.ts';
import { callerOf, type Verifier } from './caller-of.ts';
import { refuse } from './desk.ts';
import { may, reaches, type Action } from './permissions.ts';

/** Refuses, and then there is no caller: the handler has nothing more to do. */
export type Ask = (request: Request, response: Response, action?: Action) => Promise<Caller | undefined>;

/** Who sends this request, if they are signed in, have to do with the branch in its address, and may do what it asks for. */
export function asker(options: {
  readonly tokens: Verifier;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
}): Ask {
  const { tokens, branches } = options;
  return async (request, response, action) => {
    const caller = await callerOf(tokens, request);
    const { branchId } = request.params;
    if (caller === undefined || caller === CUSTOMER) return refuse(response, NOT_SIGNED_IN);
    if (typeof branchId === 'string') {
      if (!branches.has(branchId)) return refuse(response, UNKNOWN_BRANCH);
      if (!reaches(caller, branchId)) return refuse(response, notAllowed('The token is for another branch.'));
    }
    if (action !== undefined && !may(caller, action))
      return refuse(response, notAllowed(`The role ${caller.role} may not do this.`));
    // For the audit.
    response.locals['caller'] = caller;
    return caller;
  };
}
