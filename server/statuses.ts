import type { Response } from 'express';
import type { Ack, Problem } from '../protocol/messages.ts';

const STATUS: Readonly<Record<Problem['code'], number>> = {
  'bad-message': 400,
  'wrong-protocol': 400,
  'not-signed-in': 401,
  'not-allowed': 403,
  'unknown-branch': 404,
  'unknown-ticket': 404,
  'too-fast': 429,
  busy: 503,
  'shutting-down': 503,
  'store-away': 503,
};

/** The HTTP status of an answer. A refusal of the branch day is 409: the message was good, the state of affairs was not. */
export function statusOf(answer: Ack | Problem): number {
  if ('code' in answer) return STATUS[answer.code];
  if (answer.ok) return 200;
  return 'problem' in answer ? STATUS[answer.problem.code] : 409;
}

const TOO_MANY_REQUESTS = 429;
const SERVICE_UNAVAILABLE = 503;

/** Sends it with its status; what may work in a moment says so. */
export function sendAnswer(response: Response, answer: Ack): void {
  const status = statusOf(answer);
  if (status === TOO_MANY_REQUESTS || status === SERVICE_UNAVAILABLE) response.set('Retry-After', '1');
  response.status(status).json(answer);
}
