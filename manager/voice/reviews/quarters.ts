/** Quarters as they stand in the address, `2026-Q4`. */

export function quarterNow(today: string): string {
  return `${today.slice(0, 4)}-Q${Math.ceil(Number(today.slice(5, 7)) / 3)}`;
}

export function quarterBefore(quarter: string): string {
  return moved(quarter, -1);
}

export function quarterAfter(quarter: string): string {
  return moved(quarter, 1);
}

function moved(quarter: string, by: number): string {
  const count = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1 + by;
  return `${Math.floor(count / 4)}-Q${(count % 4) + 1}`;
}
