import { Router } from 'express';
import { z } from 'zod';
import { SOUND_STATES } from '../../protocol/display.ts';
import { tellAudit } from '../audit/administration.ts';
import { UNKNOWN_BRANCH, UNKNOWN_TICKET } from '../problems.ts';
import { sendAnswer } from '../statuses.ts';
import { DEVICE_KINDS } from './caller.ts';
import { idSchema, nameSchema, read, refuse, refuseBecause, type Desk } from './desk.ts';

export const pairingSchema = z.strictObject({ branchId: idSchema, kind: z.enum(DEVICE_KINDS) });
export const pairingQuestionSchema = z.strictObject({ pairingId: z.uuid(), key: z.string().min(1).max(100) });
export const confirmSchema = z.strictObject({
  code: z.string().min(1).max(20),
  name: nameSchema,
  counterId: idSchema.optional(),
});
const part = z.enum(['ok', 'low', 'empty', 'fault']).optional();
const sound = z.enum(SOUND_STATES).optional();
export const stateSchema = z.strictObject({
  printer: part,
  reader: part,
  sound,
  offline: z
    .strictObject({
      starts: z.boolean(),
      toHandIn: z.number().int().min(0).max(10_000),
      turnedAway: z.array(z.string().max(12)).max(200),
    })
    .optional(),
  version: z.string().max(40).optional(),
  fault: z.boolean().optional(),
  cannot: z.array(idSchema).max(50).optional(),
});

/** Pairing, the device board, and what devices say of themselves. */
export function devicesApi({
  devices,
  branches,
  slowDownGuessing,
  slowDownPairing,
  readBody,
  ask,
  printerOf,
  machineSays,
}: Desk): Router {
  const router = Router();

  router.post('/pairings', slowDownPairing, readBody, async (request, response) => {
    const body = read(pairingSchema, request, response);
    if (body === undefined) return;
    if (!branches.has(body.branchId)) return refuse(response, UNKNOWN_BRANCH);
    response.json(await devices.start(body.branchId, body.kind));
  });

  router.post('/pairings/ask', readBody, async (request, response) => {
    const body = read(pairingQuestionSchema, request, response);
    if (body !== undefined) response.json(await devices.ask(body.pairingId, body.key));
  });

  router.get('/branches/:branchId/devices', async (request, response) => {
    const caller = await ask(request, response, 'see-devices');
    if (caller !== undefined) response.json({ devices: await devices.list(request.params.branchId) });
  });

  router.get('/branches/:branchId/pairings/:code', slowDownGuessing, async (request, response) => {
    const caller = await ask(request, response, 'pair-devices');
    if (caller === undefined) return;
    const found = await devices.find(request.params['branchId'] as string, request.params['code'] as string);
    if ('reason' in found) return refuseBecause(response, 404, found);
    response.json(found);
  });

  router.post('/branches/:branchId/devices', slowDownGuessing, readBody, async (request, response) => {
    const caller = await ask(request, response, 'pair-devices');
    if (caller === undefined) return;
    const body = read(confirmSchema, request, response);
    if (body === undefined) return;
    const result = await devices.confirm(caller, request.params['branchId'] as string, body);
    if ('reason' in result) return refuseBecause(response, result.reason === 'unknown-code' ? 404 : 400, result);
    tellAudit(response, { about: { deviceId: result.id } });
    response.json(result);
  });

  router.delete('/branches/:branchId/devices/:deviceId', async (request, response) => {
    const caller = await ask(request, response, 'pair-devices');
    if (caller === undefined) return;
    const { branchId, deviceId } = request.params;
    if (await devices.revoke(caller, branchId, deviceId)) response.json({ ok: true });
    else refuse(response, { ...UNKNOWN_TICKET, message: 'The branch has no such device.' });
  });

  router.post('/device-state', readBody, async (request, response) => {
    const caller = await ask(request, response, 'report-device-state');
    if (caller === undefined) return;
    const body = read(stateSchema, request, response);
    if (body === undefined) return;
    const printer = (await printerOf(caller)) ?? body.printer;
    // A screen that was let in without pairing is no device that somebody looks after.
    if (caller.grantId !== undefined) await devices.report(caller.grantId, { ...body, printer });
    const ack = await machineSays(caller, body);
    if (ack !== undefined && !ack.ok) return sendAnswer(response, ack);
    response.json({ ok: true, printer });
  });

  return router;
}
