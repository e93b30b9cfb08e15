import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { LOCALES } from '../../domain/config.ts';
import type { Ask } from '../identity/ask.ts';
import { read, refuse } from '../identity/desk.ts';
import { UNKNOWN_TICKET } from '../problems.ts';
import type { Printing } from './printing.ts';

export interface PrintingApiOptions {
  readonly printing: Printing;
  readonly ask: Ask;
  readonly readBody: RequestHandler;
}

/** Whoever asks for more papers of one ticket wants no paper. */
const MOST_COPIES = 9;

export const printSchema = z.strictObject({
  copy: z.number().int().min(1).max(MOST_COPIES),
  language: z.enum(LOCALES),
  large: z.boolean().default(false),
});

/** A paper for a ticket that exists. */
export function printingApi({ printing, ask, readBody }: PrintingApiOptions): Router {
  const router = Router();
  router.post('/branches/:branchId/tickets/:ticketId/print', readBody, async (request, response) => {
    const caller = await ask(request, response, 'print-ticket');
    if (caller === undefined) return;
    const body = read(printSchema, request, response);
    if (body === undefined) return;
    const { branchId, ticketId } = request.params as { branchId: string; ticketId: string };
    const origin = `${request.protocol}://${request.get('host') ?? 'localhost'}`;
    const answer = await printing.print(caller, branchId, { ...body, ticketId, origin });
    if (answer === undefined) return refuse(response, UNKNOWN_TICKET);
    response.json(answer);
  });
  return router;
}
