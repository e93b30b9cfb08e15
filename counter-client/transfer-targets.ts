import type { TransferTarget } from '../domain/commands.ts';
import type { BranchProfile, CounterView } from '../domain/views/views.ts';
import { rangeWords, textIn } from '../client/format.ts';
import type { Locale } from '../domain/config.ts';
import type { Desk } from './desk.ts';

export type TargetKind = TransferTarget['kind'];
export const TARGET_KINDS: readonly TargetKind[] = ['service', 'segment', 'counter', 'person'];

export interface Target {
  readonly id: string;
  readonly name: string;
  /** What waits there. */
  readonly note: string;
  readonly to: TransferTarget;
}

interface Sources {
  readonly view: CounterView;
  readonly profile: BranchProfile;
  readonly staff: Desk['staff'];
  readonly locale: Locale;
  readonly t: (key: string, named?: Record<string, unknown>) => string;
  readonly place: (counterId: string) => string;
}

/** Where the ticket in hand can go, with what waits for it there. Never back to where it is. */
export function transferTargets(kind: TargetKind, sources: Sources): readonly Target[] {
  const { view, profile, staff, locale, t, place } = sources;
  const here = view.counter;
  const waitIn = (segment: string | undefined): string => {
    const wait = view.segments.find((one) => one.segment === segment);
    if (wait === undefined) return '';
    const range = wait.range ? rangeWords(t, wait.range) : t('transfer.noCounter');
    return t('transfer.waitingAnd', { n: wait.waiting, range });
  };
  switch (kind) {
    case 'service':
      return profile.services
        .filter((service) => service.id !== view.current?.services[0])
        .map((service) => ({
          id: service.id,
          name: textIn(service.name, locale),
          note: waitIn(view.current?.goesTo.find((one) => one.service === service.id)?.segment),
          to: { kind, service: service.id },
        }));
    case 'segment':
      return view.segments.flatMap((wait) => {
        const segment = profile.segments.find((one) => one.id === wait.segment);
        if (segment === undefined) return [];
        const note = waitIn(segment.id);
        const name = `${segment.prefix} ${textIn(segment.name, locale)}`;
        return [{ id: segment.id, name, note, to: { kind, segment: segment.id } }];
      });
    case 'counter':
      return view.counters
        .filter((counter) => counter.counterId !== here.counterId)
        .map((counter) => {
          const busy = t(counter.busy ? 'transfer.busyNow' : 'transfer.free');
          return {
            id: counter.counterId,
            name: place(counter.counterId),
            note: counter.status === 'open' ? busy : t(`transfer.${counter.status}`),
            to: { kind, counterId: counter.counterId },
          };
        });
    case 'person':
      return staff
        .filter((person) => person.id !== here.tellerId)
        .map((person) => {
          const seat = view.counters.find((counter) => counter.tellerId === person.id);
          const note = seat ? t('transfer.sitsAt', { place: place(seat.counterId) }) : t('transfer.away');
          return { id: person.id, name: person.name, note, to: { kind, staffId: person.id } };
        });
  }
}
