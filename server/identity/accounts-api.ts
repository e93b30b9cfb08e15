import { Router } from 'express';
import { z } from 'zod';
import { tellAudit } from '../audit/administration.ts';
import type { AuditFacts } from '../ports.ts';
import type { AccountRefusal, ShownAccount } from './accounts.ts';
import { STAFF_ROLES } from './caller.ts';
import { idSchema, nameSchema, read, refuseBecause, type Desk } from './desk.ts';

export const accountSchema = z.strictObject({
  name: nameSchema,
  grants: z.array(z.strictObject({ role: z.enum(STAFF_ROLES), branchId: idSchema.optional() })).max(50),
  disabled: z.boolean().default(false),
});

const STATUS: Readonly<Record<AccountRefusal['reason'], number>> = {
  'out-of-reach': 403,
  'last-administrator': 409,
  'unknown-account': 404,
  'role-needs-branch': 400,
};

/** Accounts, for who may see and change them. */
export function accountsApi({ accounts, readBody, ask }: Desk): Router {
  const router = Router();

  router.get('/accounts', async (request, response) => {
    const caller = await ask(request, response, 'see-accounts');
    if (caller !== undefined) response.json({ accounts: await accounts.list(caller) });
  });

  router.put('/accounts/:staffId', readBody, async (request, response) => {
    const caller = await ask(request, response, 'change-accounts');
    if (caller === undefined) return;
    const staffId = idSchema.safeParse(request.params['staffId']);
    const body = read(accountSchema, request, response);
    if (body === undefined) return;
    if (!staffId.success) return refuseBecause(response, 400, { reason: 'unknown-account' });
    const before = (await accounts.list(caller)).find((account) => account.staffId === staffId.data);
    const result = await accounts.save(caller, staffId.data, body);
    if ('reason' in result) return refuseBecause(response, STATUS[result.reason], result);
    tellAudit(response, { before: before && rightsOf(before), after: rightsOf(result) });
    response.json(result);
  });

  router.post('/accounts/:staffId/link', async (request, response) => {
    const caller = await ask(request, response, 'change-accounts');
    if (caller === undefined) return;
    const result = await accounts.makeLink(caller, request.params.staffId);
    if ('reason' in result) return refuseBecause(response, STATUS[result.reason], result);
    response.json(result);
  });

  return router;
}

/** What the audit says of an account: what it may do, not whose it is. */
function rightsOf({ grants, disabled }: ShownAccount): AuditFacts {
  const roles = grants.map(({ role, branchId }) => (branchId === undefined ? role : `${role} of ${branchId}`));
  return { roles, disabled };
}
