import { playChime, type ChimeKind } from './tones.ts';

/** A sound that is ready to be played. */
export interface Clip {
  /** How long it takes, ms. */
  readonly ms: number;
  readonly buffer: AudioBuffer;
}

/** What the screen's loudspeaker can do. A sound that is played ends, or never: whoever waits for it needs a watchdog. */
export interface Loudspeaker {
  /** `blocked`: the browser wants a touch before it makes any sound; `stuck`: its clock stands still, so nothing comes out. */
  state(): 'running' | 'blocked' | 'stuck';
  /** Call it from a click. */
  unblock(): Promise<void>;
  /** @param volume 0 to 1 */
  setVolume(volume: number): void;
  chime(kind: ChimeKind): Promise<void>;
  decode(file: ArrayBuffer): Promise<Clip>;
  play(clip: Clip): Promise<void>;
  /** Calls back when `state` may have changed. */
  onChange(listener: () => void): void;
}

/** The clock of a working sound card has moved on after this, ms. */
const MOVES_WITHIN_MS = 1_500;

export function openLoudspeaker(): Loudspeaker {
  const context = new AudioContext();
  const out = new GainNode(context);
  out.connect(context.destination);
  let looked = { audio: context.currentTime, at: performance.now() };
  let stuck = false;

  return {
    state() {
      if (context.state !== 'running') return 'blocked';
      const at = performance.now();
      if (at - looked.at >= MOVES_WITHIN_MS) {
        stuck = context.currentTime === looked.audio;
        looked = { audio: context.currentTime, at };
      }
      return stuck ? 'stuck' : 'running';
    },
    unblock: () => context.resume(),
    setVolume: (volume) => out.gain.setValueAtTime(volume, context.currentTime),
    async chime(kind) {
      // A suspended context would keep the tones and play them all when it wakes.
      if (context.state === 'running') await playChime(context, out, kind);
    },
    async decode(file) {
      const buffer = await context.decodeAudioData(file);
      return { ms: buffer.duration * 1000, buffer };
    },
    async play({ buffer }) {
      if (context.state !== 'running') return;
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(out);
      const ended = new Promise((resolve) => source.addEventListener('ended', resolve, { once: true }));
      source.start();
      await ended;
    },
    onChange: (listener) => context.addEventListener('statechange', listener),
  };
}
