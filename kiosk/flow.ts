import type { Answer } from '../domain/answer.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { SendResult } from '../client/connection.ts';

/** The kiosk's pages as a state machine: one tap to a ticket, two where a tile holds several services. Pure. */

export type Issued = NonNullable<Answer['issued']>;
type Refused = Exclude<SendResult, { ok: true }>;

export type Page =
  | { readonly at: 'home' }
  | { readonly at: 'services'; readonly services: readonly ServiceId[]; readonly title: string }
  | { readonly at: 'care' }
  | { readonly at: 'identify' }
  | { readonly at: 'guide' }
  | { readonly at: 'guide-of'; readonly service: ServiceId }
  | { readonly at: 'taking'; readonly service: ServiceId }
  | { readonly at: 'refused'; readonly service: ServiceId; readonly result: Refused }
  | { readonly at: 'ticket'; readonly service: ServiceId; readonly issued: Issued };

export type Step =
  /** A tile of the first page: with one service it takes a number at once. */
  | { readonly do: 'choose-entry'; readonly services: readonly ServiceId[]; readonly title: string }
  | { readonly do: 'choose-service'; readonly service: ServiceId }
  | { readonly do: 'open-care' }
  | { readonly do: 'open-identify' }
  | { readonly do: 'open-guide' }
  | { readonly do: 'read-guide'; readonly service: ServiceId }
  | { readonly do: 'answered'; readonly result: SendResult }
  | { readonly do: 'again' }
  | { readonly do: 'back' }
  | { readonly do: 'home' };

/** A step that the page does not have (a second tap, an answer that comes too late) changes nothing. */
export function next(page: Page, step: Step): Page {
  switch (step.do) {
    case 'choose-entry':
      if (page.at !== 'home') return page;
      return step.services.length === 1
        ? { at: 'taking', service: step.services[0]! }
        : { at: 'services', services: step.services, title: step.title };
    case 'choose-service':
      return page.at === 'services' || page.at === 'guide-of' ? { at: 'taking', service: step.service } : page;
    case 'open-care':
      return page.at === 'home' ? { at: 'care' } : page;
    case 'open-identify':
      return page.at === 'home' ? { at: 'identify' } : page;
    case 'open-guide':
      return page.at === 'home' ? { at: 'guide' } : page;
    case 'read-guide':
      return page.at === 'guide' ? { at: 'guide-of', service: step.service } : page;
    case 'answered':
      return page.at === 'taking' ? afterAnswer(page.service, step.result) : page;
    case 'again':
      return page.at === 'refused' ? { at: 'taking', service: page.service } : page;
    case 'back':
      return page.at === 'guide-of' ? { at: 'guide' } : page.at === 'taking' ? page : { at: 'home' };
    case 'home':
      return { at: 'home' };
  }
}

function afterAnswer(service: ServiceId, result: SendResult): Page {
  if (!result.ok) return { at: 'refused', service, result };
  const { issued } = result.answer;
  return issued === undefined ? { at: 'home' } : { at: 'ticket', service, issued };
}
