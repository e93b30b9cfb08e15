import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Router, type Request, type Response } from 'express';
import { rateLimit, type Store } from 'express-rate-limit';
import type { Logger } from 'pino';
import { profileOf } from '../domain/views/profile.ts';
import type { BranchProfile, TicketView } from '../domain/views/views.ts';
import { audienceSchema } from '../protocol/messages.ts';
import { parse, type Door } from './door.ts';
import { CUSTOMER } from './identity/caller.ts';

/** Pages with a ticket in them that one address gets in a second; a whole hall may be behind it. Beyond, it gets them empty. */
const PER_SECOND = 50;

/** What the build made of phone/render.ts. */
interface Renderer {
  renderTicket(
    template: string,
    asked: {
      readonly found?: { readonly view: TicketView; readonly profile: BranchProfile; readonly at: number } | undefined;
      readonly languages: readonly string[];
    },
  ): Promise<string>;
}

type OfTicket = Request<{ branchId: string; ticketId: string }>;

export interface TicketPageOptions {
  readonly door: Door;
  readonly log: Logger;
  /** Where the built screens are. */
  readonly screensFolder: string;
  readonly countsOf?: ((limit: string) => Store) | undefined;
}

/**
 * The customer's page, with the state of the ticket already in its HTML: to be read before any script has come, and without scripts
 * at all. Whatever keeps the state out of it, the page itself comes, and asks over its own line.
 */
export function ticketPages({ door, log, screensFolder, countsOf }: TicketPageOptions): Router {
  const router = Router();
  let renderer: Promise<Renderer> | undefined;
  const template = () => readFile(join(screensFolder, 'phone', 'index.html'), 'utf8');
  const load = () => import(pathToFileURL(join(screensFolder, '.page', 'phone.js')).href) as Promise<Renderer>;

  const send = (response: Response, html: string, status = 200) => {
    // The address is the right to the ticket: no search engine keeps it, no cache on the way.
    response.set({ 'X-Robots-Tag': 'noindex, nofollow', 'Cache-Control': 'no-store' });
    response.status(status).type('html').send(html);
  };
  const empty = async (response: Response) => {
    const html = await template().catch(() => undefined);
    if (html !== undefined) send(response, html);
    else response.status(503).type('text').send('The screens are not built: run `npm run build`.\n');
  };

  async function filled(request: OfTicket, response: Response): Promise<void> {
    const { branchId, ticketId } = request.params;
    const audience = parse(audienceSchema, { kind: 'ticket', ticketId });
    const looked = audience.ok ? await door.view(branchId, audience.value, CUSTOMER) : audience;
    const lost = !looked.ok && ['unknown-ticket', 'unknown-branch', 'bad-message'].includes(looked.problem.code);
    if (!looked.ok && !lost) return empty(response);
    const found = looked.ok && looked.message.view.kind === 'ticket' ? looked.message.view : undefined;
    const { lang } = request.query;
    const html = await (
      await (renderer ??= load())
    ).renderTicket(await template(), {
      found: looked.ok && found ? { view: found, profile: profileOf(looked.config), at: looked.message.at } : undefined,
      languages: [...(typeof lang === 'string' ? [lang] : []), ...request.acceptsLanguages()],
    });
    send(response, html, lost ? 404 : 200);
  }

  const slowDown = rateLimit({
    windowMs: 1_000,
    limit: PER_SECOND,
    standardHeaders: false,
    legacyHeaders: false,
    ...(countsOf && { store: countsOf('ticket-pages') }),
    validate: { xForwardedForHeader: false },
    handler: (_request, response) => void empty(response),
  });
  router.get('/t/:branchId/:ticketId', slowDown, async (request: OfTicket, response) => {
    try {
      await filled(request, response);
    } catch (error) {
      renderer = undefined;
      log.warn({ err: error }, 'the page of a ticket is sent without its state');
      await empty(response);
    }
  });
  return router;
}
