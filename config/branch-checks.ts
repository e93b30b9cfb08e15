import { check, type Check } from './check.ts';
import { repeated } from './id-checks.ts';
import { serviceDoers } from './doers.ts';

/** What makes a branch a working whole: rules that always decide, and somebody for every segment and service. */

export const branchChecks: readonly Check[] = [
  check(['hours'], function* ({ hours }) {
    if (hours.opens >= hours.closes) {
      yield {
        path: ['hours', 'closes'],
        message: `the branch closes at ${hours.closes}, which is not after it opens at ${hours.opens}`,
      };
    }
  }),
  check(['segments'], function* ({ segments }) {
    yield* repeated(
      segments.map((segment) => segment.prefix),
      (index) => ['segments', index, 'prefix'],
      'prefix',
    );
    for (const [index, { targetMinutes, ceilingMinutes }] of segments.entries()) {
      if (ceilingMinutes !== undefined && ceilingMinutes <= targetMinutes) {
        const message = `the ceiling of ${ceilingMinutes} minutes must be above the target of ${targetMinutes} minutes`;
        yield { path: ['segments', index, 'ceilingMinutes'], message };
      }
    }
  }),
  check(['segmentRules'], function* ({ segmentRules }) {
    for (const [index, { id, when }] of segmentRules.entries()) {
      const isLast = index === segmentRules.length - 1;
      const conditions = Object.keys(when);
      if (isLast && conditions.length > 0) {
        const message = `the last rule "${id}" has conditions, so a ticket may match no rule: end the list with a rule without "when"`;
        yield { path: ['segmentRules', index, 'when'], message };
      }
      if (!isLast && conditions.length === 0) {
        const message = `rule "${id}" has no conditions, so the rules after it never decide: give it a "when", or move it to the end`;
        yield { path: ['segmentRules', index], message };
      }
      if (
        when.amountAtLeast !== undefined &&
        when.amountBelow !== undefined &&
        when.amountAtLeast >= when.amountBelow
      ) {
        const message = `no amount is at least ${when.amountAtLeast} and below ${when.amountBelow}: the bracket is empty`;
        yield { path: ['segmentRules', index, 'when', 'amountBelow'], message };
      }
    }
  }),
  check(['counters'], function* ({ counters }) {
    yield* repeated(
      counters.map((counter) => counter.label),
      (index) => ['counters', index, 'label'],
      'label',
    );
    for (const [index, { kind, skills }] of counters.entries()) {
      if (kind !== 'device' && skills.length > 0) {
        const message =
          'only a device has skills of its own; at a counter it is the teller who has them: remove the line';
        yield { path: ['counters', index, 'skills'], message };
      }
    }
  }),
  check(['workProfiles'], function* ({ workProfiles }) {
    for (const [index, { first, help }] of workProfiles.entries()) {
      for (const [place, segment] of help.entries()) {
        if (first.includes(segment)) {
          const message = `segment "${segment}" is served first and helped with: keep it in one of the two lists`;
          yield { path: ['workProfiles', index, 'help', place], message };
        }
      }
    }
  }),
  check(['segments', 'counters', 'workProfiles'], function* ({ segments, counters, workProfiles }) {
    const used = new Set(counters.map((counter) => counter.profile));
    const served = new Set(workProfiles.filter((profile) => used.has(profile.id)).flatMap((profile) => profile.first));
    for (const [index, { id }] of segments.entries()) {
      if (!served.has(id)) {
        const message = `no counter serves segment "${id}" first: add it to "first" of a work profile that a counter has`;
        yield { path: ['segments', index], message };
      }
    }
  }),
  check(['services', 'menu'], function* ({ services, menu }) {
    const offered = new Set(menu.flatMap((tile) => tile.services));
    for (const [index, { id }] of services.entries()) {
      if (!offered.has(id)) {
        yield {
          path: ['services', index],
          message: `service "${id}" is on no tile of the menu, so nobody can choose it: add it to one`,
        };
      }
    }
  }),
  check(['floating', 'counters'], function* ({ floating, counters }) {
    for (const [index, { staff, minimum }] of floating.posts.entries()) {
      if (minimum > staff.length) {
        const message = `the post needs ${minimum} people and lists ${staff.length}: list more, or lower the minimum`;
        yield { path: ['floating', 'posts', index, 'minimum'], message };
      }
    }
    if (floating.staff.length > 0 && !counters.some(({ kind }) => kind === 'floating')) {
      const message = 'there is no floating window that they could be asked to: give a counter the kind floating';
      yield { path: ['floating', 'staff'], message };
    }
  }),
  check(['services', 'staff', 'counters'], function* ({ services, staff, counters }) {
    for (const [index, service] of services.entries()) {
      const { people, machines } = serviceDoers(service, staff, counters);
      if (people.length === 0 && machines.length === 0) {
        const needed = service.skills.length > 0 ? ` (it needs ${service.skills.join(', ')})` : '';
        const message = `nobody can do service "${service.id}"${needed}: give its skills to a teller or a device, or remove the service`;
        yield { path: ['services', index], message };
      }
    }
  }),
];
