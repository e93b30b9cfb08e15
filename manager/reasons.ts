import type { CancelReason, OutOfTurnReason } from '../domain/commands.ts';

/** In the order in which a manager needs them. */
export const OUT_OF_TURN_REASONS: readonly OutOfTurnReason[] = [
  'care',
  'long-wait',
  'appointment',
  'came-back',
  'quick',
  'complaint',
  'other',
];
export const CANCEL_REASONS: readonly CancelReason[] = ['left', 'redirected', 'mistake', 'duplicate', 'other'];
