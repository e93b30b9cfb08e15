import { PERSONAL_CLASSES, type PersonalClass } from '../customer-ports.ts';

/** How many days each kind of personal data is kept. */
export type Retention = Readonly<Record<PersonalClass, number>>;

/** The shortest that a hall can work with. */
const DEFAULT: Retention = {
  /** Whose ticket it was: for a complaint about the visit. */
  'customer-tickets': 30,
  /** Since the person last said so. */
  consents: 730,
  /** Where a phone is told of its ticket: gone with the ticket, and at the latest after this. */
  notices: 1,
  /** What somebody wrote to the bank, since they did: for questions and disputes about it. */
  feedback: 1_095,
  /** What reports are made from: numbers of tickets and of tellers, of three years to compare. */
  'day-facts': 1_095,
  /** That there was a mail; its address and contents go when it is sent or given up. */
  mails: 30,
  /** Of staff: where a report was mailed, after they may not see it any more. */
  subscriptions: 90,
  /** What was written in a complaint, since it was closed. */
  complaints: 1_095,
  /** Of staff: who was signed in where, after it ended. */
  sessions: 180,
};

/** @param given `consents=365,sessions=90`: what is to be different. Checked by the environment's schema. */
export function retentionOf(given: string | undefined): Retention {
  const own = new Map((given ?? '').split(',').map((entry) => entry.split('=') as [string, string]));
  const days = PERSONAL_CLASSES.map((kind) => [kind, Number(own.get(kind) ?? DEFAULT[kind])]);
  return Object.fromEntries(days) as Retention;
}
