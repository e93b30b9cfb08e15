import { canReach } from '../config/reach.ts';
import type { BranchConfig, CounterConfig, Service, StaffMember } from '../domain/config.ts';
import type { CounterId, ServiceId } from '../domain/ids.ts';

/** Who sits where: desks of advisers choose first, then the fixed windows, then the floating ones. */

const ORDER: readonly CounterConfig['kind'][] = ['adviser', 'fixed', 'floating'];

/**
 * For each counter with a teller, the person who adds most to what the branch can do there: a service counts the less,
 * the more of those who sit already can do it. Each person sits at one counter at most.
 */
export function rosterOf(config: BranchConfig): ReadonlyMap<CounterId, StaffMember> {
  const free = [...config.staff].sort((a, b) => b.skills.length - a.skills.length);
  const roster = new Map<CounterId, StaffMember>();
  const able = new Map<ServiceId, number>();
  const counters = ORDER.flatMap((kind) => config.counters.filter((counter) => counter.kind === kind));
  for (const counter of counters) {
    const servicesOf = (person: StaffMember) => servicesAt(config, counter).filter((service) => canDo(person, service));
    const gain = ({ id }: Service) => 1 / (1 + (able.get(id) ?? 0));
    const gains = free.map((person) => servicesOf(person).reduce((sum, service) => sum + gain(service), 0));
    const [person] = free.splice(gains.indexOf(Math.max(...gains)), 1);
    if (person === undefined) break;
    roster.set(counter.id, person);
    for (const { id } of servicesOf(person)) able.set(id, (able.get(id) ?? 0) + 1);
  }
  return roster;
}

function canDo(person: StaffMember, { skills }: Service): boolean {
  return skills.every((skill) => person.skills.some((held) => held.skill === skill));
}

function servicesAt(config: BranchConfig, counter: CounterConfig): readonly Service[] {
  const first = config.workProfiles.find(({ id }) => id === counter.profile)?.first ?? [];
  return config.services.filter(({ id }) => first.some((segment) => canReach(config, id, segment)));
}
