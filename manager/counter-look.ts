import {
  BellRing,
  CircleCheck,
  CircleDashed,
  CircleOff,
  Footprints,
  Hourglass,
  Pause,
  UserRoundCheck,
} from '@lucide/vue';
import type { Component } from 'vue';
import type { CounterTile } from '../domain/views/views.ts';

/** What a counter looks like on the map: its state and what it does, in one word. */
export type CounterLook = 'free' | 'called' | 'serving' | 'paused' | 'closing' | 'opening' | 'closed' | 'floating';

export function counterLook(tile: CounterTile, floating: boolean): CounterLook {
  switch (tile.status) {
    case 'closed':
      return floating ? 'floating' : 'closed';
    case 'open':
      return tile.ticket?.status ?? 'free';
    case 'opening':
    case 'paused':
    case 'closing':
      return tile.status;
  }
}

export const LOOK_ICONS: Record<CounterLook, Component> = {
  free: CircleCheck,
  called: BellRing,
  serving: UserRoundCheck,
  paused: Pause,
  closing: Hourglass,
  opening: Footprints,
  closed: CircleOff,
  floating: CircleDashed,
};
