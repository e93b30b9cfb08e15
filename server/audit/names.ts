import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BranchId } from '../../domain/ids.ts';
import type { AuditNames } from '../../protocol/audit.ts';
import type { Identities } from '../ports.ts';

export interface NamesOptions {
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly identities: Pick<Identities, 'accounts' | 'devices'>;
}

/** Of one branch, or of what belongs to none. People are the staff of the branch and whoever has an account there. */
export async function auditNames(
  { branches, identities }: NamesOptions,
  branchId: BranchId | undefined,
): Promise<AuditNames> {
  const branch = branchId === undefined ? undefined : branches.get(branchId);
  const accounts = await identities.accounts();
  const here = accounts.filter(({ grants }) =>
    grants.some((grant) => branchId === undefined || (grant.branchId ?? branchId) === branchId),
  );
  const devices = branchId === undefined ? [] : await identities.devices(branchId);
  const people = new Map([
    ...here.map(({ staffId, name }) => [staffId, name] as const),
    ...(branch?.staff ?? []).map(({ id, name }) => [id, name] as const),
  ]);
  const { segments = [], services = [], careNeeds = [], workProfiles = [] } = branch?.config ?? {};
  const { counters = [], pauseReasons = [], holdReasons = [] } = branch?.config ?? {};
  return {
    timeZone: timeZoneOf(branches, branchId),
    people: [...people].map(([id, name]) => ({ id, name })),
    devices: devices.map(({ id, name }) => ({ id, name })),
    counters: counters.map(({ id, label }) => ({ id, name: label })),
    segments: named(segments),
    services: named(services),
    careNeeds: named(careNeeds),
    profiles: named(workProfiles),
    reasons: named([...pauseReasons, ...holdReasons]),
  };
}

/** What belongs to no branch goes by the time of the first. */
export function timeZoneOf(branches: NamesOptions['branches'], branchId: BranchId | undefined): string {
  const [first] = branches.values();
  return (branchId === undefined ? first : branches.get(branchId))?.config.timeZone ?? 'UTC';
}

function named(list: AuditNames['segments']): AuditNames['segments'] {
  return list.map(({ id, name }) => ({ id, name }));
}
