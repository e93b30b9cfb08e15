import { rangeWords, textIn } from '../client/format.ts';
import type { Locale } from '../domain/config.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { BranchProfile, TicketView } from '../domain/views/views.ts';

type Translate = (key: string, named?: Record<string, unknown>, plural?: number) => string;

/** What the ticket page shows and says. Square brackets mark the words that are set large. */
export interface TicketWords {
  /** How many are ahead, or where to go now. */
  readonly place: string;
  readonly wait: string;
  readonly sit: string;
  /** Only with several services: how many stops, and in which order. */
  readonly route: string;
  /** Names of the services. */
  readonly about: string;
  readonly documents: string;
}

/** @param view nothing until the server has told of the ticket */
export function ticketWords(
  t: Translate,
  locale: Locale,
  profile: BranchProfile | undefined,
  { view, zone, services }: { view: TicketView | undefined; zone: string; services: readonly ServiceId[] },
): TicketWords {
  const among = locale === 'en' ? ', ' : '、';
  const known = services.map((id) => profile?.services.find((service) => service.id === id));
  const nameOf = (id: ServiceId) => {
    const service = profile?.services.find((each) => each.id === id);
    return service === undefined ? '' : textIn(service.name, locale);
  };
  const documents = known.flatMap((service) => service?.guide.documents ?? []).map((text) => textIn(text, locale));
  return {
    place: placeOf(t, view),
    wait: waitOf(t, view),
    sit: t('kiosk.sit', { zone }),
    route: routeOf(
      t,
      view?.stops?.map((stop) => stop.map(nameOf).join(among)),
    ),
    about: services.map(nameOf).join(among),
    documents: [...new Set(documents)].join(among),
  };
}

function placeOf(t: Translate, view: TicketView | undefined): string {
  if (view?.counter) return t('kiosk.calledTo', { label: view.counter.label });
  if (view?.ahead === undefined) return '';
  if (view.ahead === 0 && view.range === undefined) return t('kiosk.aheadFirst');
  return view.ahead === 0 ? t('kiosk.aheadNone') : t('kiosk.ahead', { n: view.ahead }, view.ahead);
}

function waitOf(t: Translate, view: TicketView | undefined): string {
  if (view === undefined || view.counter) return '';
  if (view.range === undefined) return t('kiosk.rangeUnknown');
  return view.range.toMinutes === 0 ? t('kiosk.rangeNone') : t('kiosk.range', { words: rangeWords(t, view.range) });
}

function routeOf(t: Translate, stops: readonly string[] | undefined): string {
  if (stops === undefined) return '';
  return stops.length === 1 ? t('kiosk.stopsOne') : t('kiosk.stopsRoute', { route: stops.join(t('kiosk.stopsThen')) });
}

export function plain(text: string): string {
  return text.replace(/[[\]]/g, '');
}
