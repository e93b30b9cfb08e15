import { MINUTE, type Instant } from './ids.ts';
import type { BranchDay, Ticket } from './state.ts';

/** Until when the service of this ticket can be rated; nothing when it was not served to its end, or the branch does not ask (rule V7). */
export function rateableUntil({ config }: BranchDay, { status, periods }: Ticket): Instant | undefined {
  const endedAt = status === 'finished' ? periods.at(-1)?.to : undefined;
  if (endedAt === undefined || config.rating === undefined) return undefined;
  return endedAt + config.rating.withinMinutes * MINUTE;
}
