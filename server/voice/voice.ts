import type { Logger } from 'pino';
import type { Phrase, SpeechEngine, Voice } from '../ports.ts';
import { scriptOf } from './phrases.ts';
import type { VoicePack } from './voice-pack.ts';
import { join, normalised, readWav, writeWav, type Sound } from './wav.ts';

interface VoiceOptions {
  readonly pack: Pick<VoicePack, 'clip'>;
  readonly engine: SpeechEngine | undefined;
  readonly log: Logger;
}

/** About a hundred calls; the oldest unused one goes first. */
const KEPT_BYTES = 24 * 1024 * 1024;
/** The engine is quick, and the hall's commands come first. */
const AT_A_TIME = 2;
const IN_LINE = 24;

/** Speaks calls: from the recordings of the bank, else by the engine. What was once made is kept. */
export function serverVoice({ pack, engine, log }: VoiceOptions): Voice {
  const kept = new Map<string, Buffer>();
  const making = new Map<string, ReturnType<Voice['say']>>();
  const line: (() => void)[] = [];
  let keptBytes = 0;
  let busy = 0;

  async function turn(): Promise<void> {
    if (busy < AT_A_TIME) busy += 1;
    else await new Promise<void>((begin) => line.push(begin));
  }
  function done(): void {
    const next = line.shift();
    if (next === undefined) busy -= 1;
    else next();
  }

  function fromClips(phrase: Phrase, clips: readonly string[]): Sound | undefined {
    const sounds = clips.map((name) => pack.clip(phrase.language, name));
    return sounds.every((sound) => sound !== undefined) ? join(sounds) : undefined;
  }

  async function make(key: string, phrase: Phrase): ReturnType<Voice['say']> {
    const { clips, text } = scriptOf(phrase);
    let sound = fromClips(phrase, clips);
    if (sound === undefined) {
      if (engine === undefined) return { ok: false, reason: 'no-voice' };
      if (line.length >= IN_LINE) return { ok: false, reason: 'busy' };
      await turn();
      try {
        sound = readWav(await engine.speak(phrase.language, text));
      } catch (error) {
        log.warn({ err: error }, 'the speech engine failed: this call is not spoken');
      } finally {
        done();
      }
      if (sound === undefined || sound.samples.length === 0) return { ok: false, reason: 'no-voice' };
    }
    const wav = writeWav(normalised(sound));
    keep(key, wav);
    return { ok: true, wav };
  }

  function keep(key: string, wav: Buffer): void {
    kept.set(key, wav);
    keptBytes += wav.length;
    for (const [oldest, { length }] of kept) {
      if (keptBytes <= KEPT_BYTES) break;
      kept.delete(oldest);
      keptBytes -= length;
    }
  }

  return {
    engine: engine?.name,
    say(phrase) {
      const { language, number, counter, form, one } = phrase;
      const key = [language, form, one, number, counter.kind, counter.label].join(' ');
      const known = kept.get(key);
      if (known !== undefined) {
        // Last used, last to go.
        kept.delete(key);
        kept.set(key, known);
        return Promise.resolve({ ok: true, wav: known });
      }
      const begun = making.get(key) ?? make(key, phrase).finally(() => making.delete(key));
      making.set(key, begun);
      return begun;
    },
  };
}
