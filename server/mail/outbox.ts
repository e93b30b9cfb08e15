import type { Logger } from 'pino';
import { z } from 'zod';
import type { Instant } from '../../domain/ids.ts';
import type { Mail, MailCarrier, Mailer, MailRecords, MailState } from '../mail-ports.ts';
import type { Clock, Jobs } from '../ports.ts';

const JOB = 'send-mail';
const SWEEP = 'plan-mails';
/** A few minutes past the hour, when reports are made. */
const HOURLY = '7 * * * *';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Whoever is at a mail for longer has died over it: more than all the patience of one try. */
const AT_IT_MS = 2 * MINUTE;
/** What is not there after a day is not worth sending any more. */
const GIVE_UP_MS = 24 * HOUR;

const jobSchema = z.object({ id: z.string() });

export interface OutboxOptions {
  readonly records: MailRecords;
  readonly carrier: MailCarrier;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Keeps each mail until it is handed over. A mail that the other side took over just before this process died is handed over
 * once more, under the same Message-ID; otherwise each is sent once. A job holds the id, never the address or the contents.
 */
export class Outbox implements Mailer {
  constructor(private readonly options: OutboxOptions) {
    const { jobs } = options;
    jobs.handle(JOB, (data) => this.#try(jobSchema.parse(data).id));
    jobs.handle(SWEEP, () => this.#planAll());
  }

  async send(mail: Mail): Promise<void> {
    const { records, clock } = this.options;
    const now = clock.now();
    if (await records.add(mail, now)) await this.#plan(mail.id, 0, now);
  }

  stateOf(id: string): Promise<MailState | undefined> {
    return this.options.records.stateOf(id);
  }

  /** Also plans what was kept and not planned, or whose plan was lost. */
  async start(): Promise<void> {
    await this.options.jobs.every(SWEEP, 'hourly', HOURLY, 'UTC', {});
    await this.#planAll();
  }

  async #planAll(): Promise<void> {
    const { records, clock } = this.options;
    for (const { id, tries } of await records.waiting()) await this.#plan(id, tries, clock.now());
  }

  /** One that is planned already stays as it is. */
  async #plan(id: string, tries: number, at: Instant): Promise<void> {
    await this.options.jobs.once(JOB, `${id} ${tries}`, at, { id });
  }

  async #try(id: string): Promise<void> {
    const { records, carrier, clock, log } = this.options;
    const began = clock.now();
    const taken = await records.take(id, began, began + AT_IT_MS);
    if (taken === 'over') return;
    // It is looked at again: if that one dies, this one goes on.
    if (taken === 'busy') throw new Error('somebody is sending this mail');
    const { mail, since, tries } = taken;
    const trouble = await carrier.carry(mail);
    const now = clock.now();
    if (trouble === undefined) return records.end(id, now);
    const next = now + Math.min(2 ** (tries - 1) * MINUTE, HOUR);
    if (trouble === 'refused' || next - since > GIVE_UP_MS) {
      log.warn({ mail: id, trouble, tries }, 'a mail was given up');
      return records.end(id, now, trouble);
    }
    await records.waits(id, trouble);
    await this.#plan(id, tries, next);
  }
}
