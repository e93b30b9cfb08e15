import type { DisplayCall } from '../domain/views/views.ts';

/** What is said of one call. Made once and never changed, so that a later call cannot alter what is being said. */
export type Announcement = Readonly<
  Pick<DisplayCall, 'callId' | 'number' | 'counterId' | 'label' | 'times' | 'lastAt'>
>;

/** `full`: chime, both languages; `short`: chime and the first language; `chime`: no speech. */
export type Fullness = 'full' | 'short' | 'chime';

export interface AnnouncerPorts {
  /** Server time in ms. */
  now(): number;
  /** Runs `then` once after `ms`; the answer takes it back. */
  after(ms: number, then: () => void): () => void;
  /** May fail or never end: the announcer goes on all the same. */
  play(item: Announcement, fullness: Fullness): Promise<void>;
  /** How long `play` should take, in ms. */
  expectedMs(item: Announcement, fullness: Fullness): number;
  /** Called as each announcement begins, before any sound. */
  began(item: Announcement, fullness: Fullness): void;
  /** `play` did not end in time and was given up. */
  stalled(item: Announcement): void;
}

/** What a page keeps across a reload, so that nothing is announced twice. */
export interface AnnouncerMemory {
  /** Calls up to this server time belong to the past. */
  readonly since: number;
  /** Keys of the latest announcements, see `keyOf`. */
  readonly keys: readonly string[];
}

export interface Announcer {
  /** Takes the calls of the newest view. New ones are queued; a waiting one that has left the view was undone and is dropped. */
  offer(calls: readonly DisplayCall[]): void;
  memory(): AnnouncerMemory;
  /** Forgets what is waiting. */
  stop(): void;
}

const WATCHDOG_MS = 3_000;
const TOO_OLD_MS = 45_000;
/** More than the calls of a view, so that a key is forgotten only when its call is long too old to be announced. */
const KEYS_KEPT = 60;

export function keyOf(call: Pick<DisplayCall, 'callId' | 'times'>): string {
  return `${call.callId}#${call.times}`;
}

/** @param inLine announcements waiting, with the one whose turn it is */
export function fullnessFor(inLine: number): Fullness {
  if (inLine <= 2) return 'full';
  return inLine <= 5 ? 'short' : 'chime';
}

/** Says each call and each recall at most once, one at a time, oldest first. The picture never waits for it. */
export function createAnnouncer(ports: AnnouncerPorts, memory: AnnouncerMemory): Announcer {
  let keys = [...memory.keys];
  let waiting: Announcement[] = [];
  let playing = false;

  function take(call: DisplayCall): void {
    keys = [...keys, keyOf(call)].slice(-KEYS_KEPT);
    const { callId, number, counterId, label, times, lastAt } = call;
    const item: Announcement = Object.freeze({ callId, number, counterId, label, times, lastAt });
    const place = waiting.findIndex((other) => other.callId === callId);
    if (place < 0) waiting.push(item);
    else waiting[place] = item;
  }

  function next(): void {
    if (playing) return;
    waiting = waiting.filter((item) => ports.now() - item.lastAt <= TOO_OLD_MS);
    const fullness = fullnessFor(waiting.length);
    const item = waiting.shift();
    if (item === undefined) return;

    playing = true;
    ports.began(item, fullness);
    let over = false;
    const end = (): void => {
      if (over) return;
      over = true;
      callOff();
      playing = false;
      next();
    };
    const callOff = ports.after(ports.expectedMs(item, fullness) + WATCHDOG_MS, () => {
      ports.stalled(item);
      end();
    });
    new Promise<void>((resolve) => resolve(ports.play(item, fullness))).then(end, end);
  }

  return {
    offer(calls) {
      waiting = waiting.filter((item) => calls.some((call) => call.callId === item.callId));
      const fresh = calls.filter((call) => call.lastAt > memory.since && !keys.includes(keyOf(call)));
      for (const call of fresh.toSorted((a, b) => a.lastAt - b.lastAt)) take(call);
      next();
    },
    memory: () => ({ since: memory.since, keys }),
    stop() {
      waiting = [];
    },
  };
}
