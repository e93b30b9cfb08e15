import { readFileSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import type { Logger } from 'pino';
import type { Locale } from '../../domain/config.ts';
import { readWav, type Sound } from './wav.ts';

/**
 * The recordings of a person that the bank puts into a folder for each language. Read when they are first needed and then kept:
 * new ones count from the next start on.
 */
export class VoicePack {
  readonly #clips = new Map<string, Sound | undefined>();

  constructor(
    private readonly folder: string,
    private readonly log: Logger,
  ) {}

  /** @param name as `scriptOf` gives it @returns undefined when there is no such recording, or none that can be used */
  clip(language: Locale, name: string): Sound | undefined {
    const key = `${language}/${name}`;
    if (!this.#clips.has(key)) this.#clips.set(key, this.#read(key));
    return this.#clips.get(key);
  }

  #read(key: string): Sound | undefined {
    let file: Buffer;
    try {
      file = readFileSync(pathOf(this.folder, `${key}.wav`));
    } catch {
      return undefined;
    }
    const sound = readWav(file);
    if (sound === undefined)
      this.log.warn({ clip: `${key}.wav` }, 'a voice clip is no 16-bit mono WAV: it is not used');
    return sound;
  }
}
