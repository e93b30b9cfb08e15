import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { CounterId } from '../domain/ids.ts';
import type { BranchDay, Counter } from '../domain/state.ts';
import type { Ack } from '../protocol/messages.ts';
import { every } from './every.ts';
import type { Hosts } from './hosts.ts';
import type { Caller } from './identity/caller.ts';
import { SILENT_MS } from './identity/devices.ts';
import type { Clock, DeviceState, Identities } from './ports.ts';

export interface MachinesOptions {
  readonly hosts: Hosts;
  readonly identities: Pick<Identities, 'silentMachines'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Half of the time after which a machine counts as silent would be too late by half. */
const LOOK_MS = 15_000;

/**
 * Self-service machines between their heartbeat and the branch day. That a machine is alive is no fact of the hall: it is kept with
 * the device. That it has failed, is silent or is back is one, and becomes a command.
 */
export class Machines {
  readonly #stop: () => void;

  constructor(private readonly options: MachinesOptions) {
    this.#stop = every(options.clock, LOOK_MS, () => void this.#lookForSilent());
  }

  stop(): void {
    this.#stop();
  }

  /** What a machine says of itself, if it is one and says something new. @returns the answer of the branch day */
  async heard({ role, branchId, deviceId, actor }: Caller, { fault = false, cannot = [] }: DeviceState) {
    if (role !== 'device' || branchId === undefined || deviceId === undefined) return undefined;
    const today = await this.options.hosts.today(branchId);
    if (!today.ok) return today satisfies Ack;
    const isNew = await today.host.look((state) => saysMore(state?.counters.get(deviceId), fault, cannot));
    if (!isNew) return undefined;
    const command = { type: 'ReportMachine', counterId: deviceId, fault, cannot } as const;
    return today.host.handle({ command, commandId: randomUUID(), actor });
  }

  /** Each process looks; of several that find the same one, the branch day hears the first (rule M3). */
  async #lookForSilent(): Promise<void> {
    const { hosts, identities, clock, log } = this.options;
    const serving = hosts.open().flatMap((host) => {
      const machines = host.glance(servingMachines) ?? [];
      return machines.map((counterId) => ({ host, counterId }));
    });
    if (serving.length === 0) return;
    try {
      const silent = await identities.silentMachines(clock.now() - SILENT_MS);
      const named = new Set(silent.map(({ branchId, counterId }) => `${branchId} ${counterId}`));
      for (const { host, counterId } of serving)
        if (named.has(`${host.branchId} ${counterId}`)) {
          const command = { type: 'MarkMachineSilent', counterId } as const;
          void host.handle({ command, commandId: randomUUID(), actor: 'system' });
        }
    } catch (error) {
      log.warn({ err: error }, 'it could not be read which machines are silent');
    }
  }
}

function servingMachines(state: BranchDay | undefined): readonly CounterId[] {
  if (state === undefined || state.closed) return [];
  return [...state.counters.values()].flatMap(({ id, status, fault }) =>
    status !== 'closed' && fault === undefined && state.index.counters.get(id)?.kind === 'device' ? [id] : [],
  );
}

function saysMore(machine: Counter | undefined, fault: boolean, cannot: readonly string[]): boolean {
  if (machine === undefined || (machine.fault === 'fault') !== fault || machine.fault === 'silent') return true;
  return cannot.length !== machine.cannot.length || cannot.some((service) => !machine.cannot.includes(service));
}
