import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Phrase, SpeechEngine } from '../../server/ports.ts';
import { findEspeak } from '../../server/voice/espeak.ts';
import { scriptOf } from '../../server/voice/phrases.ts';
import { VoicePack } from '../../server/voice/voice-pack.ts';
import { serverVoice } from '../../server/voice/voice.ts';
import { readWav, writeWav } from '../../server/voice/wav.ts';

const log = pino({ level: 'silent' });
const phrase = (more: Partial<Phrase> = {}): Phrase => ({
  ...{ language: 'zh-CN', number: 'A013', counter: { label: '3', kind: 'fixed' }, form: 'call', one: 'yi' },
  ...more,
});
const tone = (length: number, loud: number, rate = 8_000) =>
  writeWav({ rate, samples: new Int16Array(length).fill(loud) });

/** A folder with these recordings, each ten samples long and as loud as its place in the list. */
function packOf(language: string, names: readonly string[], rate?: number): VoicePack {
  const folder = mkdtempSync(join(tmpdir(), 'lobbyflow-voice-'));
  for (const [place, name] of names.entries()) {
    const file = join(folder, language, `${name}.wav`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, tone(10, 100 * (place + 1), rate));
  }
  return new VoicePack(folder, log);
}
const noPack = { clip: () => undefined };

/** An engine that answers when it is told to. */
function slowEngine() {
  const asked: { text: string; answer: (wav: Buffer) => void; fail: () => void }[] = [];
  const engine: SpeechEngine = {
    name: 'slow',
    speak: (_language, text) =>
      new Promise((answer, reject) => asked.push({ text, answer, fail: () => reject(new Error('broken')) })),
  };
  return { asked, engine };
}

describe('what is said of a call', () => {
  test.each([
    [{}, 'please letter-a digit-0 digit-1 digit-3 number to digit-3 counter'],
    [{ one: 'yao' }, 'please letter-a digit-0 digit-1-yao digit-3 number to digit-3 counter'],
    [{ form: 'number' }, 'please letter-a digit-0 digit-1 digit-3 number'],
    [
      { language: 'zh-TW', counter: { label: '11', kind: 'device' } },
      'please letter-a digit-0 digit-1 digit-3 number to digit-1 digit-1 machine',
    ],
    [
      { language: 'en', counter: { label: '9', kind: 'adviser' } },
      'ticket letter-a digit-0 digit-1 digit-3 to-office digit-9',
    ],
    [{ language: 'en', form: 'number' }, 'ticket letter-a digit-0 digit-1 digit-3'],
  ] as [Partial<Phrase>, string][])('%j', (more, clips) => {
    expect(scriptOf(phrase(more)).clips.join(' ')).toBe(clips);
  });

  test('nothing of a label but letters and digits reaches the engine', () => {
    const { text } = scriptOf(phrase({ counter: { label: '-x;', kind: 'fixed' } }));
    expect(text).toBe('qing3 A ling2 yi1 san1 hao4, dao4 X hao4 chuang1 kou3');
  });
});

