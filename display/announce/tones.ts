/** Tones made on the spot: no file to load, nothing that can be missing. */

export type ChimeKind = 'call' | 'recall';

/** Hz, and ms from the start. A recall has three tones, so that a regular hears the difference. */
const TONES: Record<ChimeKind, readonly (readonly [hertz: number, at: number])[]> = {
  call: [
    [880, 0],
    [659, 350],
  ],
  recall: [
    [880, 0],
    [659, 250],
    [880, 500],
  ],
};
const FADE_MS = 850;

export function chimeMs(kind: ChimeKind): number {
  return Math.max(...TONES[kind].map(([, at]) => at)) + FADE_MS;
}

/** Ends when the last tone has faded. Where the sound card is broken it never does: whoever waits for it needs a watchdog. */
export function playChime(context: AudioContext, out: AudioNode, kind: ChimeKind): Promise<void> {
  const ends = TONES[kind].map(([hertz, at]) => {
    const start = context.currentTime + at / 1000;
    const end = start + FADE_MS / 1000;
    const oscillator = new OscillatorNode(context, { type: 'sine', frequency: hertz });
    const loudness = new GainNode(context, { gain: 0 });
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(0.5, start + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, end);
    oscillator.connect(loudness).connect(out);
    oscillator.start(start);
    oscillator.stop(end);
    return new Promise<void>((resolve) => oscillator.addEventListener('ended', () => resolve(), { once: true }));
  });
  return Promise.all(ends).then(() => undefined);
}
