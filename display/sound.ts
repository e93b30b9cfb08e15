import { shallowRef, type ShallowRef } from 'vue';

/** Tones made on the spot: no file to load, nothing that can be missing. */
export interface Sound {
  /** False while the browser wants a touch before it makes any sound. */
  readonly on: ShallowRef<boolean>;
  /** Call it from a click. */
  readonly turnOn: () => Promise<void>;
  /** Ends when the tones have faded; at once when there is no sound. */
  chime(kind: ChimeKind): Promise<void>;
}

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

export function createSound(): Sound {
  const context = new AudioContext();
  const on = shallowRef(context.state === 'running');
  context.addEventListener('statechange', () => {
    on.value = context.state === 'running';
  });

  function tone(hertz: number, at: number): void {
    const start = context.currentTime + at / 1000;
    const end = start + FADE_MS / 1000;
    const oscillator = new OscillatorNode(context, { type: 'sine', frequency: hertz });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.5, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, end);
    oscillator.connect(volume).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(end);
  }

  return {
    on,
    turnOn: () => context.resume(),
    async chime(kind) {
      // A suspended context would keep the tones and play them all when it wakes.
      if (context.state !== 'running') return;
      for (const [hertz, at] of TONES[kind]) tone(hertz, at);
      await new Promise((resolve) => setTimeout(resolve, chimeMs(kind)));
    },
  };
}
