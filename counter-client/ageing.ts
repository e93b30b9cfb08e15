/** How a wait stands to its target, for a colour that always comes with a sign and words. */
export type Age = 'fresh' | 'near' | 'late' | 'ceiling';

const NEAR = 0.8;

export function ageOf(waitedMs: number, targetMs: number, ceilingMs = Number.POSITIVE_INFINITY): Age {
  if (waitedMs >= ceilingMs) return 'ceiling';
  if (waitedMs >= targetMs) return 'late';
  return waitedMs >= targetMs * NEAR ? 'near' : 'fresh';
}
