import type { CounterId, ServiceId, StaffId } from '../ids.ts';
import { ratePerMinute } from '../config-index.ts';
import type { BranchDay } from '../state.ts';

/** Rule K4: by the skills of the counter's teller that are valid today; of a device, by its own, without what it cannot do now (rule M1). */
export function counterCanDo(state: BranchDay, counterId: CounterId, service: ServiceId): boolean {
  return servicesAt(state, counterId)?.has(service) ?? false;
}

/** All that a counter can do now, and how many of it in a minute. */
export function servicesAt(state: BranchDay, counterId: CounterId): ReadonlyMap<ServiceId, number> | undefined {
  const { servicesOfStaff, servicesOfDevice } = state.index;
  const counter = state.counters.get(counterId);
  if (counter?.tellerId !== undefined) return servicesOfStaff.get(counter.tellerId);
  const services = servicesOfDevice.get(counterId);
  if (services === undefined || counter === undefined || counter.cannot.length === 0) return services;
  return new Map([...services].filter(([service]) => !counter.cannot.includes(service)));
}

export function personCanDo(state: BranchDay, staffId: StaffId, service: ServiceId): boolean {
  return state.index.servicesOfStaff.get(staffId)?.has(service) ?? false;
}

/** Services per minute that this counter does of `service`: its teller's speed over the typical time. */
export function rateAt(state: BranchDay, counterId: CounterId, service: ServiceId): number {
  return rateOf(state, state.counters.get(counterId)?.tellerId, service);
}

/** The same of a person; without one, of a device. */
export function rateOf(state: BranchDay, tellerId: StaffId | undefined, service: ServiceId): number {
  const known = state.index.services.get(service);
  const speed = tellerId === undefined ? undefined : state.index.staff.get(tellerId)?.speed;
  return known === undefined ? 1 : ratePerMinute(known, speed);
}
