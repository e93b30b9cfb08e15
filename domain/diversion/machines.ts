import type { SegmentId, ServiceId } from '../ids.ts';
import { counterCanDo } from '../routing/skills.ts';
import { holds, type SegmentFacts } from '../segment-rules.ts';
import type { BranchDay, Counter } from '../state.ts';

/** The machines of the hall as places that serve. */

/** Where somebody waits who does this at a machine; nothing when no machine of the branch can do it. Depends on the configuration alone. */
export function machineSegmentFor({ config, index }: BranchDay, service: ServiceId): SegmentId | undefined {
  for (const { id, kind, profile } of config.counters) {
    if (kind !== 'device' || index.servicesOfDevice.get(id)?.has(service) !== true) continue;
    const first = index.profiles.get(profile)?.first[0];
    if (first !== undefined) return first;
  }
  return undefined;
}

/** The machines that are in service, serve this segment first and can do the service. */
export function machinesFor(state: BranchDay, segment: SegmentId, service: ServiceId): Counter[] {
  const { counters, index } = state;
  return [...counters.values()].filter(
    ({ id, status, profile }) =>
      status === 'open' &&
      index.counters.get(id)?.kind === 'device' &&
      counterCanDo(state, id, service) &&
      index.profiles.get(profile)?.first.includes(segment) === true,
  );
}

/**
 * Rule L4: where somebody waits for a person when the machine could not help: by the segment rules, without those that lead back
 * to a machine. Nothing when all do.
 */
export function segmentAtCounters(state: BranchDay, facts: SegmentFacts): SegmentId | undefined {
  const { config, index } = state;
  const ofMachines = new Set(
    config.counters
      .filter(({ kind }) => kind === 'device')
      .flatMap(({ profile }) => index.profiles.get(profile)?.first ?? []),
  );
  return config.segmentRules.find((rule) => !ofMachines.has(rule.segment) && holds(rule, facts))?.segment;
}
