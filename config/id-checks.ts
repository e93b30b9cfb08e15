import type { BranchFile } from './branch.schema.ts';
import { check, type Check, type Finding } from './check.ts';

/** Ids are unique where they are given, and exist where they are used. */

type IdList = Extract<
  {
    [Section in keyof BranchFile]: BranchFile[Section] extends readonly { readonly id: string }[] ? Section : never;
  }[keyof BranchFile],
  string
>;

const UNIQUE: readonly IdList[] = [
  'segments',
  'services',
  'menu',
  'segmentRules',
  'tiers',
  'careNeeds',
  'zones',
  'counters',
  'workProfiles',
  'staff',
  'pauseReasons',
  'holdReasons',
  'notes',
];

/** Findings for every value that was there before. */
export function* repeated(
  values: readonly string[],
  path: (index: number) => Finding['path'],
  what: string,
): Iterable<Finding> {
  const seen = new Set<string>();
  for (const [index, value] of values.entries()) {
    if (seen.has(value)) yield { path: path(index), message: `${what} "${value}" is used twice: choose another` };
    seen.add(value);
  }
}

const uniqueIds = UNIQUE.map((section) =>
  check([section], (file) => {
    const items: readonly { readonly id: string }[] = file[section];
    return repeated(
      items.map((item) => item.id),
      (index) => [section, index, 'id'],
      'id',
    );
  }),
);

function* unknown(
  used: readonly string[],
  known: ReadonlySet<string>,
  path: Finding['path'],
  what: string,
): Iterable<Finding> {
  for (const [index, id] of used.entries()) {
    if (!known.has(id)) yield { path: [...path, index], message: missing(what, id, known) };
  }
}

function missing(what: string, id: string, known: ReadonlySet<string>): string {
  const choice = known.size > 0 ? `known are ${[...known].join(', ')}` : 'none are listed';
  return `there is no ${what} "${id}": ${choice}`;
}

function idsOf(items: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(items.map((item) => item.id));
}

const references: readonly Check[] = [
  check(['segments', 'zones'], function* ({ segments, zones }) {
    const known = idsOf(zones);
    for (const [index, { zone }] of segments.entries()) {
      if (!known.has(zone)) yield { path: ['segments', index, 'zone'], message: missing('zone', zone, known) };
    }
  }),
  check(['menu', 'services'], function* ({ menu, services }) {
    for (const [index, tile] of menu.entries()) {
      yield* unknown(tile.services, idsOf(services), ['menu', index, 'services'], 'service');
    }
  }),
  check(['segmentRules', 'services', 'tiers', 'careNeeds', 'segments'], function* (file) {
    const segments = idsOf(file.segments);
    for (const [index, { when, segment }] of file.segmentRules.entries()) {
      const path = ['segmentRules', index];
      yield* unknown(when.services ?? [], idsOf(file.services), [...path, 'when', 'services'], 'service');
      yield* unknown(when.tiers ?? [], idsOf(file.tiers), [...path, 'when', 'tiers'], 'tier');
      yield* unknown(when.careNeeds ?? [], idsOf(file.careNeeds), [...path, 'when', 'careNeeds'], 'care need');
      if (!segments.has(segment)) yield { path: [...path, 'segment'], message: missing('segment', segment, segments) };
    }
  }),
  check(['counters', 'zones', 'workProfiles'], function* ({ counters, zones, workProfiles }) {
    const places = idsOf(zones);
    const profiles = idsOf(workProfiles);
    for (const [index, { zone, profile }] of counters.entries()) {
      if (!places.has(zone)) yield { path: ['counters', index, 'zone'], message: missing('zone', zone, places) };
      if (!profiles.has(profile)) {
        yield { path: ['counters', index, 'profile'], message: missing('work profile', profile, profiles) };
      }
    }
  }),
  check(['workProfiles', 'segments'], function* ({ workProfiles, segments }) {
    for (const [index, { first, help }] of workProfiles.entries()) {
      yield* unknown(first, idsOf(segments), ['workProfiles', index, 'first'], 'segment');
      yield* unknown(help, idsOf(segments), ['workProfiles', index, 'help'], 'segment');
    }
  }),
  check(['services', 'skills'], function* ({ services, skills }) {
    for (const [index, service] of services.entries()) {
      yield* unknown(service.skills, new Set(skills), ['services', index, 'skills'], 'skill');
    }
  }),
  check(['counters', 'skills'], function* ({ counters, skills }) {
    for (const [index, counter] of counters.entries()) {
      yield* unknown(counter.skills, new Set(skills), ['counters', index, 'skills'], 'skill');
    }
  }),
  check(['staff', 'skills'], function* ({ staff, skills }) {
    for (const [index, person] of staff.entries()) {
      const held = person.skills.map(({ skill }) => skill);
      yield* unknown(held, new Set(skills), ['staff', index, 'skills'], 'skill');
    }
  }),
  check(['floating', 'staff'], function* ({ floating, staff }) {
    const known = idsOf(staff);
    yield* unknown(floating.staff, known, ['floating', 'staff'], 'member of staff');
    for (const [index, post] of floating.posts.entries()) {
      yield* unknown(post.staff, known, ['floating', 'posts', index, 'staff'], 'member of staff');
    }
    yield* repeated(
      floating.posts.map(({ id }) => id),
      (index) => ['floating', 'posts', index, 'id'],
      'id',
    );
  }),
  check(['display', 'zones'], function* ({ display, zones }) {
    const known = idsOf(zones);
    for (const field of ['zones', 'directions'] as const)
      for (const zone of Object.keys(display[field]))
        if (!known.has(zone)) yield { path: ['display', field, zone], message: missing('zone', zone, known) };
    for (const [index, { zones: places = [] }] of display.playlist.entries())
      yield* unknown(places, known, ['display', 'playlist', index, 'zones'], 'zone');
  }),
  check(['staff', 'services'], function* ({ staff, services }) {
    const known = idsOf(services);
    for (const [index, { speed }] of staff.entries()) {
      for (const service of Object.keys(speed)) {
        if (service !== '*' && !known.has(service)) {
          yield { path: ['staff', index, 'speed', service], message: missing('service', service, known) };
        }
      }
    }
  }),
];

export const idChecks: readonly Check[] = [...uniqueIds, ...references];
