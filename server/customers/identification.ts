import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { Temporal } from 'temporal-polyfill';
import type { BranchConfig } from '../../domain/config.ts';
import { MINUTE, type BranchId, type BusinessDay, type Instant, type TicketId } from '../../domain/ids.ts';
import { instantOn } from '../business-day.ts';
import type { BranchHost } from '../branch-host.ts';
import type { Hosts } from '../hosts.ts';
import type {
  Appointment,
  Channel,
  ConsentRecord,
  CustomerDirectory,
  CustomerProfile,
  Identifier,
  PersonalData,
} from '../customer-ports.ts';
import type { Clock } from '../ports.ts';
import { Breaker } from './breaker.ts';
import { maskedName } from './masked-name.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** A customer at the kiosk waits less than a second for all of it. */
const PATIENCE_MS = 700;
/** From showing the card to the ticket. */
const REF_MS = 10 * MINUTE;
const MOST_REFS = 10_000;
/** Whoever comes so much before or after the time of an appointment comes to it; else they choose like everybody. */
const EARLY_MS = 60 * MINUTE;
const LATE_MS = 15 * MINUTE;

/** What a screen is told: what it needs for a ticket, not who it is. */
export type Identified =
  | {
      readonly outcome: 'known';
      /** To be handed in with the ticket that was taken. */
      readonly ref: string;
      readonly tier?: string | undefined;
      readonly careNeeds?: readonly string[] | undefined;
      readonly language?: string | undefined;
      /** What they have come for: the kiosk gives the number at once. Absent once they have it. */
      readonly appointment?: DueAppointment | undefined;
      /** For staff only: `王**`, and who looks after them. */
      readonly name?: string | undefined;
      readonly manager?: string | undefined;
    }
  | { readonly outcome: 'unknown' | 'unavailable' };

interface DueAppointment {
  readonly at: Instant;
  readonly services: readonly string[];
  readonly adviser?: string | undefined;
}

interface Pending {
  readonly branchId: BranchId;
  readonly pseudonym: string;
  readonly consents: readonly ConsentRecord[];
  readonly until: Instant;
}

export interface IdentificationOptions {
  /** Absent: customers are not identified here. */
  readonly directory: CustomerDirectory | undefined;
  readonly pseudonyms: Pseudonyms;
  readonly personalData: PersonalData;
  readonly hosts: Hosts;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Says what is due to whoever shows a card, a phone number or an ID, and keeps of it a pseudonym beside the ticket. */
export class Identification {
  readonly #options: IdentificationOptions;
  readonly #breaker: Breaker | undefined;
  /** In this process only: a ticket whose ref is lost is an ordinary one, and nothing is missing. */
  readonly #pending = new Map<string, Pending>();

  constructor(options: IdentificationOptions) {
    this.#options = options;
    const { directory } = options;
    this.#breaker = directory && new Breaker({ ...options, directory, patienceMs: PATIENCE_MS });
  }

  get offered(): boolean {
    return this.#breaker !== undefined;
  }

