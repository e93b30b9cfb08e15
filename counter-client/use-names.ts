import { useI18n } from 'vue-i18n';
import type { Segment, Text } from '../domain/config.ts';
import type { BranchProfile } from '../domain/views/views.ts';
import { textIn } from '../client/format.ts';
import { useLocale } from '../client/i18n.ts';

/** The branch's own names in the screen's language. An id that the branch does not know is shown as it is. */
export function useNames(profile: () => BranchProfile): {
  service: (id: string) => string;
  services: (ids: readonly string[]) => string;
  segment: (id: string) => Segment | undefined;
  place: (counterId: string) => string;
  label: (counterId: string) => string;
  careNeed: (id: string) => string;
  tier: (id: string) => string;
  workProfile: (id: string) => string;
  pauseReason: (id: string) => string;
  holdReason: (id: string) => string;
  note: (id: string) => string;
  /** Any text of the branch. */
  text: (text: Text) => string;
} {
  const { t } = useI18n();
  const { locale } = useLocale();
  type Named = { readonly id: string; readonly name: Parameters<typeof textIn>[0] };
  const nameIn = (list: readonly Named[], id: string): string => {
    const found = list.find((one) => one.id === id);
    return found ? textIn(found.name, locale.value) : id;
  };
  const service = (id: string): string => nameIn(profile().services, id);
  const counter = (id: string) => profile().counters.find((one) => one.id === id);
  return {
    service,
    services: (ids) => ids.map(service).join(locale.value === 'en' ? ', ' : '、'),
    segment: (id) => profile().segments.find((one) => one.id === id),
    place: (id) => t(`place.${counter(id)?.kind ?? 'fixed'}`, { label: counter(id)?.label ?? id }),
    label: (id) => counter(id)?.label ?? id,
    careNeed: (id) => nameIn(profile().careNeeds, id),
    tier: (id) => nameIn(profile().tiers, id),
    workProfile: (id) => nameIn(profile().workProfiles, id),
    pauseReason: (id) => nameIn(profile().pauseReasons, id),
    holdReason: (id) => nameIn(profile().holdReasons, id),
    note: (id) => nameIn(profile().notes, id),
    text: (text) => textIn(text, locale.value),
  };
}
