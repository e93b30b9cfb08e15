import type { Locale } from '../../domain/config.ts';
import type { Spoken } from './player.ts';

/**
 * The browser's own voice, for a branch that asks for it and a server that has none. On many machines it starts and never ends, so
 * it is believed only after a sentence of a test has ended in time.
 */
export interface BrowserVoice {
  /** @returns undefined when the browser has no voice for the language, or has not stood the test */
  spoken(text: string, locale: Locale): Promise<Spoken | undefined>;
  /** Stops what is being said. */
  hush(): void;
}

const CHINESE_DIGITS = '零一二三四五六七八九';
const TEST_MS = 5_000;

/** The number's letters and digits one by one: never "twenty-three" for 023. */
export function spellOut(number: string, locale: Locale): string {
  const spoken = [...number].map((sign) =>
    locale === 'en' ? sign : (CHINESE_DIGITS[Number.parseInt(sign, 10)] ?? sign),
  );
  return spoken.join(' ');
}

/** About what a calm voice takes, in ms. */
function spokenMs(text: string): number {
  return 600 + text.length * 260;
}

export function createBrowserVoice(): BrowserVoice {
  const tests = new Map<string, Promise<boolean>>();

  const voiceFor = (locale: Locale): SpeechSynthesisVoice | undefined => {
    const voices = globalThis.speechSynthesis?.getVoices() ?? [];
    const language = locale.slice(0, 2);
    return (
      voices.find((voice) => voice.lang.replace('_', '-') === locale) ??
      voices.find((voice) => voice.lang.toLowerCase().startsWith(language))
    );
  };
  const say = (text: string, voice: SpeechSynthesisVoice, volume: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const utterance = new SpeechSynthesisUtterance(text);
      Object.assign(utterance, { voice, lang: voice.lang, rate: 0.9, volume });
      utterance.onend = () => resolve();
      utterance.onerror = (event) => reject(new Error(event.error));
      speechSynthesis.speak(utterance);
    });
  const stoodTest = (voice: SpeechSynthesisVoice): Promise<boolean> => {
    const known = tests.get(voice.voiceURI);
    if (known !== undefined) return known;
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), TEST_MS));
    const said = say('1', voice, 0).then(
      () => true,
      () => false,
    );
    const test = Promise.race([said, late]);
    tests.set(voice.voiceURI, test);
    return test;
  };

  return {
    async spoken(text, locale) {
      const voice = voiceFor(locale);
      if (voice === undefined || !(await stoodTest(voice))) return undefined;
      return { ms: spokenMs(text), say: () => say(text, voice, 1) };
    },
    hush: () => globalThis.speechSynthesis?.cancel(),
  };
}
