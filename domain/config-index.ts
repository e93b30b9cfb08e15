import type {
  BranchConfig,
  CareNeed,
  CounterConfig,
  Segment,
  Service,
  StaffMember,
  WorkProfile,
  Zone,
} from './config.ts';
import type {
  BusinessDay,
  CareNeedId,
  CounterId,
  SegmentId,
  ServiceId,
  SkillId,
  StaffId,
  TierId,
  WorkProfileId,
  ZoneId,
} from './ids.ts';
import { segmentLimits, type SegmentLimits } from './routing/targets.ts';

/** The configuration by id. Built once, when the day is opened. */
export interface ConfigIndex {
  readonly segments: ReadonlyMap<SegmentId, Segment>;
  readonly services: ReadonlyMap<ServiceId, Service>;
  readonly counters: ReadonlyMap<CounterId, CounterConfig>;
  readonly profiles: ReadonlyMap<WorkProfileId, WorkProfile>;
  readonly staff: ReadonlyMap<StaffId, StaffMember>;
  readonly careNeeds: ReadonlyMap<CareNeedId, CareNeed>;
  readonly zones: ReadonlyMap<ZoneId, Zone>;
  readonly tiers: ReadonlySet<TierId>;
  readonly limits: ReadonlyMap<SegmentId, SegmentLimits>;
  /** What each person may do on the day, by skills that are valid then (rule K4), and how many of it in a minute. */
  readonly servicesOfStaff: ReadonlyMap<StaffId, ReadonlyMap<ServiceId, number>>;
  /** The same of each device. */
  readonly servicesOfDevice: ReadonlyMap<CounterId, ReadonlyMap<ServiceId, number>>;
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

/** A person's speed over the typical time; a device has the typical time. */
export function ratePerMinute({ id, minutes }: Service, speed: StaffMember['speed'] | undefined): number {
  return (speed?.[id] ?? speed?.['*'] ?? 1) / minutes;
}

/** @param day on which licences are looked at */
export function indexConfig(config: BranchConfig, day: BusinessDay): ConfigIndex {
  const within = (services: readonly Service[], skills: readonly SkillId[], speed?: StaffMember['speed']) =>
    new Map(
      services
        .filter((service) => service.skills.every((skill) => skills.includes(skill)))
        .map((service) => [service.id, ratePerMinute(service, speed)]),
    );
  const validSkills = (person: StaffMember) =>
    person.skills.filter(({ until }) => until === undefined || until >= day).map(({ skill }) => skill);
  const devices = config.counters.filter(({ kind }) => kind === 'device');
  const atMachines = config.services.filter(({ selfService }) => selfService);
  return {
    segments: byId(config.segments),
    services: byId(config.services),
    counters: byId(config.counters),
    profiles: byId(config.workProfiles),
    staff: byId(config.staff),
    careNeeds: byId(config.careNeeds),
    zones: byId(config.zones),
    tiers: new Set(config.tiers.map((tier) => tier.id)),
    limits: new Map(config.segments.map((segment) => [segment.id, segmentLimits(segment, config)])),
    servicesOfStaff: new Map(
      config.staff.map((person) => [person.id, within(config.services, validSkills(person), person.speed)]),
    ),
    servicesOfDevice: new Map(devices.map((device) => [device.id, within(atMachines, device.skills)])),
  };
}
