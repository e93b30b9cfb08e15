import type { Locale } from '../../domain/config.ts';
import type { DisplayCall } from '../../domain/views/views.ts';
import { keyOf, wasUndone } from './calls.ts';

/** What is said of one call, and in which languages. Made once and never changed: a later call cannot alter what is being said. */
export type Announcement = Readonly<
  Pick<DisplayCall, 'callId' | 'number' | 'counterId' | 'label' | 'times' | 'lastAt'>
> & { readonly languages: readonly Locale[] };

/** `full`: all languages, and once more while nobody waits; `short`: the first language; `number`: only the number in it. */
export type Fullness = 'full' | 'short' | 'number';

export interface QueuePorts {
  /** Server time in ms. */
  now(): number;
  /** Runs `then` once after `ms`; the answer takes it back. */
  after(ms: number, then: () => void): () => void;
  /** In the order in which they are spoken. */
  languages(): readonly Locale[];
  /** Called as soon as an item is in line, so that its sound can be fetched. */
  prepare(item: Announcement): void;
  /** May fail or never end: the queue goes on all the same. `alone` says whether nobody else is in line now. */
  play(item: Announcement, fullness: Fullness, alone: () => boolean): Promise<void>;
  /** How long `play` should take at most, in ms. */
  expectedMs(item: Announcement, fullness: Fullness): number;
  /** Called as each announcement begins, before any sound. */
  began(item: Announcement, fullness: Fullness): void;
  /** How the sound went: it ended by itself, failed, or did not end in time and was given up. */
  ended(item: Announcement, how: 'played' | 'failed' | 'stalled'): void;
}

/** What a page keeps across a reload, so that nothing is announced twice. */
export interface QueueMemory {
  /** Calls up to this server time belong to the past. */
  readonly since: number;
  /** Keys of the latest announcements, see `keyOf`. */
  readonly keys: readonly string[];
}

export interface AnnounceQueue {
  /** Takes the calls of the newest view. New ones are queued; a waiting one that was undone is dropped. */
  offer(calls: readonly DisplayCall[]): void;
  memory(): QueueMemory;
  /** Forgets what is waiting. */
  stop(): void;
}

const WATCHDOG_MS = 3_000;
const TOO_OLD_MS = 45_000;
/** More than a view has calls, so that a key is forgotten only when its call has left the view or is long too old. */
const KEYS_KEPT = 400;

/** @param inLine announcements waiting, with the one whose turn it is */
export function fullnessFor(inLine: number): Fullness {
  if (inLine <= 2) return 'full';
  return inLine <= 5 ? 'short' : 'number';
}

/** Says each call and each recall at most once, one at a time, oldest first. The picture never waits for it. */
export function createAnnounceQueue(ports: QueuePorts, memory: QueueMemory): AnnounceQueue {
  let keys = [...memory.keys];
  let waiting: Announcement[] = [];
  let playing = false;

  function take(call: DisplayCall): void {
    keys = [...keys, keyOf(call)].slice(-KEYS_KEPT);
    const { callId, number, counterId, label, times, lastAt } = call;
    const languages = Object.freeze([...ports.languages()]);
    const item: Announcement = Object.freeze({ callId, number, counterId, label, times, lastAt, languages });
    // A recall of a call that still waits takes the place of its latest word, with its own chime.
    waiting = [...waiting.filter((other) => other.callId !== callId), item];
    ports.prepare(item);
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
    const end = (how: 'played' | 'failed' | 'stalled'): void => {
      if (over) return;
      over = true;
      callOff();
      playing = false;
      ports.ended(item, how);
      next();
    };
    const callOff = ports.after(ports.expectedMs(item, fullness) + WATCHDOG_MS, () => end('stalled'));
    const alone = () => waiting.length === 0;
    new Promise<void>((resolve) => resolve(ports.play(item, fullness, alone))).then(
      () => end('played'),
      () => end('failed'),
    );
  }

  return {
    offer(calls) {
      waiting = waiting.filter((item) => !wasUndone(item, calls));
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
