import type { BranchConfig } from '../../domain/config.ts';
import type { Instant } from '../../domain/ids.ts';
import type { ReportNames } from '../../protocol/period-report.ts';
import { businessDayAt } from '../business-day.ts';

/** @param branches those that the asker may see */
export function reportNamesOf(branches: readonly BranchConfig[], now: Instant): ReportNames {
  return {
    branches: branches.map(({ branchId, name, timeZone, counters }) => ({
      branchId,
      name,
      timeZone,
      today: businessDayAt(now, timeZone).day,
      counters: counters.map(({ id, label }) => ({ id, label })),
    })),
    segments: onceEach(branches.flatMap(({ segments }) => segments)).map(({ id, name, prefix, colour }) => {
      return { id, name, prefix, colour };
    }),
    services: onceEach(branches.flatMap(({ services }) => services)).map(({ id, name }) => ({ id, name })),
  };
}

function onceEach<T extends { readonly id: string }>(all: readonly T[]): readonly T[] {
  const first = new Map<string, T>();
  for (const one of all) if (!first.has(one.id)) first.set(one.id, one);
  return [...first.values()];
}
