import { z } from 'zod';
import { clockTime, id } from './fields.ts';

/** How the displays of a branch look and sound. `branches/harbour.yaml` explains every field. */

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Kinds of playlist files by their ending. Nothing else is served from that folder. */
export const MEDIA_KINDS: Readonly<Record<string, 'image' | 'video' | 'page'>> = {
  ...{ png: 'image', jpg: 'image', jpeg: 'image', webp: 'image', svg: 'image' },
  ...{ mp4: 'video', webm: 'video', html: 'page' },
};

const file = z
  .string()
  .regex(
    /^[\w-]+(?:\/[\w-]+)*\.(?:png|jpe?g|webp|svg|mp4|webm|html)$/,
    'write the path of a file in the playlist folder: letters, digits, - and _, and one of png, jpg, webp, svg, mp4, webm, html',
  );

const percent = z.number().int().min(0, 'a volume is 0 to 100').max(100, 'a volume is 0 to 100');
const period = { from: clockTime.exactOptional(), to: clockTime.exactOptional() };
const orderly = ({ from = '00:00', to = '24:00' }: { from?: string; to?: string }) => from < to;
const ORDERLY = 'from must be before to; for a time over midnight write two entries';

const playlistItem = z
  .strictObject({
    file,
    seconds: z.number().int().min(5, 'nobody reads it in less than 5 seconds').max(3600).default(20),
    days: z.array(z.enum(WEEKDAYS)).min(1).exactOptional(),
    ...period,
    zones: z.array(id).min(1).exactOptional(),
    sound: z.boolean().default(false),
  })
  .refine(orderly, { path: ['to'], message: ORDERLY });

const quietHours = z
  .strictObject({ from: clockTime, to: clockTime, volume: percent.default(0) })
  .refine(orderly, { path: ['to'], message: ORDERLY });

const screen = z.strictObject({
  diagonalInches: z.number().min(10).max(120).default(55),
  farthestSeatMetres: z.number().min(1).max(30).default(6),
});

export const displaySchema = z
  .strictObject({
    layout: z.enum(['call-first', 'media']).default('call-first'),
    screen: screen.prefault({}),
    volume: percent.default(80),
    quietHours: z.array(quietHours).default([]),
    languages: z
      .array(z.enum(['zh-CN', 'zh-TW', 'en']))
      .min(1, 'at least one language is spoken')
      .default(['zh-CN', 'en']),
    sayTwice: z.boolean().default(true),
    one: z.enum(['yi', 'yao']).default('yi'),
    browserSpeech: z.boolean().default(false),
    directions: z.record(id, z.enum(['left', 'right', 'ahead', 'back'])).default({}),
    playlist: z.array(playlistItem).default([]),
    zones: z
      .record(
        id,
        z.strictObject({
          layout: z.enum(['call-first', 'media']).exactOptional(),
          screen: screen.exactOptional(),
          volume: percent.exactOptional(),
          quietHours: z.array(quietHours).exactOptional(),
        }),
      )
      .default({}),
  })
  .prefault({});

export type DisplayConfig = z.infer<typeof displaySchema>;
