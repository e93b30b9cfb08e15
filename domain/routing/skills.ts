import type { CounterId, ServiceId, StaffId } from '../ids.ts';
import type { BranchDay } from '../state.ts';

/** Rule K4: by the skills of the counter's teller that are valid today; of a device, by its own. */
export function counterCanDo(state: BranchDay, counterId: CounterId, service: ServiceId): boolean {
  const tellerId = state.counters.get(counterId)?.tellerId;
  if (tellerId !== undefined) return personCanDo(state, tellerId, service);
  return state.index.servicesOfDevice.get(counterId)?.has(service) ?? false;
}

export function personCanDo(state: BranchDay, staffId: StaffId, service: ServiceId): boolean {
  return state.index.servicesOfStaff.get(staffId)?.has(service) ?? false;
}

/** Services per minute that this counter does of `service`: its teller's speed over the typical time. */
export function rateAt(state: BranchDay, counterId: CounterId, service: ServiceId): number {
  const tellerId = state.counters.get(counterId)?.tellerId;
  const speed = tellerId === undefined ? undefined : state.index.staff.get(tellerId)?.speed;
  return (speed?.[service] ?? speed?.['*'] ?? 1) / (state.index.services.get(service)?.minutes ?? 1);
}
