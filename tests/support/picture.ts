import { isDeepStrictEqual } from 'node:util';
import type { BranchDay } from '../../domain/state.ts';

/** Everything that a branch day holds, as plain data: two pictures are equal when the two days are. */
export function pictureOf(state: BranchDay) {
  const lanes = [...state.queue.lanes()].map((lane) => ({ ...lane, entries: [...lane.entries] }));
  const byKey = (lane: object) => JSON.stringify(lane);
  return {
    day: state.day,
    closed: state.closed,
    seq: state.seq,
    lastAt: state.lastAt,
    tickets: [...state.tickets.values()],
    counters: [...state.counters.values()],
    lanes: lanes.sort((one, other) => (byKey(one) < byKey(other) ? -1 : 1)),
    waitingIn: state.config.segments.map(({ id }) => state.queue.waitingIn(id)),
    size: state.queue.size,
    nextSequence: [...state.nextSequence],
    blocks: [...state.blocks],
    issuedBy: [...state.issuedBy],
    ratioCalls: [...state.ratioCalls],
    calls: [...state.calls],
    lastByCounter: [...state.lastByCounter].map(([id, action]) => [id, action.commandId, action.lastSeq]),
    lastByActor: [...state.lastByActor].map(([id, action]) => [id, action.commandId, action.lastSeq]),
  };
}

/** What an undo has to put back: tickets, counters and the queue, but for the marks of the undo itself. */
export function restorable(state: BranchDay) {
  const { tickets, counters, lanes, waitingIn, size, ratioCalls, calls } = pictureOf(state);
  return {
    tickets: tickets.map(({ touched: _touched, call, ...rest }) => ({ ...rest, call: call && { ...call, lastAt: 0 } })),
    counters: counters.map(({ touched: _touched, ...rest }) => rest),
    ...{ lanes, waitingIn, size, ratioCalls, calls },
  };
}

/** Equal, where a field that is undefined is as good as one that is absent: so it is after a way through JSON. */
export function sameAfterJson(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)));
}
