import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import type { Ack, Problem } from '../protocol/messages.ts';
import { content } from './displays/content.ts';
import { CONTENT_PATH } from './displays/settings.ts';
import { guidePages } from './guide-page.ts';
import { api, type ApiOptions } from './http-api.ts';
import { same } from './identity/same.ts';
import { openApiDocument } from './openapi.ts';
import type { Health } from './health.ts';
import { isLocal } from './locality.ts';
import { pages } from './pages.ts';
import { badMessage, notAllowed, STORE_AWAY } from './problems.ts';
import { statusOf } from './statuses.ts';
import { ticketPages } from './ticket-page.ts';

export interface HttpDoorOptions extends ApiOptions {
  readonly log: Logger;
  readonly health: () => Promise<Health>;
  /** For Prometheus; by default only this machine may read it. */
  readonly metrics: () => Promise<string>;
  readonly metricsToken?: string | undefined;
  /** The proxies in front, whose word about the caller's address counts: addresses, or how many. */
  readonly trustProxy?: number | readonly string[] | undefined;
  /** The server ends TLS itself. */
  readonly https: boolean;
  /** Where the built screens are. */
  readonly screensFolder: string;
  /** Where the playlist of the displays is. */
  readonly playlistFolder: string;
}

/** The HTTP door: the same commands and views as the socket's, the screens, health, and the OpenAPI document. */
export function httpDoor(options: HttpDoorOptions): Express {
  const { log, health, screensFolder } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  if (options.trustProxy !== undefined) app.set('trust proxy', options.trustProxy);
  app.use(logRequests(log));
  app.use(headers(options.https));
  app.use((_request, response, next) => {
    // No screen needs any of them.
    response.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
    next();
  });

  app.get('/health', async (_request, response) => {
    const state = await health();
    response.status(state.ready ? 200 : 503).json(state);
  });
  app.get('/health/live', (_request, response) => void response.json({ live: true }));
  app.get('/health/ready', async (_request, response) => {
    const { ready } = await health();
    response.status(ready ? 200 : 503).json({ ready });
  });
  app.get('/metrics', async (request, response) => {
    if (!mayReadMetrics(request, options.metricsToken)) {
      const problem = notAllowed(
        'The metrics are read on this machine, or with LOBBYFLOW_METRICS_TOKEN as a Bearer token.',
      );
      return void response.status(403).json({ ok: false, problem });
    }
    response.type('text/plain; version=0.0.4').send(await options.metrics());
  });
  const document = openApiDocument();
  app.get('/openapi.json', (_request, response) => void response.json(document));
  app.use('/api', api(options));
  app.use(CONTENT_PATH, content(options.playlistFolder));
  app.use(guidePages(options.branches));
  app.use(ticketPages(options));
  app.use(pages(screensFolder));

  app.use((request, response) => {
    // The address is not repeated: somebody may have put a number into it.
    const problem = badMessage(`There is nothing at this address for ${request.method}.`);
    response.status(404).json({ ok: false, problem });
  });
  app.use(onError(log));
  return app;
}

/** This machine itself, unless a token was set: then only who shows it. */
function mayReadMetrics(request: Request, token: string | undefined): boolean {
  return token === undefined ? isLocal(request) : same(request.get('authorization') ?? '', `Bearer ${token}`);
}

/** Only what the screens need: own scripts, styles and sockets, pictures made on the spot. Where TLS ends in front, the proxy forces HTTPS. */
function headers(https: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        // Component libraries place their pop-ups with style attributes.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    strictTransportSecurity: https && { maxAge: 31_536_000, includeSubDomains: false },
    // Browsers ignore both over plain HTTP in a branch's network, and complain about it.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
}

/** One line for each request: no body, no query, no token, and of the address only its pattern. */
function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    if (!log.isLevelEnabled('debug')) return next();
    const { method } = request;
    response.on('finish', () => log.debug({ method, path: safePath(request), status: response.statusCode }, 'request'));
    next();
  };
}

/**
 * `/t/:branchId/:ticketId` instead of a link: who reads the log must not hold every ticket, nor read what somebody put into an
 * address.
 */
function safePath({ baseUrl, route }: Pick<Request, 'baseUrl' | 'route'>): string {
  const { path } = (route ?? {}) as { readonly path?: unknown };
  return typeof path === 'string' ? `${baseUrl}${path}` : 'a file, or nothing';
}

function onError(log: Logger): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, next) => {
    if (response.headersSent) return next(error);
    const { status, problem } = problemOf(error);
    if (status >= 500) log.error({ err: error, method: request.method, path: safePath(request) }, 'a request failed');
    response.status(status).json({ ok: false, problem } satisfies Ack);
  };
}

function problemOf(error: unknown): { readonly status: number; readonly problem: Problem } {
  const { status, type } = (typeof error === 'object' && error !== null ? error : {}) as {
    status?: unknown;
    type?: unknown;
  };
  if (type === 'entity.parse.failed') return { status: 400, problem: badMessage('The body is not JSON.') };
  if (type === 'entity.too.large') return { status: 413, problem: badMessage('The body is larger than 16 kB.') };
  if (typeof status === 'number' && status >= 400 && status < 500)
    return {
      status,
      problem: badMessage('The request cannot be read: see its address, its headers and its encoding.'),
    };
  return { status: statusOf(STORE_AWAY), problem: STORE_AWAY };
}
