import type { CounterId, Instant } from './ids.ts';

/**
 * Why a command was refused: a state of affairs, from a closed list. Each has one sentence in each language
 * in the screens. The extra fields are what the sentence needs.
 */
export type Rejection =
  // the day (D)
  | { readonly code: 'day-not-open' }
  | { readonly code: 'day-already-open' }
  | { readonly code: 'day-closed' }
  // names that the branch does not know
  | { readonly code: 'unknown-ticket' }
  | { readonly code: 'unknown-counter' }
  | { readonly code: 'unknown-service' }
  | { readonly code: 'unknown-segment' }
  | { readonly code: 'unknown-tier' }
  | { readonly code: 'unknown-care-need' }
  | { readonly code: 'unknown-staff' }
  | { readonly code: 'unknown-work-profile' }
  | { readonly code: 'unknown-reason' }
  // tickets
  | { readonly code: 'no-service-chosen' }
  | { readonly code: 'service-already-on-ticket' }
  | { readonly code: 'channel-not-for-care' }
  | { readonly code: 'no-machine-for-service' }
  | { readonly code: 'ticket-not-waiting'; readonly status: string }
  | { readonly code: 'ticket-taken'; readonly label: string }
  | { readonly code: 'ticket-not-held'; readonly status: string }
  | { readonly code: 'ticket-ended'; readonly status: string }
  | { readonly code: 'ticket-being-served' }
  | { readonly code: 'ticket-not-missed'; readonly status: string }
  | { readonly code: 'rejoin-too-late'; readonly withinMinutes: number }
  | { readonly code: 'delay-limit'; readonly times: number }
  | { readonly code: 'already-prioritised' }
  | { readonly code: 'nothing-would-change' }
  // numbers that a kiosk gives by itself
  | { readonly code: 'no-offline-numbers' }
  | { readonly code: 'number-not-reserved' }
  | { readonly code: 'number-already-used' }
  | { readonly code: 'number-of-another-day' }
  // counters
  | { readonly code: 'counter-not-open' }
  | { readonly code: 'counter-already-open' }
  | { readonly code: 'counter-paused' }
  | { readonly code: 'counter-not-paused' }
  | { readonly code: 'counter-closing' }
  | { readonly code: 'counter-not-closing' }
  | { readonly code: 'counter-opening'; readonly readyAt: Instant }
  | { readonly code: 'counter-busy'; readonly number: string }
  | { readonly code: 'counter-has-no-ticket' }
  | { readonly code: 'counter-needs-teller' }
  | { readonly code: 'device-takes-no-teller' }
  | { readonly code: 'not-a-machine' }
  | { readonly code: 'machine-out-of-service' }
  | { readonly code: 'teller-at-another-counter'; readonly counterId: CounterId; readonly label: string }
  | { readonly code: 'skills-missing' }
  // calling
  | { readonly code: 'queue-empty' }
  | { readonly code: 'not-called'; readonly status: string }
  | { readonly code: 'not-serving'; readonly status: string }
  | { readonly code: 'recall-too-soon'; readonly seconds: number }
  | { readonly code: 'recall-limit'; readonly times: number }
  | { readonly code: 'no-show-too-soon'; readonly seconds: number }
  | { readonly code: 'timer-out-of-date' }
  // floating windows
  | { readonly code: 'unknown-proposal' }
  | { readonly code: 'proposal-settled'; readonly status: string }
  | { readonly code: 'proposal-expired' }
  | { readonly code: 'proposal-overtaken' }
  // tasks of the hall
  | { readonly code: 'unknown-zone' }
  | { readonly code: 'unknown-task' }
  /** There is one at this place already, so long ago. */
  | { readonly code: 'already-asked'; readonly seconds: number }
  | { readonly code: 'task-taken' }
  | { readonly code: 'task-finished' }
  | { readonly code: 'alert-over' }
  // undo
  | { readonly code: 'nothing-to-undo' }
  | { readonly code: 'undo-too-late'; readonly seconds: number }
  | { readonly code: 'undo-overtaken' };

export type RejectionCode = Rejection['code'];
