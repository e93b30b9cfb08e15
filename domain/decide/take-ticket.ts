import type { CommandContext, ServeWithoutTicket, TakeTicket } from '../commands.ts';
import { quoteFor } from '../estimate/quote.ts';
import type { TicketIssued } from '../events.ts';
import type { Rejection } from '../rejections.ts';
import { counterCanDo, personCanDo } from '../routing/skills.ts';
import { segmentFor } from '../segment-rules.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision, type Draft } from './decision.ts';
import { findCounter, whyNotFree } from './guards.ts';

export function takeTicket(state: BranchDay, command: TakeTicket, context: CommandContext): Decision {
  const unknown = unknownIn(state, command);
  if (unknown !== undefined) return refuse(unknown);
  const issued = issuedTicket(state, command, context);
  const { segment, services, careNeeds, adviser } = issued;
  const waiter = { segment, service: services[0] ?? '', care: careNeeds.length > 0, adviser };
  const quote = quoteFor(state, waiter, context.now);
  if (quote !== undefined) issued.quote = quote;
  return accept(issued);
}

/** Rule C7. */
export function serveWithoutTicket(state: BranchDay, command: ServeWithoutTicket, context: CommandContext): Decision {
  const found = findCounter(state, command.counterId);
  if (found.rejection) return refuse(found.rejection);
  const blocked = whyNotFree(state, found.counter) ?? unknownIn(state, command);
  if (blocked !== undefined) return refuse(blocked);
  if (!counterCanDo(state, found.counter.id, command.services[0] ?? '')) return refuse({ code: 'skills-missing' });
  const { tellerId } = found.counter;
  const issued = issuedTicket(state, command, context);
  issued.servedAt = { counterId: found.counter.id, ...(tellerId !== undefined && { tellerId }) };
  return accept(issued);
}

type Wish = Omit<TakeTicket, 'type'>;

/** Rules S4, S5. */
function unknownIn(state: BranchDay, { services, careNeeds = [], tier, adviser }: Wish): Rejection | undefined {
  if (services.length === 0) return { code: 'no-service-chosen' };
  if (services.some((service) => !state.index.services.has(service))) return { code: 'unknown-service' };
  if (services.length > 1 && new Set(services).size < services.length) return { code: 'service-already-on-ticket' };
  if (careNeeds.some((need) => !state.index.careNeeds.has(need))) return { code: 'unknown-care-need' };
  if (tier !== undefined && !state.index.tiers.has(tier)) return { code: 'unknown-tier' };
  if (adviser === undefined) return undefined;
  if (!state.index.staff.has(adviser)) return { code: 'unknown-staff' };
  return personCanDo(state, adviser, services[0] ?? '') ? undefined : { code: 'skills-missing' };
}

/** Rules N1–N3, S1–S3. */
function issuedTicket(state: BranchDay, wish: Wish, context: CommandContext): Draft<TicketIssued> {
  const { services, tier, amount, appointmentAt, adviser, language = 'zh-CN' } = wish;
  const careNeeds = (wish.careNeeds?.length ?? 0) > 0 ? [...new Set(wish.careNeeds)] : [];
  const { segment, rule } = segmentFor(state, { services, careNeeds, tier, amount, appointmentAt });
  const series = state.index.segments.get(segment);
  const sequence = state.nextSequence.get(segment);
  if (series === undefined || sequence === undefined) throw new Error(`segment rule ${rule} names no segment`);
  const issued: Draft<TicketIssued> = {
    type: 'TicketIssued',
    ...fact(context),
    ticketId: context.newId,
    number: series.prefix + String(sequence).padStart(series.width, '0'),
    segment,
    sequence,
    rule,
    services,
    careNeeds,
    language,
  };
  if (tier !== undefined) issued.tier = tier;
  if (amount !== undefined) issued.amount = amount;
  if (appointmentAt !== undefined) issued.appointmentAt = appointmentAt;
  if (adviser !== undefined) issued.adviser = adviser;
  return issued;
}
