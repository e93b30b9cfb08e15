import type { Request } from 'express';
import { CUSTOMER, type Caller } from './caller.ts';

/** What says who holds a token. */
export interface Verifier {
  verify(token: string): Promise<Caller | undefined>;
}

/** @returns a customer when no token is shown, undefined when the one that is shown is not good */
export async function callerOf(tokens: Verifier, request: Pick<Request, 'get'>): Promise<Caller | undefined> {
  const header = request.get('authorization');
  if (header === undefined) return CUSTOMER;
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  return token === undefined ? undefined : tokens.verify(token);
}