  async identify(branchId: BranchId, identifier: Identifier, forStaff: boolean): Promise<Identified> {
    const found = (await this.#breaker?.find(identifier)) ?? { outcome: 'unavailable' };
    if (found.outcome !== 'known') return found;
    const { profile } = found;
    const { name, manager } = profile;
    const today = await this.#options.hosts.today(branchId);
    // The day keeps the configuration that it was opened with; what that does not have cannot be due to anybody.
    const due = today.ok ? await today.host.look((state) => dueTo(profile, state?.config)) : {};
    return {
      outcome: 'known',
      ref: this.#remember(branchId, identifier, profile),
      ...due,
      ...(today.ok && (await this.#appointmentOf(today.host, identifier, profile))),
      ...(forStaff && name !== undefined && { name: maskedName(name) }),
      ...(forStaff && manager !== undefined && { manager }),
    };
  }

  /** The one that they come to now, unless they have a ticket for it. */
  async #appointmentOf(host: BranchHost, identifier: Identifier, { appointments = [] }: CustomerProfile) {
    if (appointments.length === 0) return {};
    const { clock, personalData, pseudonyms, log } = this.#options;
    const now = clock.now();
    try {
      const { tickets } = await personalData.of([pseudonyms.of(identifier)]);
      const own = tickets.filter(({ branchId, day }) => branchId === host.branchId && day === host.day);
      return await host.look((state) => {
        if (state === undefined) return {};
        const had = new Set(
          [...state.tickets.values()]
            .filter(({ number }) => own.some((one) => one.number === number))
            .map(({ appointmentAt }) => appointmentAt),
        );
        const appointment = appointments
          .flatMap((one) => dueAppointment(one, host, state.config) ?? [])
          .filter(({ at }) => now >= at - EARLY_MS && now <= at + LATE_MS && !had.has(at))
          .sort((one, other) => Math.abs(one.at - now) - Math.abs(other.at - now))[0];
        return appointment === undefined ? {} : { appointment };
      });
    } catch (error) {
      // Without it they choose a service themselves.
      log.warn({ err: error, branchId: host.branchId }, 'whether an appointment has its ticket could not be read');
      return {};
    }
  }

  /** Notes whose ticket it is. False when the ref is not known here any more, or there is no such ticket. */
  async link(branchId: BranchId, ref: string, ticketId: TicketId): Promise<boolean> {
    const { hosts, personalData, clock } = this.#options;
    const pending = this.#pending.get(ref);
    this.#pending.delete(ref);
    if (pending === undefined || pending.branchId !== branchId || clock.now() >= pending.until) return false;
    const today = await hosts.today(branchId);
    if (!today.ok) return false;
    const { day } = today.host;
    const number = await today.host.look((state) => state?.tickets.get(ticketId)?.number);
    if (number === undefined) return false;
    await personalData.keepTicket(pending.pseudonym, { branchId, day, ticketId, number }, clock.now());
    await personalData.keepConsents(pending.pseudonym, pending.consents);
    return true;
  }

  /** Whoever is to be forgotten is not remembered by a ref either. */
  forget(pseudonyms: readonly string[]): void {
    for (const [ref, { pseudonym }] of this.#pending) if (pseudonyms.includes(pseudonym)) this.#pending.delete(ref);
  }

  #remember(branchId: BranchId, identifier: Identifier, { consent = {} }: CustomerProfile): string {
    const { clock, pseudonyms } = this.#options;
    const at = clock.now();
    for (const [ref, { until }] of this.#pending)
      if (at >= until || this.#pending.size >= MOST_REFS) this.#pending.delete(ref);
    const ref = randomBytes(16).toString('base64url');
    const consents = Object.entries(consent).map(([channel, given]) => ({ channel: channel as Channel, given, at }));
    this.#pending.set(ref, { branchId, pseudonym: pseudonyms.of(identifier), consents, until: at + REF_MS });
    return ref;
  }
}

/** Nothing for another branch, or for what this one does not do. */
function dueAppointment(
  { branch, at, services, adviser }: Appointment,
  { branchId, day }: { readonly branchId: BranchId; readonly day: BusinessDay },
  { timeZone, services: known, staff }: BranchConfig,
): DueAppointment | undefined {
  if (branch !== undefined && branch !== branchId) return undefined;
  if (!services.every((id) => known.some((service) => service.id === id))) return undefined;
  const instant = at.includes('T') ? Temporal.Instant.from(at).epochMilliseconds : instantOn(day, at, timeZone);
  return { at: instant, services, ...(staff.some(({ id }) => id === adviser) && { adviser }) };
}

function dueTo({ tier, careNeeds = [], language }: CustomerProfile, config: BranchConfig | undefined) {
  const due = careNeeds.filter((need) => config?.careNeeds.some(({ id }) => id === need));
  return {
    ...(tier !== undefined && config?.tiers.some(({ id }) => id === tier) && { tier }),
    ...(due.length > 0 && { careNeeds: due }),
    ...(language !== undefined && { language }),
  };
}
