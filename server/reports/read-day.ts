import { evolve } from '../../domain/evolve.ts';
import type { DomainEvent } from '../../domain/events.ts';
import type { BranchId, BusinessDay } from '../../domain/ids.ts';
import type { BranchDay } from '../../domain/state.ts';
import type { EventStore } from '../ports.ts';

/**
 * A day as the log has it, today's so far. Rejects when the store is away.
 * @param see called after each event, with the state that it made; must not keep it
 * @returns nothing for a day that was never opened
 */
export async function readDay(
  store: EventStore,
  branchId: BranchId,
  day: BusinessDay,
  see: (state: BranchDay, event: DomainEvent) => void,
): Promise<BranchDay | undefined> {
  let state: BranchDay | undefined;
  for (const { events } of await store.read(branchId, day, 0))
    for (const event of events) {
      state = evolve(state, event);
      see(state, event);
    }
  return state;
}
