import type { Segment } from '../domain/config.ts';

/** The segment's colour as `--seg`. Never alone: a letter and a word always stand beside it. */
export function segmentStyle(segment: Segment | undefined): Record<string, string> {
  return { '--seg': segment ? `var(--seg-${segment.colour})` : 'var(--ink-3)' };
}
