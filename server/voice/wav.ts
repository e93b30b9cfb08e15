/** Sound as the product handles it: 16-bit samples of one channel. */
export interface Sound {
  /** Samples per second. */
  readonly rate: number;
  readonly samples: Int16Array;
}

const HEADER_BYTES = 44;
const PCM = 1;
/** -3 dB of full scale: loud, and nothing is clipped when a loudspeaker is turned up. */
const PEAK = 0.708 * 0x7fff;

/** @returns undefined when it is not an uncompressed 16-bit WAV of one channel */
export function readWav(file: Buffer): Sound | undefined {
  if (file.length < 12 || file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    return undefined;
  let rate: number | undefined;
  for (let at = 12; at + 8 <= file.length;) {
    const name = file.toString('latin1', at, at + 4);
    // Who writes into a pipe does not know the size and says too much.
    const size = Math.min(file.readUInt32LE(at + 4), file.length - at - 8);
    const body = file.subarray(at + 8, at + 8 + size);
    if (name === 'fmt ') {
      if (size < 16 || body.readUInt16LE(0) !== PCM || body.readUInt16LE(2) !== 1 || body.readUInt16LE(14) !== 16)
        return undefined;
      rate = body.readUInt32LE(4);
    } else if (name === 'data' && rate !== undefined) {
      const samples = new Int16Array(size >> 1);
      for (let place = 0; place < samples.length; place += 1) samples[place] = body.readInt16LE(2 * place);
      return { rate, samples };
    }
    at += 8 + size + (size % 2);
  }
  return undefined;
}

export function writeWav({ rate, samples }: Sound): Buffer {
  const file = Buffer.alloc(HEADER_BYTES + 2 * samples.length);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(PCM, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(2 * rate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((sample, place) => file.writeInt16LE(sample, HEADER_BYTES + 2 * place));
  return file;
}

/** One after the other. @returns undefined when they are not all of the same rate */
export function join(sounds: readonly Sound[]): Sound | undefined {
  const [first] = sounds;
  if (first === undefined || sounds.some(({ rate }) => rate !== first.rate)) return undefined;
  const samples = new Int16Array(sounds.reduce((sum, sound) => sum + sound.samples.length, 0));
  let at = 0;
  for (const sound of sounds) {
    samples.set(sound.samples, at);
    at += sound.samples.length;
  }
  return { rate: first.rate, samples };
}

/** As loud as every other one: its loudest sample is at -3 dB. */
export function normalised({ rate, samples }: Sound): Sound {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  if (loudest === 0) return { rate, samples };
  return { rate, samples: samples.map((sample) => Math.round((sample / loudest) * PEAK)) };
}
