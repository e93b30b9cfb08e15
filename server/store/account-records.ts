import { type Kysely, type Selectable, sql } from 'kysely';
import pg from 'pg';
import type { Identities, StaffAccount, StaffSession } from '../ports.ts';
import type { Tables } from './tables.ts';

type AccountRecords = Pick<
  Identities,
  | 'account'
  | 'accounts'
  | 'saveAccount'
  | 'removeDemoAccounts'
  | 'beginAttempt'
  | 'clearAttempts'
  | 'openSession'
  | 'session'
  | 'sessions'
  | 'touchSession'
  | 'endSession'
  | 'endedSince'
>;

/** Accounts of people and their sessions. */
export function sqlAccounts(db: Kysely<Tables>): AccountRecords {
  const liveSessions = () => db.selectFrom('app.staff_session').selectAll().where('ended_at', 'is', null);
  return {
    async account(staffId) {
      const row = await db
        .selectFrom('app.staff_account')
        .selectAll()
        .where('staff_id', '=', staffId)
        .executeTakeFirst();
      return row && toAccount(row);
    },

    async accounts() {
      const rows = await db.selectFrom('app.staff_account').selectAll().orderBy('staff_id').execute();
      return rows.map(toAccount);
    },

    async saveAccount({ staffId, name, grants, pinHash, passwordHash, link, disabled, demo }) {
      const what = {
        name,
        grants: JSON.stringify(grants),
        pin_hash: pinHash ?? null,
        password_hash: passwordHash ?? null,
        link: link === undefined ? null : JSON.stringify(link),
        disabled,
        demo,
      };
      await db
        .insertInto('app.staff_account')
        .values({ staff_id: staffId, ...what })
        .onConflict((conflict) => conflict.column('staff_id').doUpdateSet(what))
        .execute();
    },

    async removeDemoAccounts() {
      await db.deleteFrom('app.staff_account').where('demo', '=', true).execute();
    },

    async beginAttempt(staffId, at, lockMs) {
      const now = new Date(at);
      const lock = sql`${now}::timestamptz + interval '1 millisecond' * (${[...lockMs]}::float8[])`;
      // Of many at once each waits for the one before, and then looks at what that has left.
      const { rows } = await sql`
        insert into app.sign_in_attempt (staff_id, failures, locked_until) values (${staffId}, 1, ${lock}[1])
            on conflict (staff_id) do update
           set failures = sign_in_attempt.failures + 1,
               locked_until = ${lock}[least(sign_in_attempt.failures + 1, ${lockMs.length}::int)]
         where sign_in_attempt.locked_until <= ${now}
        returning staff_id`.execute(db);
      if (rows.length > 0) return undefined;
      const row = await db
        .selectFrom('app.sign_in_attempt')
        .select('locked_until')
        .where('staff_id', '=', staffId)
        .executeTakeFirst();
      return row?.locked_until.getTime() ?? at;
    },

    async clearAttempts(staffId) {
      await db.deleteFrom('app.sign_in_attempt').where('staff_id', '=', staffId).execute();
    },

    async openSession(session) {
      try {
        await db.insertInto('app.staff_session').values(toSessionRow(session)).execute();
        return true;
      } catch (error) {
        if (error instanceof pg.DatabaseError && error.constraint === 'staff_session_seat') return false;
        throw error;
      }
    },

    async session(id) {
      const row = await db.selectFrom('app.staff_session').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toSession(row);
    },

    async sessions(of) {
      const rows = await (
        'staffId' in of
          ? liveSessions().where('staff_id', '=', of.staffId)
          : liveSessions().where('branch_id', '=', of.branchId)
      )
        .orderBy('opened_at')
        .execute();
      return rows.map(toSession);
    },

    async touchSession(id, at) {
      await db
        .updateTable('app.staff_session')
        .set({ used_at: new Date(at) })
        .where('id', '=', id)
        .execute();
    },

    async endSession(id, at, by) {
      await db
        .updateTable('app.staff_session')
        .set({ ended_at: new Date(at), ended_by: by })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .execute();
    },

    async endedSince(at) {
      const { rows } = await sql<{ id: string }>`
        select id from app.staff_session where ended_at >= ${new Date(at)}
         union all
        select id from app.device where revoked_at >= ${new Date(at)}`.execute(db);
      return rows.map(({ id }) => id);
    },
  };
}

function toAccount(row: Selectable<Tables['app.staff_account']>): StaffAccount {
  return {
    staffId: row.staff_id,
    name: row.name,
    grants: row.grants,
    pinHash: row.pin_hash ?? undefined,
    passwordHash: row.password_hash ?? undefined,
    link: row.link ?? undefined,
    disabled: row.disabled,
    demo: row.demo,
  };
}

function toSessionRow(session: StaffSession) {
  return {
    id: session.id,
    staff_id: session.staffId,
    role: session.role,
    also: session.also,
    branch_id: session.branchId ?? null,
    counter_id: session.counterId ?? null,
    opened_at: new Date(session.openedAt),
    used_at: new Date(session.usedAt),
    expires_at: new Date(session.expiresAt),
    ended_at: null,
    ended_by: null,
  };
}

function toSession(row: Selectable<Tables['app.staff_session']>): StaffSession {
  return {
    id: row.id,
    staffId: row.staff_id,
    role: row.role,
    also: row.also,
    branchId: row.branch_id ?? undefined,
    counterId: row.counter_id ?? undefined,
    openedAt: row.opened_at.getTime(),
    usedAt: row.used_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    endedAt: row.ended_at?.getTime(),
    endedBy: row.ended_by ?? undefined,
  };
}
