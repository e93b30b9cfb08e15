import { z } from 'zod';
import { check, type Check, type Finding } from './check.ts';
import { id } from './fields.ts';

/** The hall as it is drawn at the manager's console: rectangles on a grid. Without it the console lays the zones out by itself. */

const cell = z.number().int('count whole cells').min(0, 'cells are counted from 0').max(60);
const size = z.number().int('count whole cells').min(1, 'at least 1 cell').max(60);
const rectangle = { x: cell, y: cell, width: size, height: size };
const grid = (most: number) => z.number().int().min(8, 'at least 8 cells').max(most, `at most ${most} cells`);

export const hallMapSchema = z.strictObject({
  columns: grid(48),
  rows: grid(40),
  zones: z.array(z.strictObject({ zone: id, ...rectangle })),
  counters: z.array(z.strictObject({ counter: id, ...rectangle })),
  devices: z
    .array(z.strictObject({ device: id, kind: z.enum(['kiosk', 'display', 'printer']), ...rectangle }))
    .default([]),
  doors: z.array(z.strictObject(rectangle)).default([]),
});

type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export const hallMapChecks: readonly Check[] = [
  check(['map', 'zones', 'counters'], function* ({ map, zones, counters }) {
    if (map === undefined) return;
    for (const part of ['zones', 'counters', 'devices', 'doors'] as const)
      for (const [index, place] of map[part].entries())
        if (place.x + place.width > map.columns || place.y + place.height > map.rows)
          yield {
            path: ['map', part, index],
            message: `it reaches past the grid of ${map.columns} by ${map.rows} cells: move it, make it smaller, or the grid larger`,
          };
    yield* drawn(
      'zones',
      map.zones.map(({ zone }) => zone),
      zones,
      'zone',
    );
    yield* drawn(
      'counters',
      map.counters.map(({ counter }) => counter),
      counters,
      'counter',
    );
    const known = new Set(map.counters.map(({ counter }) => counter));
    for (const { id: counterId } of counters)
      if (!known.has(counterId))
        yield {
          path: ['map', 'counters'],
          message: `counter "${counterId}" is not drawn, so nobody could tap it: add it`,
        };
    for (const [index, counter] of map.counters.entries()) {
      const other = map.counters.slice(0, index).find((before) => overlap(before, counter));
      if (other !== undefined)
        yield {
          path: ['map', 'counters', index],
          message: `counter "${counter.counter}" lies on counter "${other.counter}": move one of them`,
        };
    }
  }),
];

function* drawn(
  part: 'zones' | 'counters',
  ids: readonly string[],
  all: readonly { readonly id: string }[],
  what: string,
): Iterable<Finding> {
  for (const [index, each] of ids.entries()) {
    const path = ['map', part, index, what];
    if (!all.some(({ id: known }) => known === each))
      yield {
        path,
        message: `there is no ${what} "${each}": known are ${all.map(({ id: known }) => known).join(', ')}`,
      };
    else if (ids.indexOf(each) < index) yield { path, message: `${what} "${each}" is drawn twice: remove one` };
  }
}

function overlap(one: Rectangle, other: Rectangle): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}
