import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import type { Locale } from '../../domain/config.ts';
import type { SpeechEngine } from '../ports.ts';

const PROGRAM = 'espeak-ng';
const VOICES: Readonly<Record<Locale, string>> = {
  // The voice `cmn` reads the digits of tones aloud.
  'zh-CN': 'cmn-latn-pinyin',
  'zh-TW': 'cmn-latn-pinyin',
  en: 'en-us+f3',
};
/** Words a minute. */
const SPEED = '150';
/** A sentence takes it a tenth of a second. */
const PATIENCE_MS = 5_000;
/** Ten times a sentence. */
const MOST_BYTES = 4 * 1024 * 1024;

/** The program of this name on this machine, as a process of its own. @returns undefined when it is not installed */
export async function findEspeak(): Promise<SpeechEngine | undefined> {
  try {
    await promisify(execFile)(PROGRAM, ['--version'], { timeout: PATIENCE_MS });
  } catch {
    return undefined;
  }
  return { name: PROGRAM, speak };
}

/** The text goes in at the program's input, never among its arguments. */
function speak(language: Locale, text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(PROGRAM, ['-v', VOICES[language], '-s', SPEED, '-b', '1', '--stdin', '--stdout'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
    });
    const parts: Buffer[] = [];
    let bytes = 0;
    child.stdout.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > MOST_BYTES) child.kill('SIGKILL');
      else parts.push(part);
    });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(Buffer.concat(parts)) : reject(new Error(`${PROGRAM} ended with ${code ?? 'a signal'}`)),
    );
    child.stdin.on('error', () => {});
    child.stdin.end(`${text}\n`);
  });
}
