import type { Logger } from 'pino';
import type { Voice } from '../ports.ts';
import { findEspeak } from './espeak.ts';
import { serverVoice } from './voice.ts';
import { VoicePack } from './voice-pack.ts';

/** The voice of this machine: the recordings in the folder, and the engine if it is installed. */
export async function openVoice(folder: string, log: Logger): Promise<Voice> {
  const engine = await findEspeak();
  if (engine === undefined)
    log.warn(
      { folder },
      'espeak-ng is not installed: a call that has no recordings gets its chime and its picture only',
    );
  return serverVoice({ pack: new VoicePack(folder, log), engine, log });
}
