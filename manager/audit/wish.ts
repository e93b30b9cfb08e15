import type { BusinessDay } from '../../domain/ids.ts';

/** What somebody looks for in the audit: all of it is in the address. */
export interface AuditWish {
  /** What belongs to no branch, instead of this one. */
  readonly network?: true;
  readonly fromDay?: BusinessDay;
  /** Included. */
  readonly untilDay?: BusinessDay;
  /** A staff number, `customer`, or `nobody`. */
  readonly who?: string;
  /** A counter, a device, or `phone`. */
  readonly device?: string;
  /** As it stands in the rows: `TicketCalled`, `PUT /accounts/:staffId`. */
  readonly act?: string;
  /** Only rows before this one: a further page. */
  readonly before?: number;
}

const TEXTS = ['fromDay', 'untilDay', 'who', 'device', 'act'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What of it makes no sense is left out. */
export function wishOf(query: URLSearchParams): AuditWish {
  const texts = TEXTS.flatMap((name) => {
    const value = query.get(name)?.trim() ?? '';
    return value === '' || (name.endsWith('Day') && !DAY.test(value)) ? [] : [[name, value] as const];
  });
  const before = Number(query.get('before'));
  return {
    ...(query.has('network') && { network: true }),
    ...Object.fromEntries(texts),
    ...(Number.isInteger(before) && before > 0 && { before }),
  };
}

/** For the address. @returns the empty text for somebody who looks for nothing in particular */
export function queryOf(wish: AuditWish): string {
  const { network, before, ...texts } = wish;
  return new URLSearchParams({
    ...(network && { network: '' }),
    ...texts,
    ...(before !== undefined && { before: String(before) }),
  }).toString();
}

/** For the server: it asks for an actor. */
export function searchOf({ network: _network, who, before, ...rest }: AuditWish): Record<string, string> {
  return {
    ...rest,
    ...(who !== undefined && { actor: who === 'customer' || who === 'nobody' ? who : `staff:${who}` }),
    ...(before !== undefined && { before: String(before) }),
  };
}
