import type { OpenDay } from '../domain/commands.ts';
import type { BranchConfig } from '../domain/config.ts';
import type { BranchId } from '../domain/ids.ts';
import type { Problem } from '../protocol/messages.ts';
import type { BranchHost } from './branch-host.ts';
import { instantOn } from './business-day.ts';
import type { Jobs } from './ports.ts';

/** What is known of a day before it begins. */
export type DayKnown = Pick<OpenDay, 'forecast' | 'rangeScores'>;

const JOB = 'change-of-day';

/** Opens the host's day. The command id is the same in every process, so a day is opened once however many try. */
export async function openDay(host: BranchHost, config: BranchConfig, known: DayKnown): Promise<Problem | undefined> {
  const { branchId, day } = host;
  const closesAt = instantOn(day, config.hours.closes, config.timeZone);
  const command = { type: 'OpenDay', day, config, closesAt, ...known } as const;
  const ack = await host.handle({ command, actor: 'system', commandId: `open:${branchId}:${day}` });
  return 'problem' in ack ? ack.problem : undefined;
}

/** Closes the host's day: nobody is left waiting in it. */
export async function closeDay(host: BranchHost): Promise<Problem | undefined> {
  const { branchId, day } = host;
  const ack = await host.handle({
    command: { type: 'CloseDay' },
    actor: 'system',
    commandId: `close:${branchId}:${day}`,
  });
  return 'problem' in ack ? ack.problem : undefined;
}

/** A job at midnight of each time zone, so that the days of its branches change also when nobody looks. */
export async function keepDays(
  jobs: Jobs,
  branches: readonly Pick<BranchConfig, 'branchId' | 'timeZone'>[],
  change: (branchId: BranchId) => Promise<unknown>,
): Promise<void> {
  jobs.handle(JOB, async (data) => {
    const due = branches.filter(({ timeZone }) => timeZone === data['timeZone']);
    await Promise.all(due.map(({ branchId }) => change(branchId)));
  });
  for (const timeZone of new Set(branches.map((branch) => branch.timeZone)))
    await jobs.every(JOB, timeZone, '0 0 * * *', timeZone, { timeZone });
}
