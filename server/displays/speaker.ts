import type { PresentScreen } from '../ports.ts';

/** Displays of one place hear each other: those without a zone stand in the hall. A sign above a counter does not speak. */
type Place = { readonly zone?: string | undefined };

/**
 * Of several displays in a place one speaks, else there is an echo: one with a voice before one that only chimes, then the one that
 * has been there longest. Every process finds the same one, for all see the same screens.
 * @returns the name under which it reported its sound; undefined when none can be heard
 */
export function speakerOf(screens: readonly PresentScreen[], place: Place): string | undefined {
  const able = screens.filter(
    ({ kind, zone, counterId, sound }) =>
      kind === 'display' &&
      counterId === undefined &&
      zone === place.zone &&
      (sound?.state === 'on' || sound?.state === 'chime'),
  );
  const [speaker] = able.sort(
    (one, other) =>
      Number(one.sound?.state === 'chime') - Number(other.sound?.state === 'chime') ||
      one.since - other.since ||
      ((one.sound?.screen ?? '') < (other.sound?.screen ?? '') ? -1 : 1),
  );
  return speaker?.sound?.screen;
}
