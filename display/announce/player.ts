import type { Locale } from '../../domain/config.ts';
import type { VoiceForm } from '../../protocol/display.ts';
import type { Announcement, Fullness } from './queue.ts';
import { chimeMs, type ChimeKind } from './tones.ts';

/** One spoken part of an announcement, ready to be played. */
export interface Spoken {
  readonly ms: number;
  readonly say: () => Promise<void>;
}

export interface PlayerPorts {
  chime(kind: ChimeKind): Promise<void>;
  /** @returns undefined when nothing can say it: then there is the chime and the picture */
  spoken(item: Announcement, language: Locale, form: VoiceForm): Promise<Spoken | undefined>;
  /** Everything once more, while nobody waits to be called. */
  sayTwice(): boolean;
  /** Media is lowered while this is true. */
  lower(on: boolean): void;
}

export interface Player {
  prepare(item: Announcement): void;
  play(item: Announcement, fullness: Fullness, alone: () => boolean): Promise<void>;
  expectedMs(item: Announcement, fullness: Fullness): number;
}

/** As long as a slow voice takes for a call in one language, ms: until it is known better. */
const CALL_MS = 6_000;
/** Prepared parts that are kept; a call has two or three. */
const KEPT = 40;

/** Chime, then the call in each language: from parts that are fetched while something else is still being said. */
export function createPlayer(ports: PlayerPorts): Player {
  const parts = new Map<string, { readonly part: Promise<Spoken | undefined>; ms: number }>();

  function fetch(item: Announcement, language: Locale, form: VoiceForm) {
    const key = `${item.number} ${item.counterId} ${language} ${form}`;
    const known = parts.get(key);
    if (known !== undefined) return known;
    const fetched = {
      ms: CALL_MS,
      part: ports.spoken(item, language, form).then(
        (spoken) => {
          fetched.ms = spoken?.ms ?? 0;
          return spoken;
        },
        () => {
          // Perhaps only for now: the next call of this number asks again.
          parts.delete(key);
          fetched.ms = 0;
          return undefined;
        },
      ),
    };
    parts.set(key, fetched);
    for (const oldest of parts.keys()) {
      if (parts.size <= KEPT) break;
      parts.delete(oldest);
    }
    return fetched;
  }

  const chimeOf = ({ times }: Announcement): ChimeKind => (times > 1 ? 'recall' : 'call');
  const partsOf = (item: Announcement, fullness: Fullness) =>
    (fullness === 'full' ? item.languages : item.languages.slice(0, 1)).map((language) =>
      fetch(item, language, fullness === 'number' ? 'number' : 'call'),
    );

  async function sayAll(spoken: readonly { readonly part: Promise<Spoken | undefined> }[]): Promise<void> {
    for (const { part } of spoken) await (await part)?.say();
  }

  return {
    prepare: (item) => void partsOf(item, 'full'),
    async play(item, fullness, alone) {
      ports.lower(true);
      try {
        const spoken = partsOf(item, fullness);
        await ports.chime(chimeOf(item));
        await sayAll(spoken);
        if (fullness === 'full' && ports.sayTwice() && alone()) await sayAll(spoken);
      } finally {
        ports.lower(false);
      }
    },
    expectedMs(item, fullness) {
      const once = partsOf(item, fullness).reduce((sum, { ms }) => sum + ms, 0);
      return chimeMs(chimeOf(item)) + once * (fullness === 'full' && ports.sayTwice() ? 2 : 1);
    },
  };
}
