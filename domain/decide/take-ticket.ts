import type { CommandContext, LeaveOffer, ServeWithoutTicket, TakeTicket } from '../commands.ts';
import { machineSegmentFor } from '../diversion/machines.ts';
import { quoteFor } from '../estimate/quote.ts';
import type { ChannelOffered, TicketIssued } from '../events.ts';
import { numberText } from '../numbers.ts';
import type { ServiceId } from '../ids.ts';
import { planRoute } from '../plan-route.ts';
import type { Rejection } from '../rejections.ts';
import { counterCanDo, personCanDo } from '../routing/skills.ts';
import { segmentFor } from '../segment-rules.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision, type Draft } from './decision.ts';
import { findCounter, whyNotFree } from './guards.ts';

export function takeTicket(state: BranchDay, command: TakeTicket, context: CommandContext): Decision {
  const { offer } = command;
  const refused = unknownIn(state, command) ?? whyNotOffered(state, command);
  if (refused !== undefined) return refuse(refused);
  const issued = issuedTicket(state, command.planned === true ? planned(state, command) : command, context);
  const { segment, services, careNeeds, adviser } = issued;
  const waiter = { segment, service: services[0] ?? '', care: careNeeds.length > 0, adviser };
  const quote = quoteFor(state, waiter, context.now);
  if (quote !== undefined) issued.quote = quote;
  if (offer === undefined) return accept(issued);
  return accept(issued, { ...offered(services[0] ?? '', offer, context), ticketId: context.newId });
}

/** Rule L3. */
export function leaveOffer(state: BranchDay, command: LeaveOffer, context: CommandContext): Decision {
  const { service } = command;
  if (!state.index.services.has(service)) return refuse({ code: 'unknown-service' });
  return accept(offered(service, { ...command, answer: 'left' }, context));
}

/** Rule S6. */
function planned(state: BranchDay, command: TakeTicket): TakeTicket {
  return { ...command, services: planRoute(state, { ...command, careNeeds: command.careNeeds ?? [] }) };
}

function offered(
  service: ServiceId,
  { channel, answer, savesMinutes }: Pick<ChannelOffered, 'channel' | 'answer' | 'savesMinutes'>,
  context: CommandContext,
): Draft<ChannelOffered> {
  return { type: 'ChannelOffered', ...fact(context), service, channel, answer, savesMinutes };
}

/** Rules L1, L2. */
function whyNotOffered(state: BranchDay, { offer, services, careNeeds = [] }: TakeTicket): Rejection | undefined {
  if (offer === undefined) return undefined;
  if (careNeeds.length > 0) return { code: 'channel-not-for-care' };
  const goes = machineSegmentFor(state, services[0] ?? '') !== undefined;
  return goes || offer.answer !== 'accepted' ? undefined : { code: 'no-machine-for-service' };
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
/** Stands for a segment rule where the customer decided (rule L2). */
const ACCEPTED = 'machine-accepted';

/** Rules S4, S5. */
export function unknownIn(state: BranchDay, { services, careNeeds = [], tier, adviser }: Wish): Rejection | undefined {
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
  const machine = wish.offer?.answer === 'accepted' ? machineSegmentFor(state, services[0] ?? '') : undefined;
  const { segment, rule } =
    machine === undefined
      ? segmentFor(state, { services, careNeeds, tier, amount, appointmentAt })
      : { segment: machine, rule: ACCEPTED };
  const series = state.index.segments.get(segment);
  const sequence = state.nextSequence.get(segment);
  if (series === undefined || sequence === undefined) throw new Error(`segment rule ${rule} names no segment`);
  const issued: Draft<TicketIssued> = {
    type: 'TicketIssued',
    ...fact(context),
    ticketId: context.newId,
    number: numberText(series, sequence),
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
