import { Router, type Response } from 'express';
import { z } from 'zod';
import type { BranchId } from '../../domain/ids.ts';
import type { AuditCheck } from '../../protocol/audit.ts';
import { dayAfter, instantOn } from '../business-day.ts';
import { parse } from '../door.ts';
import type { Ask } from '../identity/ask.ts';
import { refuse } from '../identity/desk.ts';
import type { AuditQuery, AuditRow, AuditStore, Clock } from '../ports.ts';
import { type Audit, NETWORK_CHAIN } from './audit.ts';
import { verifyChain } from './chain.ts';
import { csvHead, csvLine } from './csv.ts';
import { auditNames, timeZoneOf, type NamesOptions } from './names.ts';

export interface AuditApiOptions extends NamesOptions {
  readonly audit: Audit;
  readonly auditStore: AuditStore;
  readonly clock: Clock;
  readonly ask: Ask;
}

const word = z.string().min(1).max(64);
const number = z.coerce.number().int().nonnegative();
const PAGE = 200;
const CSV_PAGE = 1_000;

export const auditQuerySchema = z.strictObject({
  actor: word.optional(),
  ticket: word.optional(),
  counterId: word.optional(),
  device: word.optional(),
  act: word.optional(),
  /** Ms since 1970. */
  from: number.optional(),
  until: number.optional(),
  /** Instead: business days where the branch is, both of them included. */
  fromDay: z.iso.date().optional(),
  untilDay: z.iso.date().optional(),
  before: number.optional(),
  limit: number.min(1).max(PAGE).default(PAGE),
});

/** Search, export, and whether the chain is whole. Of one branch, or of what belongs to none. */
export function auditApi({ audit, auditStore, clock, ask, ...naming }: AuditApiOptions): Router {
  const router = Router();
  const checks = new Map<string, Promise<AuditCheck>>();

  for (const { path, act } of [
    { path: '', act: search },
    { path: '.csv', act: exportAll },
    { path: '/verification', act: verify },
    { path: '/names', act: names },
  ] as const) {
    router.get(`/branches/:branchId/audit${path}`, async (request, response) => {
      const caller = await ask(request, response, 'read-audit');
      if (caller === undefined) return;
      const { branchId } = request.params;
      await audit.catchUp(branchId);
      await act(request.query, response, branchId, caller.actor);
    });
    router.get(`/audit${path}`, async (request, response) => {
      const caller = await ask(request, response, 'read-audit');
      if (caller === undefined) return;
      // What belongs to no branch is for whoever works for all of them.
      if (caller.branchId !== undefined)
        return refuse(response, { code: 'not-allowed', message: 'The token is for one branch.' });
      await act(request.query, response, undefined, caller.actor);
    });
  }
  return router;

  async function search(query: unknown, response: Response, branchId: BranchId | undefined): Promise<void> {
    const parsed = parse(auditQuerySchema, query);
    if (!parsed.ok) return refuse(response, parsed.problem);
    response.json({ rows: await auditStore.search(branchId ?? NETWORK_CHAIN, withTimes(parsed.value, branchId)) });
  }

  async function exportAll(
    query: unknown,
    response: Response,
    branchId: BranchId | undefined,
    actor: string,
  ): Promise<void> {
    const parsed = parse(auditQuerySchema, query);
    if (!parsed.ok) return refuse(response, parsed.problem);
    await audit.note(branchId, { act: 'AuditExported', actor });
    response.type('text/csv').attachment(`audit-${branchId ?? 'network'}.csv`);
    response.write(csvHead());
    for await (const row of allOf(branchId ?? NETWORK_CHAIN, withTimes(parsed.value, branchId)))
      response.write(csvLine(row));
    response.end();
  }

  async function verify(_query: unknown, response: Response, branchId: BranchId | undefined): Promise<void> {
    const chain = branchId ?? NETWORK_CHAIN;
    // Whoever asks while it is being walked is answered with the same walk.
    const check = checks.get(chain) ?? checkNow(chain).finally(() => checks.delete(chain));
    checks.set(chain, check);
    response.json(await check);
  }

  async function checkNow(chain: string): Promise<AuditCheck> {
    return { ...(await verifyChain(auditStore, chain)), checkedAt: clock.now() };
  }

  async function names(_query: unknown, response: Response, branchId: BranchId | undefined): Promise<void> {
    response.json(await auditNames(naming, branchId));
  }

  /** Days are instants only once it is known where. */
  function withTimes(
    { fromDay, untilDay, ...query }: z.infer<typeof auditQuerySchema>,
    branchId: BranchId | undefined,
  ): AuditQuery {
    const startOf = (day: string) => instantOn(day, '00:00', timeZoneOf(naming.branches, branchId));
    return {
      ...query,
      ...(fromDay !== undefined && { from: startOf(fromDay) }),
      ...(untilDay !== undefined && { until: startOf(dayAfter(untilDay)) }),
    };
  }

  async function* allOf(chain: string, query: AuditQuery): AsyncGenerator<AuditRow> {
    for (let { before } = query; ;) {
      const rows = await auditStore.search(chain, { ...query, before, limit: CSV_PAGE });
      yield* rows;
      if (rows.length < CSV_PAGE) return;
      before = rows.at(-1)?.seq;
    }
  }
}
