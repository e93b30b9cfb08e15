import type { BranchConfig } from '../domain/config.ts';

/** The part of a segment rule that decides which services it can reach; a branch file and a configuration both have it. */
interface Rules {
  readonly segmentRules: readonly Pick<BranchConfig['segmentRules'][number], 'when' | 'segment'>[];
}

/**
 * Whether the rules can send a ticket for a service to a segment. A rule over services alone takes its services away
 * from the rules after it; any other rule leaves some of its customers to them.
 */
export function canReach({ segmentRules }: Rules, service: string, segment: string): boolean {
  for (const rule of segmentRules) {
    if (rule.when.services && !rule.when.services.includes(service)) continue;
    if (rule.segment === segment) return true;
    if (Object.keys(rule.when).every((condition) => condition === 'services')) return false;
  }
  return false;
}
