import type { Request } from 'express';
import { isLoopback } from '../config/env.ts';

/** Each of them says that the request came through somebody: then its address is not the caller's. */
const SIGNS_OF_A_PROXY = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/**
 * Whether the request is a person's at this machine itself: by address, and by the name that the server was called with, for a
 * page elsewhere can make its own name mean this machine.
 *
 * Behind a proxy everybody has the proxy's address. So without TRUST_PROXY a request with any sign of a proxy is nobody's at this
 * machine; and with it the address is the one that a trusted proxy forwards, and a request without one is nobody's either.
 */
export function isLocal(request: Request): boolean {
  const trustsProxy = request.app.get('trust proxy') !== false;
  const callerIsHere = trustsProxy
    ? request.ips.length > 0 && isLoopback(request.ip ?? '')
    : !cameThroughProxy(request) && isLoopback(request.socket.remoteAddress ?? '');
  return callerIsHere && isLoopback(calledName(request));
}

/** Proxies that say nothing speak HTTP/1.0 unless they are told otherwise; browsers do not. */
function cameThroughProxy(request: Request): boolean {
  return request.httpVersion === '1.0' || SIGNS_OF_A_PROXY.some((name) => request.get(name) !== undefined);
}

/** From `Host`, which a page cannot forge; `X-Forwarded-Host` it can. */
function calledName(request: Request): string {
  return (request.get('host') ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}
