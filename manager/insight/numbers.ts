/** Figures as the pages write them. */

/** One decimal, as people compare minutes. */
export function tenths(value: number): string {
  return value.toFixed(1);
}

/** With its sign: "+0.4", "−1.2", "0.0". */
export function signedTenths(value: number): string {
  const text = tenths(Math.abs(value));
  if (text === '0.0') return text;
  return `${value > 0 ? '+' : '−'}${text}`;
}

/** A share from 0 to 1 in whole percent, without the sign. */
export function percent(share: number): string {
  return String(Math.round(share * 100));
}

/** At most one decimal: windows and tickets, "3" or "2.4". */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
