import type { BranchConfig } from '../config.ts';
import type { BranchProfile } from './views.ts';

/** @param ticketsAt where customers open their tickets, when it is not where the screen came from */
export function profileOf(config: BranchConfig, ticketsAt?: string): BranchProfile {
  const { branchId, name, timeZone, hours, hotline, segments, services, menu, careNeeds, tiers, zones } = config;
  const { workProfiles, pauseReasons, holdReasons, notes = [], ticker, calling, undoSeconds } = config;
  const counters = config.counters.map(({ id, label, kind, zone }) => ({ id, label, kind, zone }));
  return {
    ...(ticketsAt !== undefined && { ticketsAt }),
    ...{ branchId, name, timeZone, hours, hotline, segments, services, menu, careNeeds, tiers, zones, counters },
    ...(config.map !== undefined && { map: config.map }),
    ...{ workProfiles, pauseReasons, holdReasons, notes, ticker, calling, undoSeconds },
  };
}
