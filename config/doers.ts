import type { BranchFile } from './branch.schema.ts';

type Service = BranchFile['services'][number];
type Person = BranchFile['staff'][number];
type Counter = BranchFile['counters'][number];

/** Who can do a service: people with all its skills, and, when it is self-service, the devices that have them. */
export function serviceDoers(
  service: Service,
  staff: readonly Person[],
  counters: readonly Counter[],
): { readonly people: readonly Person[]; readonly machines: readonly Counter[] } {
  const enough = (held: readonly string[]) => service.skills.every((skill) => held.includes(skill));
  return {
    people: staff.filter((person) => enough(person.skills.map(({ skill }) => skill))),
    machines: service.selfService ? counters.filter(({ kind, skills }) => kind === 'device' && enough(skills)) : [],
  };
}
