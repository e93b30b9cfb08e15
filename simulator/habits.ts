/** How somebody works at a counter: shares of all customers, and minutes of the hall. */
export interface Habits {
  /** How much service times of one kind differ: standard deviation divided by the mean. */
  readonly variation: number;
  /** From the call to the counter. */
  readonly walkMinutes: readonly [low: number, high: number];
  /** From one customer to the next call. */
  readonly tidyMinutes: readonly [low: number, high: number];
  readonly hold: number;
  readonly holdMinutes: number;
  readonly transfer: number;
  readonly pause: number;
  readonly pauseMinutes: number;
  /** Finishes and calls the next one in one step. */
  readonly callsAtOnce: number;
}

export const PERSON: Habits = {
  variation: 0.8,
  walkMinutes: [0.2, 0.6],
  tidyMinutes: [0.05, 0.3],
  hold: 0.03,
  holdMinutes: 4,
  transfer: 0.025,
  pause: 0.015,
  pauseMinutes: 6,
  callsAtOnce: 0.5,
};

export const MACHINE: Habits = {
  variation: 0.5,
  walkMinutes: [0.15, 0.4],
  tidyMinutes: [0.02, 0.05],
  hold: 0,
  holdMinutes: 0,
  transfer: 0,
  pause: 0,
  pauseMinutes: 0,
  callsAtOnce: 0,
};
