import type { BranchConfig } from '../config.ts';
import type { BranchProfile } from './views.ts';

export function profileOf(config: BranchConfig): BranchProfile {
  const { branchId, name, timeZone, hours, hotline, segments, services, menu, careNeeds, tiers, zones } = config;
  const { workProfiles, pauseReasons, holdReasons, ticker, calling, undoSeconds } = config;
  const counters = config.counters.map(({ id, label, kind, zone }) => ({ id, label, kind, zone }));
  return {
    ...{ branchId, name, timeZone, hours, hotline, segments, services, menu, careNeeds, tiers, zones, counters },
    ...{ workProfiles, pauseReasons, holdReasons, ticker, calling, undoSeconds },
  };
}
