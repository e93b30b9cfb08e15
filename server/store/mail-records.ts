import { type ColumnType, type Generated, type Kysely, type Migration, type Selectable, sql } from 'kysely';
import type { Mail, MailRecords, MailState, MailTrouble } from '../mail-ports.ts';
import type { Tables } from './tables.ts';

export interface MailTable {
  id: string;
  kept_at: Date;
  tries: Generated<number>;
  /** Until then somebody is trying it. */
  taken_until: Date | null;
  trouble: MailTrouble | null;
  ended_at: Date | null;
  /** Null once it has ended: then nothing of a person is left. */
  content: ColumnType<Content | null, string, null>;
}

/** All but the id; attachments as base64. */
interface Content extends Omit<Mail, 'id' | 'attachments'> {
  readonly attachments: readonly { readonly fileName: string; readonly type: string; readonly base64: string }[];
}

export const mailMigration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table app.mail (
        id text primary key,
        kept_at timestamptz not null,
        tries int not null default 0,
        taken_until timestamptz,
        trouble text,
        ended_at timestamptz,
        content jsonb
      )`.execute(db);
    await sql`create index mail_waiting on app.mail (kept_at) where ended_at is null`.execute(db);
  },
};

export function sqlMails(db: Kysely<Tables>): MailRecords {
  return {
    async add(mail, at) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('app.mail')
        .values({ id: mail.id, kept_at: new Date(at), content: JSON.stringify(contentOf(mail)) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async take(id, at, until) {
      const taken = await db
        .updateTable('app.mail')
        .set((eb) => ({ tries: eb('tries', '+', 1), taken_until: new Date(until) }))
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .where((eb) => eb.or([eb('taken_until', 'is', null), eb('taken_until', '<=', new Date(at))]))
        .returning(['content', 'kept_at', 'tries'])
        .executeTakeFirst();
      if (taken?.content)
        return { mail: mailOf(id, taken.content), since: taken.kept_at.getTime(), tries: taken.tries };
      const state = await this.stateOf(id);
      return state?.state === 'waiting' ? 'busy' : 'over';
    },

    async waits(id, trouble) {
      await db.updateTable('app.mail').set({ trouble, taken_until: null }).where('id', '=', id).execute();
    },

    async end(id, at, trouble) {
      const ended = { ended_at: new Date(at), trouble: trouble ?? null, taken_until: null, content: null };
      await db.updateTable('app.mail').set(ended).where('id', '=', id).execute();
    },

    async stateOf(id) {
      const row = await db.selectFrom('app.mail').selectAll().where('id', '=', id).executeTakeFirst();
      return row && stateOf(row);
    },

    async waiting() {
      const waiting = db.selectFrom('app.mail').select(['id', 'tries']).where('ended_at', 'is', null);
      return waiting.orderBy('kept_at').execute();
    },
  };
}

function stateOf({ kept_at, ended_at, trouble }: Selectable<MailTable>): MailState {
  if (ended_at === null) return { state: 'waiting', since: kept_at.getTime(), trouble: trouble ?? undefined };
  const at = ended_at.getTime();
  return trouble === null ? { state: 'sent', at } : { state: 'failed', at, trouble };
}

function contentOf({ id: _id, attachments = [], ...rest }: Mail): Content {
  return {
    ...rest,
    attachments: attachments.map(({ content, ...about }) => ({
      ...about,
      base64: Buffer.from(content).toString('base64'),
    })),
  };
}

function mailOf(id: string, { attachments, ...rest }: Content): Mail {
  const whole = attachments.map(({ base64, ...about }) => ({ ...about, content: Buffer.from(base64, 'base64') }));
  return { id, ...rest, attachments: whole };
}
