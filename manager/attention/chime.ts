/** Two short soft notes for what is urgent, and a short tremble on a tablet. Nothing else makes a sound. */

const NOTES_HZ = [659, 880] as const;
const NOTE_S = 0.16;
const LOUDNESS = 0.12;
/** At most once in so long, however much happens. */
const PAUSE_MS = 20_000;

let context: AudioContext | undefined;
let lastAt = -Infinity;

export function chime(now: number): void {
  if (now - lastAt < PAUSE_MS) return;
  lastAt = now;
  if ('vibrate' in navigator) navigator.vibrate([120, 80, 120]);
  try {
    context ??= new AudioContext();
    void context.resume();
    NOTES_HZ.forEach((hz, place) => play(context as AudioContext, hz, place * NOTE_S));
  } catch {
    // Without a sound card the card on the screen has to do.
  }
}

function play(audio: AudioContext, hz: number, afterS: number): void {
  const note = audio.createOscillator();
  const gain = audio.createGain();
  const from = audio.currentTime + afterS;
  note.frequency.value = hz;
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
  gain.gain.linearRampToValueAtTime(0, from + NOTE_S);
  note.connect(gain).connect(audio.destination);
  note.start(from);
  note.stop(from + NOTE_S);
}
