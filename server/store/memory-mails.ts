import type { Mail, MailRecords, MailState } from '../mail-ports.ts';

interface Kept {
  mail: Mail | undefined;
  readonly since: number;
  tries: number;
  takenUntil: number;
  state: MailState;
}

/** Mails in this process's memory, for tests: gone when the process is. */
export function memoryMails(): MailRecords {
  const mails = new Map<string, Kept>();
  return {
    add(mail, at) {
      if (mails.has(mail.id)) return Promise.resolve(false);
      const state: MailState = { state: 'waiting', since: at };
      mails.set(mail.id, { mail, since: at, tries: 0, takenUntil: -Infinity, state });
      return Promise.resolve(true);
    },
    take(id, at, until) {
      const kept = mails.get(id);
      if (kept?.mail === undefined) return Promise.resolve('over');
      if (kept.takenUntil > at) return Promise.resolve('busy');
      kept.tries += 1;
      kept.takenUntil = until;
      return Promise.resolve({ mail: kept.mail, since: kept.since, tries: kept.tries });
    },
    waits(id, trouble) {
      const kept = mails.get(id);
      if (kept !== undefined) {
        kept.takenUntil = -Infinity;
        kept.state = { state: 'waiting', since: kept.since, trouble };
      }
      return Promise.resolve();
    },
    end(id, at, trouble) {
      const kept = mails.get(id);
      if (kept !== undefined) {
        kept.mail = undefined;
        kept.state = trouble === undefined ? { state: 'sent', at } : { state: 'failed', at, trouble };
      }
      return Promise.resolve();
    },
    stateOf: (id) => Promise.resolve(mails.get(id)?.state),
    waiting: () =>
      Promise.resolve([...mails].flatMap(([id, { mail, tries }]) => (mail === undefined ? [] : [{ id, tries }]))),
  };
}
