import { randomUUID } from 'node:crypto';
import { parse as parseAddress } from 'node:querystring';
import type { Logger } from 'pino';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { BranchId, StaffId } from '../../domain/ids.ts';
import { periodQuerySchema, type PeriodQuery, type PeriodReport } from '../../protocol/period-report.ts';
import type {
  LastSending,
  ShownSubscription,
  StoppedBecause,
  SubscriptionRefusal,
  Subscriptions as Shown,
  SubscriptionWish,
} from '../../protocol/report-subscriptions.ts';
import { MOST_SUBSCRIPTIONS } from '../../protocol/subscription-lists.ts';
import { businessDayAt } from '../business-day.ts';
import { parse } from '../door.ts';
import { periodText, placeText } from '../exports/names.ts';
import { reportFile } from '../exports/report-file.ts';
import { MAIL } from '../exports/words.ts';
import type { Caller } from '../identity/caller.ts';
import { may, reaches } from '../identity/permissions.ts';
import { consoleCaller } from '../identity/sign-in.ts';
import type { Mailer } from '../mail-ports.ts';
import type { Clock, Identities, Jobs } from '../ports.ts';
import { queryOf } from '../reports/period-api.ts';
import { reportNamesOf } from '../reports/report-names.ts';
import type { Reports } from '../reports/reports.ts';
import type { Subscription, SubscriptionRecords } from '../subscription-ports.ts';
import { daysBefore, occasionsAround, type Occasion } from './occasions.ts';

const JOB = 'send-reports';
/** Also where the clocks differ by a quarter of an hour. */
const EACH_QUARTER = '*/15 * * * *';
const MINUTE = 60_000;

export interface SubscriptionsParts {
  readonly records: SubscriptionRecords;
  readonly identities: Pick<Identities, 'account'>;
  readonly reports: Pick<Reports, 'report'>;
  /** Absent where no mail is configured. */
  readonly mailer: Mailer | undefined;
  /** The only ones that reports are mailed to. */
  readonly domains: readonly string[];
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly log: Logger;
}

/** Whose, and on the clock of which branch. */
export interface Owner {
  readonly staffId: StaffId;
  readonly branchId: BranchId;
}

type Refused = { readonly reason: SubscriptionRefusal };

/**
 * Reports that come by mail. What somebody may see is asked of their account each time: whoever may not any more gets nothing.
 * A mail is named by the subscription and the day, so that of several processes, and after a restart, it is sent once.
 */
export class ReportSubscriptions {
  constructor(private readonly parts: SubscriptionsParts) {
    parts.jobs.handle(JOB, () => this.sendDue());
  }

  /** Also at once: what fell due while nothing ran is sent. */
  async start(): Promise<void> {
    if (this.parts.mailer === undefined) return;
    await this.parts.jobs.every(JOB, 'all', EACH_QUARTER, 'UTC', {});
    await this.parts.jobs.once(JOB, `start ${this.parts.clock.now()}`, this.parts.clock.now(), {});
  }

