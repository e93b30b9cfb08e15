import type { Logger } from 'pino';
import { rangeScores, type RangeScores } from '../domain/estimate/corrections.ts';
import type { BranchId, BusinessDay } from '../domain/ids.ts';
import type { Records } from './ports.ts';

/** Waits of a segment with 25 quotes a day: as many as a correction needs to be steady. */
const DAYS = 5;

/** How true the quotes of the last days before `day` were, to open it with (rule E10). Never rejects: a day opens also without. */
export async function scoresBefore(
  { records, log }: { readonly records: Records; readonly log: Logger },
  branchId: BranchId,
  day: BusinessDay,
): Promise<RangeScores | undefined> {
  try {
    const days = (await records.openedDays(branchId, undefined, day)).slice(-DAYS);
    const visits = await Promise.all(days.map((each) => records.visits(branchId, each)));
    const scores = rangeScores(visits);
    return Object.keys(scores).length === 0 ? undefined : scores;
  } catch (error) {
    log.warn({ err: error, branchId, day }, 'the day is opened without how true the last quotes were');
    return undefined;
  }
}
