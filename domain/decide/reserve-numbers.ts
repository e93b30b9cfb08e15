import type { CommandContext, ReleaseNumbers, ReserveNumbers } from '../commands.ts';
import type { NumbersReleased, NumbersReserved } from '../events.ts';
import { nextBlockAt, unusedOf, type NumberBlock } from '../numbers.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';

/** A device that forgets its blocks again and again must not use a series up. */
const MOST_BLOCKS_OF_A_DEVICE = 8;

/** Rule N6. */
export function reserveNumbers(state: BranchDay, { kiosk }: ReserveNumbers, context: CommandContext): Decision {
  const size = state.config.offline?.numbers ?? 0;
  if (size === 0) return refuse({ code: 'no-offline-numbers' });
  const held = state.blocks.filter(({ released }) => !released);
  const reserved = state.config.segments.flatMap((segment): NumbersReserved[] => {
    const ofSeries = held.filter(({ series }) => series === segment.id);
    const own = ofSeries.filter((block) => block.kiosk === kiosk);
    const left = own.reduce((sum, block) => sum + unusedOf(block).length, 0);
    const enough =
      left * 2 > size || ofSeries.filter(({ by }) => by === context.actor).length >= MOST_BLOCKS_OF_A_DEVICE;
    if (enough) return [];
    const from = nextBlockAt(state, segment);
    return [{ type: 'NumbersReserved', ...fact(context), kiosk, series: segment.id, from, to: from + size - 1 }];
  });
  return reserved.length === 0 ? refuse({ code: 'nothing-would-change' }) : accept(...reserved);
}

/** Rule N8: the device is gone. */
export function releaseNumbers(state: BranchDay, { device }: ReleaseNumbers, context: CommandContext): Decision {
  const released = releases(state, context, ({ by }) => by === device);
  return released.length === 0 ? refuse({ code: 'nothing-would-change' }) : accept(...released);
}

/** Accounts for what is left of these blocks. */
export function releases(
  state: BranchDay,
  context: CommandContext,
  which: (block: NumberBlock) => boolean = () => true,
): NumbersReleased[] {
  return state.blocks
    .filter((block) => !block.released && which(block))
    .map((block) => {
      const { kiosk, series, from, to } = block;
      return { type: 'NumbersReleased', ...fact(context), kiosk, series, from, to, unused: unusedOf(block) };
    });
}