  async list({ staffId, branchId }: Owner): Promise<Shown> {
    const { records, mailer, domains } = this.parts;
    const own = await records.of(staffId, branchId);
    const today = businessDayAt(this.parts.clock.now(), this.#zoneOf(branchId)).day;
    return {
      ...(mailer !== undefined && { domains }),
      subscriptions: await Promise.all(own.map((one) => this.#shown(one))),
      periods: {
        yesterday: daysBefore('yesterday', today),
        'last-week': daysBefore('last-week', today),
        'last-month': daysBefore('last-month', today),
        'last-quarter': daysBefore('last-quarter', today),
      },
    };
  }

  async add(owner: Owner, wish: SubscriptionWish): Promise<ShownSubscription | Refused> {
    const { records, clock } = this.parts;
    const no = await this.#whyNot(owner, wish);
    if (no !== undefined) return { reason: no };
    if ((await records.of(owner.staffId, owner.branchId)).length >= MOST_SUBSCRIPTIONS) return { reason: 'too-many' };
    const now = clock.now();
    const subscription: Subscription = { ...wish, ...owner, id: randomUUID(), madeAt: now, changedAt: now };
    await records.save(subscription);
    return this.#shown(subscription);
  }

  /** Whoever changes it, or goes on with it, gets what falls due from now on. */
  async change(owner: Owner, id: string, wish: SubscriptionWish): Promise<ShownSubscription | Refused> {
    const before = await this.#own(owner, id);
    if (before === undefined) return { reason: 'unknown' };
    const no = wish.paused ? undefined : await this.#whyNot(owner, wish);
    if (no !== undefined) return { reason: no };
    const { stopped: _over, ...rest } = before;
    const after: Subscription = { ...rest, ...wish, day: wish.day, changedAt: this.parts.clock.now() };
    await this.parts.records.save(after);
    return this.#shown(after);
  }

  async remove(owner: Owner, id: string): Promise<boolean> {
    if ((await this.#own(owner, id)) === undefined) return false;
    await this.parts.records.remove(id);
    return true;
  }

  /** The report as it would come next; twice in a minute is once. */
  async sendNow(owner: Owner, id: string): Promise<ShownSubscription | Refused> {
    const subscription = await this.#own(owner, id);
    if (subscription === undefined) return { reason: 'unknown' };
    const now = this.parts.clock.now();
    const { day } = businessDayAt(now, this.#zoneOf(owner.branchId));
    const no =
      (await this.#whyNot(owner, subscription)) ??
      (await this.#send(subscription, `${id} now ${Math.floor(now / MINUTE)}`, day));
    if (no === 'no-account' || no === 'no-right') await this.#stop(subscription, no);
    const after = await this.#own(owner, id);
    return no === undefined && after !== undefined ? this.#shown(after) : { reason: no ?? 'unknown' };
  }

  /** What has fallen due since it was made or changed, and was not sent. */
  async sendDue(): Promise<void> {
    const { records, clock, log, mailer } = this.parts;
    if (mailer === undefined) return;
    for (const subscription of await records.active()) {
      const { id, branchId, changedAt, doneDay = '' } = subscription;
      const { last } = occasionsAround(clock.now(), subscription, this.#zoneOf(branchId));
      if (last.at < changedAt || last.day <= doneDay) continue;
      await this.#sendOne(subscription, last).catch(async (error: unknown) => {
        log.error({ err: error, subscription: id }, 'a report that is mailed could not be made; it is tried again');
        await records.note(id, { failedAt: clock.now() });
      });
    }
  }

  async #sendOne(subscription: Subscription, { day }: Occasion): Promise<void> {
    const { id } = subscription;
    const no = await this.#send(subscription, `${id} ${day}`, day);
    if (no === undefined) return this.parts.records.note(id, { doneDay: day });
    if (no === 'no-account' || no === 'no-right') return this.#stop(subscription, no);
    throw new Error(`there is no report: ${no}`);
  }

  /** Nothing more is sent until its owner looks at it. */
  async #stop({ id }: Subscription, stopped: StoppedBecause): Promise<void> {
    this.parts.log.info({ subscription: id, stopped }, 'a report is no longer mailed: its owner may not see it');
    await this.parts.records.note(id, { stopped, changedAt: this.parts.clock.now() });
  }

  async #send(subscription: Subscription, occasion: string, day: string): Promise<SubscriptionRefusal | undefined> {
    const { mailer, records, branches, clock } = this.parts;
    if (mailer === undefined) return 'no-mail';
    const answer = await this.#report(subscription, day);
    if ('reason' in answer) return answer.reason;
    const { id, language, format, address: to } = subscription;
    const { report } = answer;
    const configs = report.branches.flatMap(({ branchId }) => branches.get(branchId)?.config ?? []);
    const exported = { report, language, names: reportNamesOf(configs, clock.now()) };
    const [where, when] = [placeText(exported), periodText(report.query)];
    const { subject, text } = MAIL[language];
    const mail = `report ${occasion}`;
    await mailer.send({
      ...{ id: mail, to, subject: subject(where, when), text: text(where, when).join('\n') },
      attachments: [await reportFile(format, exported)],
    });
    await records.note(id, { lastMail: mail, failedAt: undefined });
    return undefined;
  }

  /** As its owner would see it now. */
  async #report(subscription: Subscription, day: string): Promise<{ readonly report: PeriodReport } | Refused> {
    const asked = await this.#asked(subscription, subscription, day);
    if ('reason' in asked) return asked;
    const answer = await this.parts.reports.report(asked.query, asked.caller);
    return answer.ok ? answer : { reason: 'no-report' };
  }

  /** What would be asked, and as whom. */
  async #asked(
    owner: Owner,
    { query, period }: Pick<SubscriptionWish, 'query' | 'period'>,
    day: string,
  ): Promise<{ readonly query: PeriodQuery; readonly caller: Caller } | Refused> {
    const caller = await this.#callerOf(owner);
    if (typeof caller === 'string') return { reason: caller };
    const parsed = parse(periodQuerySchema, {
      ...queryOf({ query: parseAddress(query) }),
      ...daysBefore(period, day),
    });
    if (!parsed.ok) return { reason: 'no-report' };
    const foreign = parsed.value.branches.some((branchId) => !reaches(caller, branchId));
    return foreign ? { reason: 'no-right' } : { query: parsed.value, caller };
  }

  /** The person as if they had signed in now, at the console of the branch. */
  async #callerOf({ staffId, branchId }: Owner): Promise<Caller | StoppedBecause> {
    const account = await this.parts.identities.account(staffId);
    if (account === undefined || account.disabled) return 'no-account';
    const caller = consoleCaller(account, branchId);
    return caller !== undefined && may(caller, 'mail-reports') ? caller : 'no-right';
  }

  async #whyNot(owner: Owner, wish: SubscriptionWish): Promise<SubscriptionRefusal | undefined> {
    if (this.parts.mailer === undefined) return 'no-mail';
    if (!this.parts.domains.includes(wish.address.replace(/^.*@/, '').toLowerCase())) return 'foreign-address';
    const today = businessDayAt(this.parts.clock.now(), this.#zoneOf(owner.branchId)).day;
    const asked = await this.#asked(owner, wish, today);
    return 'reason' in asked ? asked.reason : undefined;
  }

  async #own({ staffId, branchId }: Owner, id: string): Promise<Subscription | undefined> {
    return (await this.parts.records.of(staffId, branchId)).find((one) => one.id === id);
  }

  async #shown(subscription: Subscription): Promise<ShownSubscription> {
    const { staffId: _whose, branchId, madeAt: _made, changedAt, doneDay, lastMail, failedAt, ...shown } = subscription;
    const { last, next } = occasionsAround(this.parts.clock.now(), shown, this.#zoneOf(branchId));
    const waits = last.at >= changedAt && last.day > (doneDay ?? '');
    return {
      ...shown,
      ...(!shown.paused && { next: waits ? last.at : next.at }),
      last:
        failedAt === undefined ? await this.#lastOf(lastMail) : { at: failedAt, state: 'failed', trouble: 'report' },
    };
  }

  async #lastOf(mail: string | undefined): Promise<LastSending | undefined> {
    const state = mail === undefined ? undefined : await this.parts.mailer?.stateOf(mail);
    if (state === undefined) return undefined;
    const { state: how } = state;
    return {
      state: how,
      at: how === 'waiting' ? state.since : state.at,
      ...('trouble' in state && { trouble: state.trouble }),
    };
  }

  #zoneOf(branchId: BranchId): string {
    return this.parts.branches.get(branchId)?.config.timeZone ?? 'UTC';
  }
}
