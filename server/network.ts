import type { BranchConfig } from '../domain/config.ts';

/** What the home page shows of the branches. Public: no staff, no rules, no skills. */
export function networkOf(branches: readonly BranchConfig[], demo: boolean) {
  return {
    branches: branches.map(({ branchId, name, timeZone, hours, counters, zones }) => ({
      branchId,
      name,
      timeZone,
      hours,
      counters: counters.map(({ id, label, kind, zone }) => ({ id, label, kind, zone })),
      zones,
    })),
    demo,
  };
}
