import type { TakeTicket } from '../domain/commands.ts';
import type { BranchConfig, Locale } from '../domain/config.ts';
import { popularity } from './arrivals.ts';
import type { Chance } from './chance.ts';

const LANGUAGES: readonly (readonly [Locale, number])[] = [
  ['zh-CN', 80],
  ['zh-TW', 8],
  ['en', 12],
];
const SECOND_SERVICE = 0.07;
const CARE_NEED = 0.1;
const TIER = 0.08;
const SAYS_AMOUNT = 0.4;
/** Typical sums in the branch's currency, for services with cash. */
const SUMS: Readonly<Record<string, number>> = { 'deposit-withdrawal': 12_000, 'large-cash': 180_000 };

/** What one customer wants, as the kiosk would send it. */
export function wishOf(chance: Chance, config: BranchConfig): TakeTicket {
  const services = config.services.map(({ id }) => [id, popularity(id)] as const);
  const first = chance.weighted(services) ?? '';
  const others = services.filter(([id]) => id !== first);
  const second = chance.happens(SECOND_SERVICE) ? chance.weighted(others) : undefined;
  const need = chance.happens(CARE_NEED) ? chance.pick(config.careNeeds) : undefined;
  // The tiers of a branch stand from the many to the few.
  const tier = chance.happens(TIER)
    ? chance.weighted(config.tiers.map(({ id }, place) => [id, 1 / 3 ** place]))
    : undefined;
  const sum = SUMS[first];
  const amount =
    sum !== undefined && chance.happens(SAYS_AMOUNT) ? Math.ceil(chance.lognormal(sum, 1) / 100) * 100 : undefined;
  return {
    type: 'TakeTicket',
    services: second === undefined ? [first] : [first, second],
    language: chance.weighted(LANGUAGES) ?? 'zh-CN',
    ...(need !== undefined && { careNeeds: [need.id] }),
    ...(tier !== undefined && { tier }),
    ...(amount !== undefined && { amount }),
  };
}
