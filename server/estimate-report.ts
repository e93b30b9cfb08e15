import { z } from 'zod';
import { estimateReport } from '../domain/estimate/calibration.ts';
import type { BranchId, BusinessDay } from '../domain/ids.ts';
import type { DayEstimates } from '../protocol/reports.ts';
import type { Records } from './ports.ts';

export const dayQuerySchema = z.object({ day: z.iso.date().optional() });

export async function estimatesOfDay(records: Records, branchId: BranchId, day: BusinessDay): Promise<DayEstimates> {
  return { branchId, day, ...estimateReport(await records.visits(branchId, day)) };
}

const share = z.number().min(0).max(1);
const calibration = z.object({
  visits: z.number().int().meta({ description: 'Ended visits that were quoted a wait and were called.' }),
  meanWait: z.number().meta({ description: 'Minutes, as all times here.' }),
  meanQuoted: z.number(),
  inRange: share.meta({ description: 'Between p10 and p90 of the quote: shall be 0.8.' }),
  withinP80: share.meta({ description: 'Not longer than p80: shall be 0.8.' }),
  wellPastP80: share.meta({ description: 'More than two minutes past p80: at most 0.1.' }),
  rmse: z.number(),
  meanWidth: z.number(),
});

/** For the OpenAPI document. */
export const dayEstimatesSchema = z
  .object({
    branchId: z.string(),
    day: z.iso.date(),
    all: calibration,
    segments: z.record(z.string(), calibration),
  })
  .meta({ id: 'DayEstimates' });
