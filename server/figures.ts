import type { BranchId, BusinessDay } from '../domain/ids.ts';
import type { BranchDay } from '../domain/state.ts';
import type { Ack } from '../protocol/messages.ts';
import type { ForecastReport } from '../protocol/reports.ts';
import type { Hosts } from './hosts.ts';
import type { Metrics, Sources } from './metrics/metrics.ts';
import type { Jobs } from './ports.ts';
import type { SocketDoor } from './socket.ts';

/** Where the figures that nobody keeps are looked up when Prometheus asks for them. */

/** A day that was not learned from yet is asked for again after this. */
const ASK_AGAIN_MS = 10 * 60_000;

interface FiguresOptions {
  readonly hosts: Hosts;
  readonly screens: SocketDoor['screens'];
  readonly branchIds: readonly BranchId[];
  readonly yesterdayOf: (branchId: BranchId) => BusinessDay;
  readonly forecastOf: (branchId: BranchId, day: BusinessDay) => Promise<ForecastReport | undefined>;
}

export function figures({ hosts, screens, branchIds, yesterdayOf, forecastOf }: FiguresOptions): Sources {
  const errors = new Map<string, { readonly ratio: number | undefined; readonly goodUntil: number }>();
  /** For a branch whose turn is in flight just then. */
  const lastWaiting = new Map<BranchId, ReadonlyMap<string, number>>();

  async function forecastError(branchId: BranchId): Promise<number | undefined> {
    const day = yesterdayOf(branchId);
    const key = `${branchId} ${day}`;
    const known = errors.get(key);
    if (known !== undefined && performance.now() < known.goodUntil) return known.ratio;
    const report = await forecastOf(branchId, day);
    if (errors.size > 2 * branchIds.length) errors.clear();
    const ratio = report && errorOf(report);
    // A day that is over and learned from changes no more.
    errors.set(key, { ratio, goodUntil: report?.came === undefined ? performance.now() + ASK_AGAIN_MS : Infinity });
    return ratio;
  }

  return {
    screens,
    branches: () =>
      hosts.open().map((host) => {
        const waiting = host.glance(waitingBySegment) ?? lastWaiting.get(host.branchId) ?? new Map<string, number>();
        lastWaiting.set(host.branchId, waiting);
        return { branchId: host.branchId, turnQueue: host.waiting, waiting };
      }),
    async forecastErrors() {
      const found: { branchId: BranchId; ratio: number }[] = [];
      // One after the other: to be watched must not be work for the database.
      for (const branchId of branchIds) {
        const ratio = await forecastError(branchId);
        if (ratio !== undefined) found.push({ branchId, ratio });
      }
      return found;
    },
  };
}

function waitingBySegment(state: BranchDay | undefined): ReadonlyMap<string, number> {
  return new Map(state?.config.segments.map(({ id }) => [id, state.queue.waitingIn(id)]));
}

/** By how much the tickets of the day were missed, as a share of those that came. */
function errorOf({ expected, came }: ForecastReport): number | undefined {
  if (expected === undefined || came === undefined) return undefined;
  const tickets = Object.values(came).reduce((all, slots) => slots.reduce((sum, slot) => sum + slot, all), 0);
  return tickets === 0 ? undefined : Math.abs(expected.tickets - tickets) / tickets;
}

/** @param type of the command, or `unreadable` */
export function countCommand(metrics: Metrics, type: string, ack: Ack, seconds: number): void {
  if (ack.ok) metrics.command(type, 'accepted', undefined, seconds);
  else if ('problem' in ack) metrics.command(type, ack.problem.code, undefined, seconds);
  else metrics.command(type, 'refused', ack.rejection.code, seconds);
}

/** The same jobs; what comes of each is counted. */
export function countedJobs(jobs: Jobs, metrics: Metrics): Jobs {
  return {
    ...jobs,
    handle(name, handler) {
      jobs.handle(name, async (data) => {
        try {
          await handler(data);
          metrics.job(name, 'done');
        } catch (error) {
          metrics.job(name, 'failed');
          throw error;
        }
      });
    },
  };
}
