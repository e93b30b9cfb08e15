import type { ComputedRef, Ref } from 'vue';
import { textIn } from '../client/format.ts';
import type { Locale, Segment, Text } from '../domain/config.ts';
import type { BranchProfile, ManagerView } from '../domain/views/views.ts';

/** What the ids of the view are called, in the language of the screen. An id without a name is shown as it is. */
export interface Names {
  segment: (id: string) => string;
  segmentOf: (id: string) => Segment | undefined;
  service: (id: string) => string;
  services: (ids: readonly string[]) => string;
  careNeed: (id: string) => string;
  tier: (id: string) => string;
  zone: (id: string) => string;
  post: (id: string) => string;
  workProfile: (id: string) => string;
  pauseReason: (id: string) => string;
  holdReason: (id: string) => string;
  /** The number on the sign: "3". */
  label: (counterId: string) => string;
  staff: (id: string) => string;
  /** A phrase of a note for the teller. */
  note: (id: string) => string;
}

export function namesOf(
  profile: ComputedRef<BranchProfile>,
  locale: Ref<Locale>,
  staff: ComputedRef<readonly { readonly id: string; readonly name: string }[]>,
  posts: ComputedRef<ManagerView['posts']>,
): Names {
  const named = (list: (profile: BranchProfile) => readonly { readonly id: string; readonly name: Text }[]) => {
    return (id: string) => {
      const found = list(profile.value).find((one) => one.id === id);
      return found ? textIn(found.name, locale.value) : id;
    };
  };
  const service = named((from) => from.services);
  return {
    segment: named((from) => from.segments),
    segmentOf: (id) => profile.value.segments.find((segment) => segment.id === id),
    service,
    services: (ids) => ids.map(service).join(locale.value === 'en' ? ', ' : '、'),
    careNeed: named((from) => from.careNeeds),
    tier: named((from) => from.tiers),
    zone: named((from) => from.zones),
    post: (id) => {
      const found = posts.value.find(({ post }) => post === id);
      return found ? textIn(found.name, locale.value) : id;
    },
    workProfile: named((from) => from.workProfiles),
    pauseReason: named((from) => from.pauseReasons),
    holdReason: named((from) => from.holdReasons),
    label: (id) => profile.value.counters.find((counter) => counter.id === id)?.label ?? id,
    note: named((from) => from.notes),
    staff: (id) => staff.value.find((person) => person.id === id)?.name ?? id,
  };
}
