import type { Problem } from '../protocol/messages.ts';

/** The sentences for what can go wrong before a command reaches the branch day. */

export const BUSY: Problem = {
  code: 'busy',
  message: 'Too many commands are waiting for this branch. Try again in a moment.',
};

export const STORE_AWAY: Problem = {
  code: 'store-away',
  message: 'The database cannot be reached, so it is not known whether this was done. Send the same command id again.',
};

export const SHUTTING_DOWN: Problem = {
  code: 'shutting-down',
  message: 'The server is being stopped; nothing was done. Try again when it is back.',
};

export const NOT_SIGNED_IN: Problem = {
  code: 'not-signed-in',
  message: 'The token is missing, expired or not ours. Get a new one with POST /api/sessions.',
};

export const UNKNOWN_BRANCH: Problem = {
  code: 'unknown-branch',
  message: 'There is no branch of this name. GET /api/network lists them.',
};

export const UNKNOWN_TICKET: Problem = {
  code: 'unknown-ticket',
  message: 'There is no such ticket, counter or zone in this branch today.',
};

export function badMessage(message: string, details?: readonly string[]): Problem {
  return { code: 'bad-message', message, ...(details !== undefined && { details }) };
}

export function notAllowed(message: string): Problem {
  return { code: 'not-allowed', message };
}
