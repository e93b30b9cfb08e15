import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { standingTasks, type Task, type TaskAbout } from '../domain/attention/task.ts';
import type { Command } from '../domain/commands.ts';
import type { Instant } from '../domain/ids.ts';
import type { BranchDay } from '../domain/state.ts';
import { every } from './every.ts';
import type { Hosts } from './hosts.ts';
import { SILENT_MS } from './identity/devices.ts';
import type { Clock, Device, Identities } from './ports.ts';

const LOOK_MS = 15_000;
const ALARMED = ['kiosk', 'display'] as const;

export interface DeviceAlarmsOptions {
  readonly hosts: Pick<Hosts, 'open'>;
  readonly identities: Pick<Identities, 'devices'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Kiosks and displays that are silent, or whose printer or reader has failed, become tasks of the hall while it serves; the task
 * is settled when they are well again. Machines have facts of their own (rules M). Each process looks: a second task of a kind at
 * a place is refused by the branch day (rule A2).
 */
export class DeviceAlarms {
  readonly #stop: () => void;

  constructor(private readonly options: DeviceAlarmsOptions) {
    this.#stop = every(options.clock, LOOK_MS, (now) => void this.#look(now));
  }

  stop(): void {
    this.#stop();
  }

  async #look(now: Instant): Promise<void> {
    const { hosts, identities, log } = this.options;
    for (const host of hosts.open()) {
      const tasks = host.glance(tasksWhileServing);
      if (tasks === undefined) continue;
      try {
        const devices = await identities.devices(host.branchId);
        for (const command of alarmCommands(devices, tasks, now))
          void host.handle({ command, commandId: randomUUID(), actor: 'system' });
      } catch (error) {
        log.warn({ err: error, branchId: host.branchId }, 'it could not be read how the devices are');
      }
    }
  }
}

/** Nothing while no counter is open: nobody is there to look after a device. */
function tasksWhileServing(state: BranchDay | undefined): readonly Task[] | undefined {
  if (state === undefined || state.closed) return undefined;
  const serves = [...state.counters.values()].some(({ status }) => status !== 'closed');
  return serves ? standingTasks(state) : undefined;
}

/** What raises the tasks that are missing, and settles those whose device is well again. */
export function alarmCommands(devices: readonly Device[], tasks: readonly Task[], now: Instant): Command[] {
  const wanted = devices.flatMap((device) => alarmOf(device, now));
  const same = (one: TaskAbout) => (other: TaskAbout) =>
    one.kind === other.kind && one.place.kind === other.place.kind && one.place.id === other.place.id;
  const own = tasks.filter(
    ({ kind, place }) =>
      (kind === 'device-fault' || kind === 'device-silent') && ALARMED.some((alarmed) => alarmed === place.kind),
  );
  return [
    ...wanted.filter((about) => !own.some(same(about))).map((about) => ({ type: 'RaiseTask', ...about }) as const),
    ...own
      .filter((task) => !wanted.some(same(task)))
      .map(({ id: taskId }) => ({ type: 'FinishTask', taskId, outcome: 'not-needed' }) as const),
  ];
}

function alarmOf({ id, kind, seenAt, revokedAt, state }: Device, now: Instant): Pick<TaskAbout, 'kind' | 'place'>[] {
  const alarmed = ALARMED.find((each) => each === kind);
  // One that was never there is still to be set up.
  if (alarmed === undefined || revokedAt !== undefined || seenAt === undefined) return [];
  const place = { kind: alarmed, id } as const;
  if (now - seenAt >= SILENT_MS) return [{ kind: 'device-silent', place }];
  const broken = state.printer === 'empty' || state.printer === 'fault' || state.reader === 'fault';
  return broken ? [{ kind: 'device-fault', place }] : [];
}
