import type { Zone } from '../../domain/config.ts';
import type { CounterTile } from '../../domain/views/views.ts';

export interface MapTile {
  readonly tile: CounterTile;
  readonly kind: 'fixed' | 'floating' | 'device' | 'adviser';
}
export interface MapZone {
  readonly zone: Zone;
  readonly tiles: readonly MapTile[];
  /** Its width in columns of one counter; machines are drawn small, two on top of each other. */
  readonly columns: number;
}

export function mapZone(zone: Zone, tiles: readonly MapTile[]): MapZone {
  const machines = tiles.every(({ kind }) => kind === 'device');
  return { zone, tiles, columns: machines ? Math.max(2, Math.ceil(tiles.length / 2)) : tiles.length };
}

/** Zones in rows of at most so many columns, each row filled with the first that fit, so that the map stays low. */
export function packZones(zones: readonly MapZone[], columns: number): MapZone[][] {
  const rows: MapZone[][] = [];
  let rest = [...zones];
  while (rest.length > 0) {
    const row: MapZone[] = [];
    let free = columns;
    for (const zone of rest) {
      if (row.length > 0 && zone.columns > free) continue;
      row.push(zone);
      free -= zone.columns;
    }
    rows.push(row);
    rest = rest.filter((zone) => !row.includes(zone));
  }
  return rows;
}
