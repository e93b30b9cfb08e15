import { setTimeout as sleep } from 'node:timers/promises';

const MINUTE = 60_000;

/** The hall's time runs `speed` times as fast as the server's. Every wait ends at once, with an error, when the demo stops. */
export class Pace {
  constructor(
    readonly speed: number,
    readonly signal: AbortSignal,
  ) {}

  /** So many minutes of the hall, in ms of the server. */
  ms(minutes: number): number {
    return (minutes * MINUTE) / this.speed;
  }

  /** Minutes of the hall in so many ms of the server. */
  minutes(ms: number): number {
    return (ms * this.speed) / MINUTE;
  }

  async wait(minutes: number): Promise<void> {
    await this.waitMs(this.ms(minutes));
  }

  async waitMs(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.signal });
  }
}

/** Where the demo begins: well after opening, so that the hall fills at once. */
const BEGINS_AT = 0.15;

type Hours = { readonly opens: string; readonly closes: string };

/** 0 when the branch opens, 1 when it closes, so many minutes of the hall after the demo began. @param hours `HH:MM` */
export function partAt(hours: Hours, passed: number): number {
  return (BEGINS_AT + passed / lengthOf(hours)) % 1;
}

/** The time in the hall: the opening hours, over and over. */
export class HallClock {
  readonly #began = Date.now();

  /** @param hours `HH:MM` */
  constructor(
    private readonly pace: Pace,
    private readonly hours: Hours,
  ) {}

  /** 0 when the branch opens, 1 when it closes. @param ahead minutes of the hall from now */
  part(ahead = 0): number {
    return partAt(this.hours, this.pace.minutes(Date.now() - this.#began) + ahead);
  }

  /** `10:24`. */
  text(): string {
    const minute = Math.floor(minuteOfDay(this.hours.opens) + this.part() * lengthOf(this.hours));
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  }
}

function lengthOf({ opens, closes }: Hours): number {
  return minuteOfDay(closes) - minuteOfDay(opens);
}

function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
