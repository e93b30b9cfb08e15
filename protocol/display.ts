import type { Locale } from '../domain/config.ts';
import type { BranchId, CounterId, ZoneId } from '../domain/ids.ts';

/** What a display asks for over HTTP, and what it says of its sound. */

export type Layout = 'call-first' | 'media';
export type Direction = 'left' | 'right' | 'ahead' | 'back';
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** How one display looks and sounds: `GET /api/branches/{branchId}/display`. */
export interface DisplaySettings {
  readonly layout: Layout;
  readonly screen: { readonly diagonalInches: number; readonly farthestSeatMetres: number };
  /** 0 to 100. */
  readonly volume: number;
  /** Local times `HH:MM`; the first that holds decides. */
  readonly quietHours: readonly { readonly from: string; readonly to: string; readonly volume: number }[];
  /** Calls are spoken in these, in this order. */
  readonly languages: readonly Locale[];
  /** Everything once more, while nobody else waits to be called. */
  readonly sayTwice: boolean;
  /** The browser's own voice may speak where the server has none and the browser has proved itself. */
  readonly browserSpeech: boolean;
  /** Where a zone is, seen by who looks at the display. */
  readonly directions: Readonly<Record<ZoneId, Direction>>;
  readonly playlist: readonly PlaylistItem[];
}

export interface PlaylistItem {
  readonly kind: 'image' | 'video' | 'page';
  /** Address on this server. */
  readonly src: string;
  /** How long it is shown; a video is shown to its end. */
  readonly seconds: number;
  readonly days?: readonly Weekday[] | undefined;
  /** Local times `HH:MM`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** A video may be heard; it is quiet otherwise. */
  readonly sound: boolean;
}

/** What a spoken call says: the whole sentence, or the number alone when many wait to be called. */
export type VoiceForm = 'call' | 'number';

/** `GET` gives a WAV file, or a problem: then there is chime and picture. */
export function voicePath(say: {
  readonly branchId: BranchId;
  readonly lang: Locale;
  readonly counterId: CounterId;
  readonly number: string;
  readonly form: VoiceForm;
}): string {
  const parts = [say.lang, say.counterId, say.number].map(encodeURIComponent).join('/');
  return `/api/branches/${encodeURIComponent(say.branchId)}/voice/${parts}?form=${say.form}`;
}

/**
 * How the sound of a display is. `on`: it speaks; `chime`: there is no voice for it, only tones; `blocked`: the browser wants to be
 * touched first; `stalled`: a sound did not end; `quiet`: the branch's settings say so.
 */
export const SOUND_STATES = ['on', 'chime', 'blocked', 'stalled', 'quiet'] as const;
export type SoundState = (typeof SOUND_STATES)[number];

/** Of several displays in one place one speaks: the answer to `sound`. */
export interface SpeakerAnswer {
  readonly ok: true;
  readonly speaks: boolean;
}
