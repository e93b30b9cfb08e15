import type { CounterId, ServiceId, SkillId, StaffId } from '../ids.ts';
import type { BranchDay } from '../state.ts';

/** Rule K4: the skills of the counter's teller that are valid today; of a device, its own. */
export function skillsAt(state: BranchDay, counterId: CounterId): ReadonlySet<SkillId> {
  const tellerId = state.counters.get(counterId)?.tellerId;
  if (tellerId === undefined) return new Set(state.index.counters.get(counterId)?.skills);
  return skillsOf(state, tellerId);
}

export function skillsOf(state: BranchDay, tellerId: StaffId): ReadonlySet<SkillId> {
  const held = state.index.staff.get(tellerId)?.skills ?? [];
  return new Set(held.filter(({ until }) => until === undefined || until >= state.day).map(({ skill }) => skill));
}

export function canDo(state: BranchDay, skills: ReadonlySet<SkillId>, service: ServiceId): boolean {
  const needed = state.index.services.get(service)?.skills ?? [];
  return needed.every((skill) => skills.has(skill));
}

/** Services per minute that this counter does of `service`: its teller's speed over the typical time. */
export function rateAt(state: BranchDay, counterId: CounterId, service: ServiceId): number {
  const tellerId = state.counters.get(counterId)?.tellerId;
  const speed = tellerId === undefined ? undefined : state.index.staff.get(tellerId)?.speed;
  return (speed?.[service] ?? speed?.['*'] ?? 1) / (state.index.services.get(service)?.minutes ?? 1);
}
