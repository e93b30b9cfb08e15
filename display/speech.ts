import type { Locale } from '../domain/config.ts';

/** The browser's own voice. Many browsers have none, so it is used only where the display's address asks for it. */
export interface Speech {
  /** Ends when it has been said; at once when there is no voice for the language. */
  say(text: string, locale: Locale): Promise<void>;
  /** Stops what is being said. */
  hush(): void;
}

const CHINESE_DIGITS = '零一二三四五六七八九';

/** About what a calm voice takes, in ms. */
export function spokenMs(text: string): number {
  return 600 + text.length * 260;
}

/** The number's letters and digits one by one: never "twenty-three" for 023. */
export function spellOut(number: string, locale: Locale): string {
  const spoken = [...number].map((sign) =>
    locale === 'en' ? sign : (CHINESE_DIGITS[Number.parseInt(sign, 10)] ?? sign),
  );
  return spoken.join(' ');
}

export function createSpeech(): Speech {
  const voiceFor = (locale: Locale): SpeechSynthesisVoice | undefined => {
    const voices = speechSynthesis.getVoices();
    const language = locale.slice(0, 2);
    return (
      voices.find((voice) => voice.lang.replace('_', '-') === locale) ??
      voices.find((voice) => voice.lang.toLowerCase().startsWith(language))
    );
  };
  return {
    say(text, locale) {
      const voice = voiceFor(locale);
      if (voice === undefined) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const utterance = new SpeechSynthesisUtterance(text);
        utterance.voice = voice;
        utterance.lang = voice.lang;
        utterance.rate = 0.9;
        utterance.onend = () => resolve();
        utterance.onerror = (event) => reject(new Error(event.error));
        speechSynthesis.speak(utterance);
      });
    },
    hush: () => speechSynthesis.cancel(),
  };
}
