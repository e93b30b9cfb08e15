import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { Env } from '../config/env.ts';

export type Certificate = { readonly cert: Buffer; readonly key: Buffer };

/** Throws, with the reason, when the certificate or its key cannot be read or do not go together. */
export function certificateOf(tls: Env['tls']): Certificate | undefined {
  if (tls === undefined) return undefined;
  try {
    const pair = { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) };
    createSecureContext(pair);
    return pair;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`TLS_CERT_FILE and TLS_KEY_FILE cannot be used: ${why}`, { cause: error });
  }
}

export function httpServerOf(
  certificate: Certificate | undefined,
  listener: RequestListener,
  patience: ServerOptions,
): Server {
  if (certificate === undefined) return createServer(patience, listener);
  return createTlsServer({ ...certificate, ...patience, minVersion: 'TLSv1.2' }, listener);
}
