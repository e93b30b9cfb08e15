import { randomUUID } from 'node:crypto';
import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import type { CounterId } from '../domain/ids.ts';
import type { CounterView } from '../domain/views/views.ts';
import { commandIdSchema, type OutsideCommand } from '../protocol/commands.ts';
import type { Door } from './door.ts';
import type { Ask } from './identity/ask.ts';
import { read, refuse } from './identity/desk.ts';
import { sendAnswer } from './statuses.ts';

/** `next` is the one step that comes next: call, start, or finish and call. */
const PAD_KEYS = ['next', 'recall', 'no-show', 'start', 'finish', 'undo'] as const;
export const padSchema = z.strictObject({
  key: z.enum(PAD_KEYS),
  /** A press that is sent again with the same id is done once. */
  commandId: commandIdSchema.optional(),
});

export interface PadApiOptions {
  readonly door: Pick<Door, 'command' | 'view'>;
  readonly ask: Ask;
  readonly slowDown: RequestHandler;
  readonly readBody: RequestHandler;
}

/** A call pad: whatever has a button and can post. Its token says which counter it belongs to. */
export function padApi({ door, ask, slowDown, readBody }: PadApiOptions): Router {
  const router = Router();
  router.post('/pad', slowDown, readBody, async (request, response) => {
    const caller = await ask(request, response, 'press-pad');
    if (caller === undefined) return;
    const body = read(padSchema, request, response);
    if (body === undefined) return;
    const { branchId = '', deviceId: counterId = '' } = caller;
    const looked = await door.view(branchId, { kind: 'counter', counterId }, caller);
    if (!looked.ok) return refuse(response, looked.problem);
    const command = commandOf(body.key, counterId, looked.message.view as CounterView);
    sendAnswer(response, await door.command(branchId, { commandId: body.commandId ?? randomUUID(), command }, caller));
  });
  return router;
}

function commandOf(key: (typeof PAD_KEYS)[number], counterId: CounterId, { current }: CounterView): OutsideCommand {
  switch (key) {
    case 'next':
      if (current?.status === 'called') return { type: 'StartService', counterId };
      return { type: 'CallNext', counterId, ...(current !== undefined && { finish: 'done' }) };
    case 'recall':
      return { type: 'Recall', counterId };
    case 'no-show':
      return { type: 'MarkNoShow', counterId };
    case 'start':
      return { type: 'StartService', counterId };
    case 'finish':
      return { type: 'FinishService', counterId, outcome: 'done' };
    case 'undo':
      return { type: 'UndoLast', counterId };
  }
}
