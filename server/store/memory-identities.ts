import type { Device, Identities, Pairing, StaffAccount, StaffSession } from '../ports.ts';

/** Accounts, sessions and devices in this process's memory, for tests: gone when the process is. */
export function memoryIdentities(): Identities {
  const accounts = new Map<string, StaffAccount>();
  const attempts = new Map<string, { readonly failures: number; readonly lockedUntil: number }>();
  const sessions = new Map<string, StaffSession>();
  const pairings = new Map<string, Pairing>();
  const devices = new Map<string, Device>();
  const live = () => [...sessions.values()].filter(({ endedAt }) => endedAt === undefined);
  return {
    account: (staffId) => Promise.resolve(accounts.get(staffId)),
    accounts: () => Promise.resolve([...accounts.values()].sort(by(({ staffId }) => staffId))),
    saveAccount: (account) => done(accounts.set(account.staffId, account)),
    removeDemoAccounts() {
      for (const { staffId, demo } of accounts.values()) {
        if (!demo) continue;
        accounts.delete(staffId);
        for (const session of sessions.values()) if (session.staffId === staffId) sessions.delete(session.id);
      }
      return Promise.resolve();
    },
    beginAttempt(staffId, at, lockMs) {
      const { failures, lockedUntil } = attempts.get(staffId) ?? { failures: 0, lockedUntil: 0 };
      if (lockedUntil > at) return Promise.resolve(lockedUntil);
      const lock = lockMs[Math.min(failures, lockMs.length - 1)] ?? 0;
      attempts.set(staffId, { failures: failures + 1, lockedUntil: at + lock });
      return Promise.resolve(undefined);
    },
    clearAttempts: (staffId) => done(attempts.delete(staffId)),

    openSession(session) {
      const taken = live().some(
        ({ branchId, counterId }) =>
          counterId !== undefined && counterId === session.counterId && branchId === session.branchId,
      );
      if (!taken) sessions.set(session.id, session);
      return Promise.resolve(!taken);
    },
    session: (id) => Promise.resolve(sessions.get(id)),
    sessions(of) {
      const wanted = live().filter((session) =>
        'staffId' in of ? session.staffId === of.staffId : session.branchId === of.branchId,
      );
      return Promise.resolve(wanted.sort((a, b) => a.openedAt - b.openedAt));
    },
    touchSession: (id, usedAt) => done(change(sessions, id, { usedAt })),
    endSession(id, endedAt, endedBy) {
      if (sessions.get(id)?.endedAt === undefined) change(sessions, id, { endedAt, endedBy });
      return Promise.resolve();
    },

    endedSince(at) {
      const ended = [...sessions.values()].filter(({ endedAt }) => endedAt !== undefined && endedAt >= at);
      const revoked = [...devices.values()].filter(({ revokedAt }) => revokedAt !== undefined && revokedAt >= at);
      return Promise.resolve([...ended, ...revoked].map(({ id }) => id));
    },

    startPairing(pairing, now) {
      for (const { id, until } of pairings.values()) if (until <= now) pairings.delete(id);
      const taken = [...pairings.values()].some(
        ({ branchId, code }) => branchId === pairing.branchId && code === pairing.code,
      );
      if (!taken) pairings.set(pairing.id, pairing);
      return Promise.resolve(!taken);
    },
    pairing: (id) => Promise.resolve(pairings.get(id)),
    pairingOf: (branch, shown) =>
      Promise.resolve([...pairings.values()].find(({ branchId, code }) => branchId === branch && code === shown)),
    addDevice(device, pairingId) {
      const pairing = pairings.get(pairingId);
      if (pairing === undefined || pairing.deviceId !== undefined) return Promise.resolve(false);
      pairings.set(pairingId, { ...pairing, deviceId: device.id });
      devices.set(device.id, device);
      return Promise.resolve(true);
    },
    device: (id) => Promise.resolve(devices.get(id)),
    devices(branch) {
      const here = [...devices.values()].filter(
        ({ branchId, revokedAt }) => branchId === branch && revokedAt === undefined,
      );
      return Promise.resolve(here.sort(by(({ kind, name, id }) => `${kind} ${name} ${id}`)));
    },
    noteDevice: (id, seenAt, state) => done(change(devices, id, { seenAt, state })),
    silentMachines(since) {
      const seen = new Map<string, { branchId: string; counterId: string; at: number }>();
      for (const { kind, branchId, counterId, seenAt, revokedAt } of devices.values()) {
        if (kind !== 'device' || counterId === undefined || seenAt === undefined || revokedAt !== undefined) continue;
        const key = `${branchId} ${counterId}`;
        seen.set(key, { branchId, counterId, at: Math.max(seenAt, seen.get(key)?.at ?? 0) });
      }
      const silent = [...seen.values()].filter(({ at }) => at < since);
      return Promise.resolve(silent.map(({ branchId, counterId }) => ({ branchId, counterId })));
    },
    revokeDevice(id, revokedAt, revokedBy) {
      if (devices.get(id)?.revokedAt === undefined) change(devices, id, { revokedAt, revokedBy });
      return Promise.resolve();
    },
  };
}

function change<T>(all: Map<string, T>, id: string, what: Partial<T>): void {
  const one = all.get(id);
  if (one !== undefined) all.set(id, { ...one, ...what });
}

function done(_result: unknown): Promise<void> {
  return Promise.resolve();
}

function by<T>(key: (one: T) => string): (a: T, b: T) => number {
  return (a, b) => (key(a) < key(b) ? -1 : 1);
}
