import { randomInt, randomUUID } from 'node:crypto';
import type { ActorId, BranchId, CounterId } from '../../domain/ids.ts';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { Clock, Device, DeviceState, Identities } from '../ports.ts';
import type { Caller, DeviceKind } from './caller.ts';
import type { Identity } from './identity.ts';
import { digestOf, randomKey, sameDigest } from './secrets.ts';
import type { Tokens } from './tokens.ts';

/** Time to walk from the device to the console. A device then shows a new code. */
const PAIRING_MS = 10 * 60_000;
/** No letter that looks like another one, none that is a vowel: no words. */
const LETTERS = 'BCDFGHJKLMNPQRTVWXZ346789';
const CODE_LENGTH = 6;
/** A device is trusted until it is revoked. */
const DEVICE_TOKEN_MS = 10 * 365 * 24 * 3_600_000;
/** A device that reports every half minute and has not for this long is not there. */
export const SILENT_MS = 90_000;

export interface StartedPairing {
  readonly pairingId: string;
  /** Stays in the device: with it, it asks whether it was confirmed. */
  readonly key: string;
  /** Shown on the device. */
  readonly code: string;
  readonly until: number;
}

export type PairingState =
  | { readonly state: 'waiting'; readonly until: number }
  | { readonly state: 'paired'; readonly token: string; readonly deviceId: string; readonly name: string }
  /** Too late, or never heard of: start again. */
  | { readonly state: 'gone' };

export interface ShownDevice extends Omit<Device, 'revokedAt' | 'revokedBy'> {
  readonly here: boolean;
}

export type PairingRefusal = { readonly reason: 'unknown-code' | 'counter-missing' | 'unknown-counter' };

export interface DevicesOptions {
  readonly identities: Identities;
  readonly identity: Identity;
  readonly tokens: Tokens;
  readonly clock: Clock;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  /** Told of what was revoked, and by whom. */
  readonly revoked: (branchId: BranchId, device: ActorId, by: ActorId) => Promise<void>;
}

/** Pairs devices with a branch, and knows how they are. */
export class Devices {
  constructor(private readonly options: DevicesOptions) {}

  /** For a device that nobody knows yet. It gets nothing but a code to show. */
  async start(branchId: BranchId, kind: DeviceKind): Promise<StartedPairing> {
    const { identities, clock } = this.options;
    const [id, key, until] = [randomUUID(), randomKey(), clock.now() + PAIRING_MS];
    for (;;) {
      const code = Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
      const pairing = { id, keyDigest: digestOf(key), branchId, kind, code, until };
      if (await identities.startPairing(pairing, clock.now())) return { pairingId: id, key, code, until };
    }
  }

  async ask(pairingId: string, key: string): Promise<PairingState> {
    const { identities, clock, tokens } = this.options;
    const pairing = await identities.pairing(pairingId);
    if (pairing === undefined || !sameDigest(digestOf(key), pairing.keyDigest)) return { state: 'gone' };
    const { deviceId, until } = pairing;
    if (deviceId === undefined) return clock.now() < until ? { state: 'waiting', until } : { state: 'gone' };
    const device = await identities.device(deviceId);
    if (device === undefined || device.revokedAt !== undefined) return { state: 'gone' };
    // The pairing stays until its time is over: an answer that is lost on the way is asked for again.
    const token = await tokens.issue(callerOf(device), clock.now() + DEVICE_TOKEN_MS);
    return { state: 'paired', token, deviceId, name: device.name };
  }

  /** What shows this code, before it is confirmed. */
  async find(branchId: BranchId, code: string): Promise<{ readonly kind: DeviceKind } | PairingRefusal> {
    const pairing = await this.#waiting(branchId, code);
    return pairing === undefined ? { reason: 'unknown-code' } : { kind: pairing.kind };
  }

  /** Confirms the device that shows the code. Machines, call pads and rating screens belong to a counter. */
  async confirm(
    caller: Caller,
    branchId: BranchId,
    what: { readonly code: string; readonly name: string; readonly counterId?: CounterId | undefined },
  ): Promise<ShownDevice | PairingRefusal> {
    const { identities, clock } = this.options;
    const pairing = await this.#waiting(branchId, what.code);
    if (pairing === undefined) return { reason: 'unknown-code' };
    const { kind } = pairing;
    const counterId = belongsToCounter(kind) ? what.counterId : undefined;
    if (belongsToCounter(kind)) {
      if (counterId === undefined) return { reason: 'counter-missing' };
      const counter = this.options.branches.get(branchId)?.config.counters.find(({ id }) => id === counterId);
      if (counter === undefined || (kind === 'device') !== (counter.kind === 'device'))
        return { reason: 'unknown-counter' };
    }
    const device: Device = {
      ...{ id: `${kind}-${randomUUID().slice(0, 8)}`, branchId, kind, name: what.name, counterId },
      ...{ pairedAt: clock.now(), pairedBy: caller.actor, state: {} },
    };
    if (!(await identities.addDevice(device, pairing.id))) return { reason: 'unknown-code' };
    return this.#shown(device);
  }

  async list(branchId: BranchId): Promise<readonly ShownDevice[]> {
    const devices = await this.options.identities.devices(branchId);
    return devices.map((device) => this.#shown(device));
  }

  /** @returns false when the branch has no such device */
  async revoke(caller: Caller, branchId: BranchId, deviceId: string): Promise<boolean> {
    const { identities, identity, clock } = this.options;
    const device = await identities.device(deviceId);
    if (device?.branchId !== branchId || device.revokedAt !== undefined) return false;
    await identities.revokeDevice(deviceId, clock.now(), caller.actor);
    identity.forget(deviceId);
    await this.options.revoked(branchId, `device:${deviceId}`, caller.actor);
    return true;
  }

  async report(deviceId: string, state: DeviceState): Promise<void> {
    await this.options.identities.noteDevice(deviceId, this.options.clock.now(), state);
  }

  async #waiting(branchId: BranchId, code: string) {
    const pairing = await this.options.identities.pairingOf(branchId, code.toUpperCase().replace(/[\s-]/g, ''));
    const open = pairing !== undefined && pairing.deviceId === undefined && this.options.clock.now() < pairing.until;
    return open ? pairing : undefined;
  }

  #shown({ revokedAt: _at, revokedBy: _by, ...device }: Device): ShownDevice {
    return { ...device, here: this.options.clock.now() - (device.seenAt ?? 0) < SILENT_MS };
  }
}

function belongsToCounter(kind: DeviceKind): boolean {
  return kind === 'device' || kind === 'call-pad' || kind === 'rating';
}

function callerOf({ id, branchId, kind, counterId }: Device): Caller {
  return { role: kind, branchId, actor: `device:${id}`, deviceId: counterId ?? id, grantId: id };
}
