import type { Logger } from 'pino';
import type { CaseNumber } from '../../domain/cases/case.ts';
import type { CaseRecords } from '../case-ports.ts';
import type { Pseudonyms } from '../customers/pseudonyms.ts';
import { PERSONAL_CLASSES, type Identifier, type PersonalData, type PersonalRecord } from '../customer-ports.ts';
import { type Clock, type Jobs } from '../ports.ts';
import type { Retention } from './retention.ts';

const JOB = 'erase-old-personal-data';
const NIGHT = '30 3 * * *';
const DAY_MS = 24 * 3_600_000;

export interface PrivacyOptions {
  readonly personalData: PersonalData;
  readonly cases: Pick<CaseRecords, 'erase'>;
  readonly pseudonyms: Pseudonyms;
  readonly retention: Retention;
  /** Whoever else remembers somebody. */
  readonly forget: (pseudonyms: readonly string[]) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What is kept of a person: shown to them, erased when they ask, and by itself when its time is over. */
export class Privacy {
  constructor(private readonly options: PrivacyOptions) {}

  get retention(): Retention {
    return this.options.retention;
  }

  /** @param identifiers all that the person goes by */
  export(identifiers: readonly Identifier[]): Promise<PersonalRecord> {
    return this.options.personalData.of(this.#pseudonymsOf(identifiers));
  }

  /** @returns how many rows are gone. Tickets stay, as numbers that lead to nobody: the day's figures do not change. */
  erase(identifiers: readonly Identifier[]): Promise<number> {
    const pseudonyms = this.#pseudonymsOf(identifiers);
    this.options.forget(pseudonyms);
    return this.options.personalData.erase(pseudonyms);
  }

  /** What was written in one complaint. @returns how many rows are gone */
  eraseCase(number: CaseNumber): Promise<number> {
    return this.options.cases.erase(number);
  }

  async eraseOld(): Promise<void> {
    const { personalData, retention, clock, log } = this.options;
    for (const kind of PERSONAL_CLASSES) {
      const rows = await personalData.eraseBefore(kind, clock.now() - retention[kind] * DAY_MS);
      if (rows > 0) log.info({ kind, rows, days: retention[kind] }, 'personal data was erased: its time is over');
    }
  }

  /** Each night, and at once: a machine that is off at night must not keep things for ever. */
  async keepErasing(jobs: Jobs, timeZone: string): Promise<void> {
    jobs.handle(JOB, () => this.eraseOld());
    await jobs.every(JOB, 'nightly', NIGHT, timeZone, {});
    await this.eraseOld();
  }

  #pseudonymsOf(identifiers: readonly Identifier[]): readonly string[] {
    return identifiers.flatMap((identifier) => this.options.pseudonyms.all(identifier));
  }
}
