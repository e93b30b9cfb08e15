/** Two notes for "nearly", three for a call. Browsers let a page sound only after it was touched. */
const NOTES = { near: [659, 784], called: [784, 988, 1319] } as const;
const NOTE_SECONDS = 0.22;

let audio: AudioContext | undefined;

/** To be called when something is pressed. */
export function unlockSound(): void {
  if (typeof AudioContext === 'undefined') return;
  audio ??= new AudioContext();
  void audio.resume();
}

export function ring(what: keyof typeof NOTES): void {
  if (audio?.state !== 'running') return;
  for (const [place, frequency] of NOTES[what].entries()) {
    const from = audio.currentTime + place * NOTE_SECONDS;
    const note = new OscillatorNode(audio, { frequency });
    const loudness = new GainNode(audio, { gain: 0 });
    loudness.gain.setTargetAtTime(0.3, from, 0.01);
    loudness.gain.setTargetAtTime(0, from + NOTE_SECONDS / 2, 0.05);
    note.connect(loudness).connect(audio.destination);
    note.start(from);
    note.stop(from + 2 * NOTE_SECONDS);
  }
}
