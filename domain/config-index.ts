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
import type { CareNeedId, CounterId, SegmentId, ServiceId, StaffId, TierId, WorkProfileId, ZoneId } from './ids.ts';

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
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

export function indexConfig(config: BranchConfig): ConfigIndex {
  return {
    segments: byId(config.segments),
    services: byId(config.services),
    counters: byId(config.counters),
    profiles: byId(config.workProfiles),
    staff: byId(config.staff),
    careNeeds: byId(config.careNeeds),
    zones: byId(config.zones),
    tiers: new Set(config.tiers.map((tier) => tier.id)),
  };
}
