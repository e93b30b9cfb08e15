import type { Kysely, Selectable } from 'kysely';
import pg from 'pg';
import type { Device, Identities, Pairing } from '../ports.ts';
import type { Tables } from './tables.ts';

type DeviceRecords = Pick<
  Identities,
  | 'startPairing'
  | 'pairing'
  | 'pairingOf'
  | 'addDevice'
  | 'device'
  | 'devices'
  | 'noteDevice'
  | 'silentMachines'
  | 'revokeDevice'
>;

/** Devices that were paired, and those that wait for it. */
export function sqlDevices(db: Kysely<Tables>): DeviceRecords {
  const pairings = () => db.selectFrom('app.device_pairing').selectAll();
  return {
    async startPairing({ id, keyDigest, branchId, kind, code, until }, now) {
      await db.deleteFrom('app.device_pairing').where('until', '<=', new Date(now)).execute();
      try {
        await db
          .insertInto('app.device_pairing')
          .values({
            id,
            key_digest: keyDigest,
            branch_id: branchId,
            kind,
            code,
            until: new Date(until),
            device_id: null,
          })
          .execute();
        return true;
      } catch (error) {
        if (error instanceof pg.DatabaseError && error.constraint === 'device_pairing_code') return false;
        throw error;
      }
    },

    async pairing(id) {
      const row = await pairings().where('id', '=', id).executeTakeFirst();
      return row && toPairing(row);
    },

    async pairingOf(branchId, code) {
      const row = await pairings().where('branch_id', '=', branchId).where('code', '=', code).executeTakeFirst();
      return row && toPairing(row);
    },

    addDevice(device, pairingId) {
      return db.transaction().execute(async (within) => {
        const free = await within
          .selectFrom('app.device_pairing')
          .select('id')
          .where('id', '=', pairingId)
          .where('device_id', 'is', null)
          .forUpdate()
          .executeTakeFirst();
        if (free === undefined) return false;
        await within.insertInto('app.device').values(toDeviceRow(device)).execute();
        await within
          .updateTable('app.device_pairing')
          .set({ device_id: device.id })
          .where('id', '=', pairingId)
          .execute();
        return true;
      });
    },

    async device(id) {
      const row = await db.selectFrom('app.device').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toDevice(row);
    },

    async devices(branchId) {
      const rows = await db
        .selectFrom('app.device')
        .selectAll()
        .where('branch_id', '=', branchId)
        .where('revoked_at', 'is', null)
        .orderBy('kind')
        .orderBy('name')
        .orderBy('id')
        .execute();
      return rows.map(toDevice);
    },

    async noteDevice(id, at, state) {
      await db
        .updateTable('app.device')
        .set({ seen_at: new Date(at), state: JSON.stringify(state) })
        .where('id', '=', id)
        .execute();
    },

    async silentMachines(since) {
      const rows = await db
        .selectFrom('app.device')
        .select(['branch_id', 'counter_id'])
        .where('kind', '=', 'device')
        .where('revoked_at', 'is', null)
        .where('counter_id', 'is not', null)
        .groupBy(['branch_id', 'counter_id'])
        // One that was replaced and not revoked says nothing of the one in its place.
        .having((with_) => with_.fn.max('seen_at'), '<', new Date(since))
        .execute();
      return rows.flatMap(({ branch_id, counter_id }) =>
        counter_id === null ? [] : [{ branchId: branch_id, counterId: counter_id }],
      );
    },

    async revokeDevice(id, at, by) {
      await db
        .updateTable('app.device')
        .set({ revoked_at: new Date(at), revoked_by: by })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .execute();
    },
  };
}

function toPairing(row: Selectable<Tables['app.device_pairing']>): Pairing {
  return {
    id: row.id,
    keyDigest: row.key_digest,
    branchId: row.branch_id,
    kind: row.kind,
    code: row.code,
    until: row.until.getTime(),
    deviceId: row.device_id ?? undefined,
  };
}

function toDeviceRow(device: Device) {
  return {
    id: device.id,
    branch_id: device.branchId,
    kind: device.kind,
    name: device.name,
    counter_id: device.counterId ?? null,
    paired_at: new Date(device.pairedAt),
    paired_by: device.pairedBy,
    revoked_at: null,
    revoked_by: null,
    seen_at: null,
    state: JSON.stringify(device.state),
  };
}

function toDevice(row: Selectable<Tables['app.device']>): Device {
  return {
    id: row.id,
    branchId: row.branch_id,
    kind: row.kind,
    name: row.name,
    counterId: row.counter_id ?? undefined,
    pairedAt: row.paired_at.getTime(),
    pairedBy: row.paired_by,
    revokedAt: row.revoked_at?.getTime(),
    revokedBy: row.revoked_by ?? undefined,
    seenAt: row.seen_at?.getTime(),
    state: row.state,
  };
}
