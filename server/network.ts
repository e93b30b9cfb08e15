import type { BranchConfig } from '../domain/config.ts';

/** What the home page shows of the branches. Public: no staff, no rules, no skills. */
export function networkOf(branches: readonly BranchConfig[], demo: boolean) {
  return {
    branches: branches.map(({ branchId, name, hours, counters, zones }) => ({
      branchId,
      name,
      hours,
      counters: counters.map(({ id, label, kind, zone }) => ({ id, label, kind, zone })),
      zones,
    })),
    demo,
  };
}
