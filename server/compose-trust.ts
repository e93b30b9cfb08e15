import { Router, type RequestHandler } from 'express';
import type { Store } from 'express-rate-limit';
import type { Logger } from 'pino';
import type { LoadedBranch } from '../config/branch.schema.ts';
import type { Env } from '../config/env.ts';
import type { BranchId } from '../domain/ids.ts';
import { noteAdministration } from './audit/administration.ts';
import { auditApi } from './audit/audit-api.ts';
import { keepAudit } from './audit/audit-keeper.ts';
import { Audit } from './audit/audit.ts';
import { csvDirectory } from './customers/csv-directory.ts';
import { customersApi } from './customers/customers-api.ts';
import { httpDirectory } from './customers/http-directory.ts';
import { Identification } from './customers/identification.ts';
import { pseudonymsOf, type Pseudonyms } from './customers/pseudonyms.ts';
import type { CaseRecords } from './case-ports.ts';
import type { Hosts } from './hosts.ts';
import { asker } from './identity/ask.ts';
import type { Verifier } from './identity/caller-of.ts';
import type { CustomerDirectory, PersonalData } from './customer-ports.ts';
import type { AuditStore, Clock, EventStore, Identities, Jobs, Records } from './ports.ts';
import { privacyApi } from './privacy/privacy-api.ts';
import { Privacy } from './privacy/privacy.ts';
import { retentionOf } from './privacy/retention.ts';

export interface TrustParts {
  readonly env: Env;
  readonly customers: Customers;
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly store: EventStore;
  readonly records: Records;
  readonly auditStore: AuditStore;
  readonly identities: Identities;
  readonly personalData: PersonalData;
  readonly cases: Pick<CaseRecords, 'erase'>;
  readonly hosts: Hosts;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly log: Logger;
}

interface Customers {
  readonly pseudonyms: Pseudonyms;
  readonly directory: CustomerDirectory | undefined;
}

export interface Trust {
  readonly audit: Audit;
  readonly api: (tools: {
    readonly tokens: Verifier;
    readonly readBody: RequestHandler;
    readonly countsOf?: ((limit: string) => Store) | undefined;
  }) => Router;
  /** After the days are open. */
  readonly start: () => Promise<void>;
  /** After the last command, before the database is closed. */
  readonly stop: () => Promise<void>;
}

/** Puts together what a bank's own inspectors ask for: the audit, who a customer is, and what is kept of them. */
export function composeTrust({ env, customers, auditStore, ...parts }: TrustParts): Trust {
  const { branches, jobs, log } = parts;
  const audit = new Audit({ ...parts, audit: auditStore });
  const keeper = keepAudit({ ...parts, audit, branchIds: [...branches.keys()] });
  const { pseudonyms } = customers;
  const identification = new Identification({ ...parts, ...customers });
  const retention = retentionOf(env.retention);
  const forget = (whom: readonly string[]) => identification.forget(whom);
  const privacy = new Privacy({ ...parts, pseudonyms, retention, forget });
  const [first] = branches.values();
  return {
    audit,
    api({ tokens, readBody, countsOf }) {
      const ask = asker({ tokens, branches });
      const router = Router();
      router.use(noteAdministration(audit, log));
      router.use(auditApi({ ...parts, audit, auditStore, ask }));
      router.use(customersApi({ identification, audit, ask, readBody, countsOf }));
      router.use(privacyApi({ privacy, ask, readBody }));
      return router;
    },
    start: () => privacy.keepErasing(jobs, first?.config.timeZone ?? 'UTC'),
    stop: () => keeper.stop(),
  };
}

/** How customers are known, and what is kept instead of their numbers. Throws when a file of theirs does not fit. */
export function openCustomers(env: Env): Customers {
  const pseudonyms = pseudonymsOf(env.customerKeys, env.dataFolder);
  if (env.directory !== undefined) return { pseudonyms, directory: httpDirectory(env.directory) };
  const { customersFile: file } = env;
  return { pseudonyms, directory: file === undefined ? undefined : csvDirectory(file, pseudonyms) };
}
