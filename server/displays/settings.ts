import { MEDIA_KINDS, type DisplayConfig } from '../../config/display.schema.ts';
import type { DisplaySettings, PlaylistItem } from '../../protocol/display.ts';

/** Where the files of the playlist are served. */
export const CONTENT_PATH = '/content';

/** The settings of one display: those of the branch, and what its zone has of its own. */
export function settingsOf(display: DisplayConfig, zone: string | undefined): DisplaySettings {
  const { layout, screen, volume, quietHours, languages, sayTwice, browserSpeech, directions } = display;
  const own = zone === undefined ? {} : display.zones[zone];
  return {
    ...{ layout, screen, volume, quietHours, languages, sayTwice, browserSpeech, directions },
    ...own,
    playlist: display.playlist
      .filter(({ zones }) => zones === undefined || (zone !== undefined && zones.includes(zone)))
      .map(({ file, zones: _zones, ...item }) => ({ ...item, kind: kindOf(file), src: `${CONTENT_PATH}/${file}` })),
  };
}

/** The schema lets no file of another kind pass. */
function kindOf(file: string): PlaylistItem['kind'] {
  return MEDIA_KINDS[file.slice(file.lastIndexOf('.') + 1)] ?? 'page';
}
