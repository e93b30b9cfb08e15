import type { BranchFile } from './branch.schema.ts';
import { check, type Check } from './check.ts';
import { serviceDoers } from './doers.ts';
import { canReach } from './reach.ts';

/** Warnings: the branch works, but a promise to its customers cannot be kept by construction. */

export const promiseChecks: readonly Check[] = [
  check(['segments', 'services', 'segmentRules', 'counters', 'workProfiles'], function* (file) {
    for (const [index, segment] of file.segments.entries()) {
      const serving = countersFor(segment.id, file);
      const longest = Math.max(0, ...servicesIn(segment.id, file).map((service) => service.minutes));
      const [only] = serving;
      if (only && serving.length === 1 && longest > segment.targetMinutes) {
        const message =
          `segment "${segment.id}" promises ${segment.targetMinutes} minutes, but only counter ${only.label} serves it, and one customer ` +
          `there may take ${longest} minutes: let a second counter serve it or help with it, or raise targetMinutes`;
        yield { path: ['segments', index, 'targetMinutes'], message };
      }
    }
  }),
  check(['segments', 'services', 'segmentRules', 'counters', 'workProfiles'], function* (file) {
    for (const [index, { id }] of file.segments.entries()) {
      const serving = countersFor(id, file);
      const refused = servicesIn(id, file).filter((service) => !service.selfService);
      if (serving.length > 0 && serving.every(({ kind }) => kind === 'device') && refused.length > 0) {
        const names = refused.map((service) => service.id).join(', ');
        const message =
          `only machines serve segment "${id}", but the segment rules may send it ${names}, which no machine can do: ` +
          'change the rules, or let a counter help with the segment';
        yield { path: ['segments', index], message };
      }
    }
  }),
  check(['services', 'staff', 'counters'], function* ({ services, staff, counters }) {
    for (const [index, service] of services.entries()) {
      const { people, machines } = serviceDoers(service, staff, counters);
      const [only] = people;
      if (only && people.length === 1 && machines.length === 0) {
        const message = `only staff ${only.id} can do service "${service.id}": nobody can while that person is away, so train a second one`;
        yield { path: ['services', index], message };
      }
    }
  }),
  check(['display'], function* ({ display }) {
    const screens = [
      { path: ['display', 'screen'], screen: display.screen },
      ...Object.entries(display.zones).flatMap(([zone, { screen }]) =>
        screen ? [{ path: ['display', 'zones', zone, 'screen'], screen }] : [],
      ),
    ];
    for (const { path, screen } of screens) {
      const reach = readableMetres(screen.diagonalInches);
      if (screen.farthestSeatMetres > reach) {
        const message =
          `from ${screen.farthestSeatMetres} metres the number on a screen of ${screen.diagonalInches} inches is too small to read: ` +
          `hang up a second screen, or one that is read from there (this one from ${reach} metres)`;
        yield { path, message };
      }
    }
  }),
];

/** How far away the called number, 264 of 1080 lines high with capitals of 0.733, is seen under 0.7 degrees. Whole metres. */
function readableMetres(diagonalInches: number): number {
  const height = diagonalInches * 0.0254 * (9 / Math.hypot(16, 9));
  return Math.floor((0.733 * height * (264 / 1080)) / (2 * Math.tan((0.35 * Math.PI) / 180)));
}

function countersFor(segment: string, { counters, workProfiles }: Pick<BranchFile, 'counters' | 'workProfiles'>) {
  const able = workProfiles
    .filter(({ first, help }) => first.includes(segment) || help.includes(segment))
    .map(({ id }) => id);
  return counters.filter(({ profile }) => able.includes(profile));
}

function servicesIn(segment: string, file: Pick<BranchFile, 'services' | 'segmentRules'>) {
  return file.services.filter(({ id }) => canReach(file, id, segment));
}
