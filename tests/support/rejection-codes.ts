import type { RejectionCode } from '../../domain/rejections.ts';

/** The closed list, at run time: the compiler keeps it whole. */
const CODES: Readonly<Record<RejectionCode, true>> = {
  'day-not-open': true,
  'day-already-open': true,
  'day-closed': true,
  'unknown-ticket': true,
  'unknown-counter': true,
  'unknown-service': true,
  'unknown-segment': true,
  'unknown-tier': true,
  'unknown-care-need': true,
  'unknown-staff': true,
  'unknown-work-profile': true,
  'unknown-reason': true,
  'no-service-chosen': true,
  'service-already-on-ticket': true,
  'ticket-not-waiting': true,
  'ticket-taken': true,
  'ticket-not-held': true,
  'ticket-ended': true,
  'ticket-being-served': true,
  'ticket-not-missed': true,
  'rejoin-too-late': true,
  'already-prioritised': true,
  'nothing-would-change': true,
  'counter-not-open': true,
  'counter-already-open': true,
  'counter-paused': true,
  'counter-not-paused': true,
  'counter-closing': true,
  'counter-not-closing': true,
  'counter-busy': true,
  'counter-has-no-ticket': true,
  'counter-needs-teller': true,
  'device-takes-no-teller': true,
  'teller-at-another-counter': true,
  'skills-missing': true,
  'queue-empty': true,
  'not-called': true,
  'not-serving': true,
  'recall-too-soon': true,
  'recall-limit': true,
  'no-show-too-soon': true,
  'timer-out-of-date': true,
  'nothing-to-undo': true,
  'undo-too-late': true,
  'undo-overtaken': true,
};

export const REJECTION_CODES = Object.keys(CODES);

export function isRejectionCode(code: string): boolean {
  return Object.hasOwn(CODES, code);
}
