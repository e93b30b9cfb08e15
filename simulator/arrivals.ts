import type { BranchConfig } from '../domain/config.ts';
import type { Chance } from './chance.ts';

/** How many customers come, over the day. */

const QUIET = 0.55;
/** Where in the opening hours a peak stands, how far it reaches to each side, and how much it adds. */
const PEAKS = [
  { at: 0.25, width: 0.1, height: 0.95 },
  { at: 0.69, width: 0.1, height: 0.85 },
];

/** Share of the mean rate at a point of the opening hours. @param part 0 when the branch opens, 1 when it closes */
export function dayCurve(part: number): number {
  return PEAKS.reduce(
    (sum, { at, width, height }) => sum + height * Math.exp(-(((part - at) / width) ** 2) / 2),
    QUIET,
  );
}

/** The most that the curve ever is, for the draws below. */
const HIGHEST = Math.max(...Array.from({ length: 101 }, (_, index) => dayCurve(index / 100))) * 1.01;

/**
 * Minutes to the next customer of a stream whose rate follows the curve: draws at the highest rate, and keeps each with
 * the share that the curve has there.
 * @param perHour mean rate of the day
 * @param partAt the part of the opening hours that it is, so many minutes from now
 */
export function minutesToNext(chance: Chance, perHour: number, partAt: (minutes: number) => number): number {
  let minutes = 0;
  do minutes += chance.exponential(60 / (perHour * HIGHEST));
  while (!chance.happens(dayCurve(partAt(minutes)) / HIGHEST));
  return minutes;
}

/** A mean rate that keeps the fixed counters busy and makes the floating ones wanted at the peaks. */
export function usualPerHour({ counters, services }: Pick<BranchConfig, 'counters' | 'services'>): number {
  const windows = counters.filter(({ kind }) => kind === 'fixed' || kind === 'adviser').length;
  const minutes = services.reduce((sum, service) => sum + service.minutes * popularity(service.id), 0);
  const weights = services.reduce((sum, service) => sum + popularity(service.id), 0);
  return (windows * 60) / (minutes / weights);
}

/** How often a service is asked for, against 1 for one that is not listed. */
const POPULARITY: Readonly<Record<string, number>> = {
  'deposit-withdrawal': 14,
  'statement-print': 5,
  transfer: 5,
  passbook: 4,
  'card-opening': 3,
  'password-reset': 3,
  'card-loss': 2,
  'large-cash': 2,
  'foreign-currency': 2,
  'corporate-cash': 3,
  wealth: 2,
};

export function popularity(service: string): number {
  return POPULARITY[service] ?? 1;
}
