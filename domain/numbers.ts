import type { Segment } from './config.ts';
import type { NumbersReleased, NumbersReserved, TicketIssued } from './events.ts';
import type { ActorId, Instant, KioskId, SegmentId } from './ids.ts';
import { must } from './records.ts';
import type { BranchDay } from './state.ts';

/** Which numbers of a series are given where (rules N1–N10). */

/** Numbers that one kiosk may give while it cannot reach the server. Never changed in place. */
export interface NumberBlock {
  readonly kiosk: KioskId;
  /** The device that asked for it. */
  readonly by: ActorId;
  readonly series: SegmentId;
  readonly from: number;
  /** The last one of it. */
  readonly to: number;
  readonly reservedAt: Instant;
  /** Those that came into the queue. */
  readonly used: readonly number[];
  /** The others were accounted for: none of them comes into the queue any more. */
  readonly released: boolean;
}

export function numberText({ prefix, width }: Pick<Segment, 'prefix' | 'width'>, sequence: number): string {
  return prefix + String(sequence).padStart(width, '0');
}

/** Where the next block of a series begins: in the upper half of what its digits hold, so that the hall's own numbers run on without a gap (N5). */
export function nextBlockAt(state: BranchDay, { id, firstNumber, width }: Segment): number {
  const upperHalf = Math.floor((firstNumber + 10 ** width) / 2) + 1;
  const after = Math.max(upperHalf, state.nextSequence.get(id) ?? firstNumber);
  return state.blocks.reduce((first, { series, to }) => (series === id ? Math.max(first, to + 1) : first), after);
}

/** The first number from `sequence` on that is in no block, released ones included (N5, N8). */
export function freeFrom({ blocks }: BranchDay, series: SegmentId, sequence: number): number {
  let free = sequence;
  // They were given out in rising order.
  for (const block of blocks)
    if (block.series === series && block.from <= free && free <= block.to) free = block.to + 1;
  return free;
}

export function blockOf({ blocks }: BranchDay, series: SegmentId, sequence: number): NumberBlock | undefined {
  return blocks.find((block) => block.series === series && block.from <= sequence && sequence <= block.to);
}

export function unusedOf({ from, to, used }: NumberBlock): number[] {
  return Array.from({ length: to - from + 1 }, (_, place) => from + place).filter((each) => !used.includes(each));
}

/** What an event changes in the series. */
export function keepNumbers(state: BranchDay, event: NumbersReserved | NumbersReleased | TicketIssued): void {
  const { blocks, nextSequence } = state;
  switch (event.type) {
    case 'NumbersReserved': {
      const { kiosk, by, series, from, to, at: reservedAt } = event;
      blocks.push({ kiosk, by, series, from, to, reservedAt, used: [], released: false });
      nextSequence.set(series, freeFrom(state, series, must(nextSequence.get(series), series)));
      return;
    }
    case 'NumbersReleased':
      return replace(state, event.series, event.from, (block) => ({ ...block, released: true }));
    case 'TicketIssued': {
      const { offline, segment, sequence } = event;
      if (offline === undefined) nextSequence.set(segment, freeFrom(state, segment, sequence + 1));
      else replace(state, offline.series, sequence, (block) => ({ ...block, used: [...block.used, sequence] }));
    }
  }
}

function replace(state: BranchDay, series: SegmentId, sequence: number, change: (block: NumberBlock) => NumberBlock) {
  const block = must(blockOf(state, series, sequence), `the block of ${series} ${sequence}`);
  state.blocks[state.blocks.indexOf(block)] = change(block);
}
