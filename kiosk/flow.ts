import type { Answer } from '../domain/answer.ts';
import type { Offer } from '../domain/commands.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { MachineOffer } from '../domain/views/views.ts';
import type { SendResult } from '../client/connection.ts';
import type { DueAppointment } from './identity.ts';

/** The kiosk's pages as a state machine: one tap to a ticket, two where a tile holds several services or a machine is offered. Pure. */

export type Issued = NonNullable<Answer['issued']>;
type Refused = Exclude<SendResult, { ok: true }>;

/** What a number is taken for. */
export interface Wish {
  /** At least one, in the order in which they were chosen. */
  readonly services: readonly ServiceId[];
  readonly offer?: Offer | undefined;
  readonly appointment?: DueAppointment | undefined;
}

/** As many as fit on one ticket that somebody still understands. */
export const MOST_SERVICES = 3;

export type Page =
  | { readonly at: 'home' }
  | { readonly at: 'services'; readonly services: readonly ServiceId[]; readonly title: string }
  | { readonly at: 'several'; readonly chosen: readonly ServiceId[] }
  | { readonly at: 'care' }
  | { readonly at: 'identify' }
  | { readonly at: 'guide' }
  | { readonly at: 'guide-of'; readonly service: ServiceId }
  | { readonly at: 'offer'; readonly service: ServiceId; readonly machine: MachineOffer }
  | { readonly at: 'taking'; readonly wish: Wish }
  | { readonly at: 'refused'; readonly wish: Wish; readonly result: Refused }
  | { readonly at: 'ticket'; readonly wish: Wish; readonly issued: Issued };

export type Step =
  /** A tile of the first page: with one service it takes a number at once, or first offers the machine that would save time. */
  | {
      readonly do: 'choose-entry';
      readonly services: readonly ServiceId[];
      readonly title: string;
      readonly machine?: MachineOffer | undefined;
    }
  | { readonly do: 'choose-service'; readonly service: ServiceId; readonly machine?: MachineOffer | undefined }
  | { readonly do: 'answer-offer'; readonly answer: Offer['answer'] }
  /** Whoever has one is not asked what they come for. */
  | { readonly do: 'keep-appointment'; readonly appointment: DueAppointment }
  | { readonly do: 'open-several' }
  | { readonly do: 'toggle'; readonly service: ServiceId }
  | { readonly do: 'take-several' }
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
    case 'choose-entry': {
      const [first] = step.services;
      if (page.at !== 'home' || first === undefined) return page;
      if (step.services.length === 1) return wanted(first, step.machine);
      return { at: 'services', services: step.services, title: step.title };
    }
    case 'choose-service':
      return page.at === 'services' || page.at === 'guide-of' ? wanted(step.service, step.machine) : page;
    case 'answer-offer': {
      if (page.at !== 'offer') return page;
      const { service, machine } = page;
      const offer = { channel: 'machine', answer: step.answer, savesMinutes: machine.savesMinutes } as const;
      return { at: 'taking', wish: { services: [service], offer } };
    }
    case 'keep-appointment': {
      const { appointment } = step;
      return page.at === 'home' ? { at: 'taking', wish: { services: appointment.services, appointment } } : page;
    }
    case 'open-several':
      return page.at === 'home' ? { at: 'several', chosen: [] } : page;
    case 'toggle':
      return page.at === 'several' ? { at: 'several', chosen: toggled(page.chosen, step.service) } : page;
    case 'take-several':
      return page.at === 'several' && page.chosen.length > 0 ? { at: 'taking', wish: { services: page.chosen } } : page;
    case 'open-care':
      return page.at === 'home' ? { at: 'care' } : page;
    case 'open-identify':
      return page.at === 'home' ? { at: 'identify' } : page;
    case 'open-guide':
      return page.at === 'home' ? { at: 'guide' } : page;
    case 'read-guide':
      return page.at === 'guide' ? { at: 'guide-of', service: step.service } : page;
    case 'answered':
      return page.at === 'taking' ? afterAnswer(page.wish, step.result) : page;
    case 'again':
      return page.at === 'refused' ? { at: 'taking', wish: page.wish } : page;
    case 'back':
      return page.at === 'guide-of' ? { at: 'guide' } : page.at === 'taking' ? page : { at: 'home' };
    case 'home':
      return { at: 'home' };
  }
}

function wanted(service: ServiceId, machine: MachineOffer | undefined): Page {
  return machine === undefined ? { at: 'taking', wish: { services: [service] } } : { at: 'offer', service, machine };
}

function toggled(chosen: readonly ServiceId[], service: ServiceId): readonly ServiceId[] {
  if (chosen.includes(service)) return chosen.filter((each) => each !== service);
  return chosen.length < MOST_SERVICES ? [...chosen, service] : chosen;
}

function afterAnswer(wish: Wish, result: SendResult): Page {
  if (!result.ok) return { at: 'refused', wish, result };
  const { issued } = result.answer;
  return issued === undefined ? { at: 'home' } : { at: 'ticket', wish, issued };
}
