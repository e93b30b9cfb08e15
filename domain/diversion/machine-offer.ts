import type { Quote } from '../events.ts';
import { rangeOf } from '../estimate/range.ts';
import type { SegmentId, ServiceId } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import type { MachineOffer } from '../views/views.ts';
import { machinesFor } from './machines.ts';

/** Where the branch says nothing of it. */
const USUAL_SAVES_MINUTES = 5;

/**
 * Rule L1: nothing when a machine would not save enough, or one of the two waits is not known.
 * @param segment of the machines
 */
export function machineOffer(
  state: BranchDay,
  service: ServiceId,
  segment: SegmentId,
  { atCounter, atMachine }: { readonly atCounter: Quote | undefined; readonly atMachine: Quote | undefined },
): MachineOffer | undefined {
  const machines = machinesFor(state, segment, service);
  if (atCounter === undefined || atMachine === undefined || machines.length === 0) return undefined;
  const range = rangeOf(atMachine);
  const savesMinutes = rangeOf(atCounter).fromMinutes - range.fromMinutes;
  if (savesMinutes < (state.config.diversion?.savesMinutes ?? USUAL_SAVES_MINUTES)) return undefined;
  return { free: machines.filter(({ ticketId }) => ticketId === undefined).length, range, savesMinutes };
}