describe('the voice', () => {
  const words = ['please', 'letter-a', 'digit-0', 'digit-1', 'digit-3', 'number'];

  test('joins the recordings of the bank, as loud as every other call, and asks no engine', async () => {
    const { asked, engine } = slowEngine();
    const voice = serverVoice({ pack: packOf('zh-CN', words), engine, log });
    const said = await voice.say(phrase({ form: 'number' }));
    const sound = said.ok ? readWav(said.wav) : undefined;
    expect(sound).toMatchObject({ rate: 8_000 });
    expect(
      [...(sound?.samples ?? [])].map((sample) => Math.round(sample / 3_866.5)).filter((_, at) => at % 10 === 0),
    ).toEqual([1, 2, 3, 4, 5, 6]);
    expect(asked).toEqual([]);
  });

  test('one word missing, or of another rate: the engine says the whole call', async () => {
    for (const pack of [packOf('zh-CN', words.slice(1)), packOf('zh-TW', words)]) {
      const { asked, engine } = slowEngine();
      const saying = serverVoice({ pack, engine, log }).say(phrase({ form: 'number' }));
      await Promise.resolve();
      expect(asked.map(({ text }) => text)).toEqual(['qing3 A ling2 yi1 san1 hao4,']);
      asked[0]?.answer(tone(5, 1_000));
      expect(await saying).toMatchObject({ ok: true });
    }
  });

  test('without recordings and engine there is none; an engine that fails is asked again', async () => {
    expect(await serverVoice({ pack: noPack, engine: undefined, log }).say(phrase())).toEqual({
      ok: false,
      reason: 'no-voice',
    });
    const { asked, engine } = slowEngine();
    const voice = serverVoice({ pack: noPack, engine, log });
    const first = voice.say(phrase());
    await Promise.resolve();
    asked[0]?.fail();
    expect(await first).toEqual({ ok: false, reason: 'no-voice' });
    const second = voice.say(phrase());
    await Promise.resolve();
    asked[1]?.answer(tone(5, 1_000));
    expect(await second).toMatchObject({ ok: true });
  });

  test('makes each call once, two at a time, and turns away what is too much', async () => {
    const { asked, engine } = slowEngine();
    const voice = serverVoice({ pack: noPack, engine, log });
    const of = (each: number) => voice.say(phrase({ number: `A${100 + each}` }));
    const saying = Array.from({ length: 26 }, (_, each) => of(each));
    const same = of(0);
    await Promise.resolve();
    expect(asked).toHaveLength(2);
    expect(await of(26)).toEqual({ ok: false, reason: 'busy' });
    for (let each = 0; each < 26; each += 1) {
      asked[each]?.answer(tone(5, 1_000));
      await saying[each];
      await Promise.resolve();
    }
    expect((await Promise.all(saying)).every(({ ok }) => ok)).toBe(true);
    expect(await same).toBe(await saying[0]);
    expect(await of(3)).toMatchObject({ ok: true });
    expect(asked).toHaveLength(26);
  });
});

describe('espeak-ng, which the server needs where there are no recordings', () => {
  test('is there, and speaks Mandarin and English for some seconds', async () => {
    const engine = await findEspeak();
    expect(engine?.name).toBe('espeak-ng');
    for (const language of ['zh-CN', 'zh-TW', 'en'] as const) {
      const said = await serverVoice({ pack: noPack, engine, log }).say(phrase({ language }));
      const sound = said.ok ? readWav(said.wav) : undefined;
      expect((sound?.samples.length ?? 0) / (sound?.rate ?? 1)).toBeGreaterThan(2.5);
      const loudest = Math.max(...(sound?.samples.map(Math.abs) ?? []));
      expect(20 * Math.log10(loudest / 0x7fff)).toBeCloseTo(-3, 1);
    }
  });

  test('reads the pinyin with its tones, and none of it as English', () => {
    const sounds = (voice: string, text: string) =>
      execFileSync('espeak-ng', ['-v', voice, '-x', '-q', '--stdin'], { input: text, encoding: 'utf8' }).trim();
    const { text } = scriptOf(phrase({ number: 'A193' }));
    // qǐng A yī jiǔ sān hào, dào sān hào chuāng kǒu
    expect(sounds('cmn-latn-pinyin', text).split(/\s+/)).toEqual([
      "tS;h'i21N_|",
      "'ei51_|",
      "j'i55_|",
      "tS;'iou21_|",
      "s'a55n_|",
      "X'Au51_|",
      "t'Au51_|",
      "s'a55n_|",
      "X'Au51_|",
      "ts.hw'A55N_|",
      "kh'ou214_|",
    ]);
    expect(sounds('en-us+f3', scriptOf(phrase({ language: 'en' })).text)).toContain("'eI");
  });
});
