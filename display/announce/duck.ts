/** Lowers what plays while a call is announced, so that the call is heard. */

const LOW = 0.15;
const DOWN_MS = 300;
const UP_MS = 600;
const STEP_MS = 30;

export interface DuckPorts {
  /** Ms that never run backwards. */
  readonly now: () => number;
  readonly after: (ms: number, then: () => void) => () => void;
  /** A share of the usual volume, 0 to 1. */
  readonly set: (share: number) => void;
}

/** @returns lowers while it is told true, and restores; from wherever it is */
export function createDuck({ now, after, set }: DuckPorts): (low: boolean) => void {
  let share = 1;
  let callOff = (): void => {};
  return (low) => {
    callOff();
    const [from, to, ms] = [share, low ? LOW : 1, low ? DOWN_MS : UP_MS];
    const begun = now();
    const step = (): void => {
      const part = Math.min(1, (now() - begun) / ms);
      share = from + (to - from) * part;
      set(share);
      if (part < 1) callOff = after(STEP_MS, step);
    };
    step();
  };
}
