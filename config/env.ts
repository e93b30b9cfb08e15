import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Everything that the environment may say, read once at the start. No other file looks at `process.env`. */

const text = z.string().trim();
/** People who do not exist, so that a card can be shown in a demo. */
const DEMO_CUSTOMERS = 'config/demo-customers.csv';
/** An empty variable counts as absent, as shells and container files write them. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];
const network = z.union([z.enum(NAMED_NETWORKS), z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** `1` and the like: how many proxies stand one behind the other. Else addresses and networks, with commas between them. */
function readProxies(value: string, context: z.RefinementCtx): number | readonly string[] {
  if (/^[1-9]$/.test(value)) return Number(value);
  const names = value.split(',').map((name) => name.trim());
  if (names.every((name) => network.safeParse(name).success)) return names;
  context.addIssue(
    `must be the number of proxies, or their addresses: 10.0.0.0/8, 192.168.1.5, ${NAMED_NETWORKS.join(', ')}`,
  );
  return z.NEVER;
}

/** `https://queue.bank.example`, without a path: what stands in front of `/t/…` on paper. */
const origin = z
  .url({ protocol: /^https?$/, error: 'must begin with https:// or http://' })
  .refine((value) => new URL(value).origin === value.replace(/\/$/, ''), 'must be an origin, without a path')
  .transform((value) => new URL(value).origin);
/** Names of hosts, `*.name` for all below one; a whole http origin only on this machine, for trials. */
const PUSH_HOSTS = 'fcm.googleapis.com,*.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com';
/** A mailbox by itself, or behind a name: `Harbour Bank <queue@bank.example>`. */
const SENDER = /^(?:[^<>@\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;
const pushHost = /^(?:(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+|http:\/\/(?:127\.0\.0\.1|localhost):\d{1,5})$/;

const schema = z
  .object({
    HOST: text.min(1).default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(4600),
    LOBBYFLOW_DATA: text.min(1).default('./data'),
    LOBBYFLOW_CONTENT: text.min(1).default('config/content'),
    LOBBYFLOW_BRANCHES: text.min(1).default('config/branches'),
    DATABASE_URL: optional(text.regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')),
    REDIS_URL: optional(text.regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')),
    TRUST_PROXY: optional(text.transform(readProxies)),
    LOBBYFLOW_ACCESS_CODE: optional(text.min(8, 'needs at least 8 characters')),
    LOBBYFLOW_SECRET: optional(text.min(32, 'needs at least 32 characters')),
    LOBBYFLOW_METRICS_TOKEN: optional(text.min(16, 'needs at least 16 characters')),
    LOBBYFLOW_BACKUPS: optional(text),
    LOBBYFLOW_BACKUPS_KEPT: z.coerce.number().int().min(1).max(1_000).default(14),
    LOBBYFLOW_SSO: optional(text.min(1)),
    LOBBYFLOW_SSO_SECRET: optional(text.min(1)),
    LOBBYFLOW_COMPLAINTS: optional(text.min(1)),
    LOBBYFLOW_IDLE_MINUTES: z.coerce.number().int().min(1).max(720).default(120),
    LOBBYFLOW_CUSTOMER_KEYS: optional(
      text.regex(/^[\w-]+:[^,:]{32,}(?:,[\w-]+:[^,:]{32,})*$/, 'must be k2:…,k1:… with keys of at least 32 characters'),
    ),
    LOBBYFLOW_DIRECTORY_URL: optional(z.url({ protocol: /^https?$/, error: 'must begin with https:// or http://' })),
    LOBBYFLOW_DIRECTORY_TOKEN: optional(text.min(1)),
    LOBBYFLOW_CUSTOMERS_FILE: optional(text.min(1)),
    LOBBYFLOW_RETENTION: optional(
      text.regex(
        /^(?:customer-tickets|consents|notices|feedback|complaints|mails|subscriptions|sessions)=\d{1,5}(?:,(?:customer-tickets|consents|notices|feedback|complaints|mails|subscriptions|sessions)=\d{1,5})*$/,
        'must be kinds with days, like customer-tickets=30,consents=365,sessions=90',
      ),
    ),
    LOBBYFLOW_PUBLIC_URL: optional(origin),
    LOBBYFLOW_PUSH_CONTACT: optional(
      text.regex(
        /^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/,
        'must be mailto:somebody@bank.example or an https:// address',
      ),
    ),
    LOBBYFLOW_PUSH_KEYS: optional(
      text.regex(
        /^[\w-]{86,88}:[\w-]{42,44}$/,
        'must be public:private, as `npx web-push generate-vapid-keys` makes them',
      ),
    ),
    LOBBYFLOW_PUSH_HOSTS: text
      .default(PUSH_HOSTS)
      .transform((value) => value.split(',').map((host) => host.trim().toLowerCase()))
      .refine(
        (hosts) => hosts.every((host) => pushHost.test(host)),
        'must be names of hosts, with commas between them',
      ),
    LOBBYFLOW_SMTP_URL: optional(
      text
        .refine(
          (value) => /^smtps?:$/.test(urlOf(value)?.protocol ?? ''),
          'must begin with smtp:// or smtps://, like smtp://lobbyflow@mail.bank.example:587',
        )
        .refine((value) => !urlOf(value)?.password, 'must not hold the password: that is LOBBYFLOW_SMTP_PASSWORD'),
    ),
    LOBBYFLOW_SMTP_PASSWORD: optional(text.min(1)),
    LOBBYFLOW_MAIL_FROM: optional(text.regex(SENDER, 'must be queue@bank.example, or Name <queue@bank.example>')),
    LOBBYFLOW_MAIL_DOMAINS: optional(
      text
        .transform((value) => value.split(',').map((domain) => domain.trim().toLowerCase()))
        .refine(
          (domains) => domains.every((domain) => DOMAIN.test(domain)),
          'must be domains, with commas between them',
        ),
    ),
    TLS_CERT_FILE: optional(text.min(1)),
    TLS_KEY_FILE: optional(text.min(1)),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    LOBBYFLOW_DEMO: z
      .enum(['0', '1', 'false', 'true', ''])
      .default('0')
      .transform((value) => value === '1' || value === 'true'),
  })
  .refine((env) => (env.TLS_CERT_FILE === undefined) === (env.TLS_KEY_FILE === undefined), {
    path: ['TLS_KEY_FILE'],
    message: 'goes with TLS_CERT_FILE: set both, or neither',
  })
  .refine((env) => (env.LOBBYFLOW_SMTP_URL === undefined) === (env.LOBBYFLOW_MAIL_FROM === undefined), {
    path: ['LOBBYFLOW_MAIL_FROM'],
    message: 'goes with LOBBYFLOW_SMTP_URL: set both, or neither',
  })
  .refine((env) => env.LOBBYFLOW_SMTP_PASSWORD === undefined || !!urlOf(env.LOBBYFLOW_SMTP_URL)?.username, {
    path: ['LOBBYFLOW_SMTP_PASSWORD'],
    message: 'goes with a name in LOBBYFLOW_SMTP_URL: smtp://name@mail.bank.example',
  })
  .refine((env) => env.LOBBYFLOW_DIRECTORY_URL === undefined || env.LOBBYFLOW_CUSTOMERS_FILE === undefined, {
    path: ['LOBBYFLOW_CUSTOMERS_FILE'],
    message: 'there is one directory of customers: set this or LOBBYFLOW_DIRECTORY_URL',
  })
  .refine((env) => isLoopback(env.HOST) || env.LOBBYFLOW_ACCESS_CODE !== undefined, {
    path: ['LOBBYFLOW_ACCESS_CODE'],
    message: 'must be set when HOST is not this machine alone: without it anybody in the network could sign in',
    // Also when other variables are wrong: all errors at once.
    when: ({ value }) =>
      typeof value === 'object' && value !== null && 'HOST' in value && typeof value.HOST === 'string',
  });

/** The names of all variables that are read. */
export const ENV_NAMES: readonly string[] = Object.keys(schema.shape);

export interface Env {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly dataFolder: string;
  readonly branchesFolder: string;
  /** What the displays show and speak: `playlist/` and `voice/` in it. */
  readonly contentFolder: string;
  /** PostgreSQL instead of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** What several server processes on one PostgreSQL tell each other goes through this Redis. */
  readonly redisUrl?: string | undefined;
  /** The proxies in front of the server, whose word about the caller's address counts: how many, or their addresses. */
  readonly trustProxy?: number | readonly string[] | undefined;
  /** What a screen must know to get a session. Without it only this machine gets one. */
  readonly accessCode?: string | undefined;
  /** Signs the tokens. Without it one is made and kept in the data folder. */
  readonly secret?: string | undefined;
  /** With it /metrics is read also from other machines, as `Authorization: Bearer`. */
  readonly metricsToken?: string | undefined;
  /** Where a backup of the embedded database is put each night, and how many of them are kept. */
  readonly backups?: { readonly folder: string; readonly kept: number } | undefined;
  /** A person who has done nothing for so long signs in again. */
  readonly idleMinutes?: number | undefined;
  /** The bank's own sign-in (OpenID Connect) beside the accounts. */
  readonly singleSignOnFile?: string | undefined;
  /** How the bank handles complaints; without it in the usual way. */
  readonly complaintsFile?: string | undefined;
  readonly singleSignOnSecret?: string | undefined;
  /** Keys of the pseudonyms of customers, `k2:…,k1:…`, the one in use first. Without them one is made and kept in the data folder. */
  readonly customerKeys?: string | undefined;
  /** The bank's records of its customers: over HTTP, or in a CSV file. Without either customers are not identified. */
  readonly directory?: { readonly url: string; readonly token?: string | undefined } | undefined;
  readonly customersFile?: string | undefined;
  /** Days that personal data is kept, where they are not the usual ones. */
  readonly retention?: string | undefined;
  /** Where customers reach this server, without a slash at the end: in QR codes, on paper and in notices. Without it, where the screen is. */
  readonly publicUrl?: string | undefined;
  /** Notices on phones, when whoever runs the server is named to the push services. */
  readonly push?:
    | {
        /** `mailto:` or `https:`. */
        readonly contact: string;
        /** `public:private`; without them a pair is made and kept in the data folder. */
        readonly keys?: string | undefined;
        /** The only places that notices are sent to. */
        readonly hosts: readonly string[];
      }
    | undefined;
  /** How letters and reports are mailed. Without it none are. */
  readonly mail?:
    | {
        /** `smtp://name@host:587` or `smtps:`, without the password. */
        readonly url: string;
        readonly password?: string | undefined;
        /** `queue@bank.example`, or `Name <queue@bank.example>`. */
        readonly from: string;
        /** The only ones that reports are mailed to, in small letters. */
        readonly domains: readonly string[];
      }
    | undefined;
  /** The server speaks HTTPS itself. Without it TLS ends in front, or there is none. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string } | undefined;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly demo: boolean;
}

/** True for the names of this machine that nobody else can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host);
}

/** What nobody but the server should read; `NAME_FILE` names a file that holds it, as containers and service managers hand it over. */
const SECRETS = [
  'DATABASE_URL',
  'LOBBYFLOW_ACCESS_CODE',
  'LOBBYFLOW_SECRET',
  'LOBBYFLOW_CUSTOMER_KEYS',
  'LOBBYFLOW_DIRECTORY_TOKEN',
  'LOBBYFLOW_SSO_SECRET',
  'LOBBYFLOW_PUSH_KEYS',
  'LOBBYFLOW_SMTP_PASSWORD',
];

function urlOf(value: string | undefined): URL | undefined {
  return value !== undefined && URL.canParse(value) ? new URL(value) : undefined;
}

function withFiles(source: Readonly<Record<string, string | undefined>>) {
  const values = { ...source };
  const errors: string[] = [];
  for (const name of SECRETS) {
    const file = source[`${name}_FILE`];
    if (!file) continue;
    if (source[name]) errors.push(`${name}: is given twice, also as ${name}_FILE`);
    try {
      values[name] = readFileSync(file, 'utf8').trim();
    } catch {
      errors.push(`${name}_FILE: the file cannot be read`);
    }
  }
  return { values, errors };
}

/** @returns the environment, or one line for every variable that is wrong. */
export function readEnv(
  source: Readonly<Record<string, string | undefined>>,
): { readonly ok: true; readonly env: Env } | { readonly ok: false; readonly errors: readonly string[] } {
  const filled = withFiles(source);
  const parsed = schema.safeParse(filled.values);
  if (filled.errors.length > 0) return { ok: false, errors: filled.errors };
  if (!parsed.success)
    return { ok: false, errors: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) };
  const values = parsed.data;
  const { LOBBYFLOW_DIRECTORY_URL: url, TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = values;
  const { LOBBYFLOW_SMTP_URL: smtp, LOBBYFLOW_MAIL_FROM: from } = values;
  return {
    ok: true,
    env: {
      host: values.HOST,
      port: values.PORT,
      dataFolder: values.LOBBYFLOW_DATA,
      branchesFolder: values.LOBBYFLOW_BRANCHES,
      contentFolder: values.LOBBYFLOW_CONTENT,
      databaseUrl: values.DATABASE_URL,
      redisUrl: values.REDIS_URL,
      trustProxy: values.TRUST_PROXY,
      accessCode: values.LOBBYFLOW_ACCESS_CODE,
      secret: values.LOBBYFLOW_SECRET,
      metricsToken: values.LOBBYFLOW_METRICS_TOKEN,
      backups: values.LOBBYFLOW_BACKUPS
        ? { folder: values.LOBBYFLOW_BACKUPS, kept: values.LOBBYFLOW_BACKUPS_KEPT }
        : undefined,
      idleMinutes: values.LOBBYFLOW_IDLE_MINUTES,
      complaintsFile: values.LOBBYFLOW_COMPLAINTS,
      singleSignOnFile: values.LOBBYFLOW_SSO,
      singleSignOnSecret: values.LOBBYFLOW_SSO_SECRET,
      customerKeys: values.LOBBYFLOW_CUSTOMER_KEYS,
      directory: url === undefined ? undefined : { url, token: values.LOBBYFLOW_DIRECTORY_TOKEN },
      customersFile:
        values.LOBBYFLOW_CUSTOMERS_FILE ?? (values.LOBBYFLOW_DEMO && url === undefined ? DEMO_CUSTOMERS : undefined),
      retention: values.LOBBYFLOW_RETENTION,
      publicUrl: values.LOBBYFLOW_PUBLIC_URL,
      push: values.LOBBYFLOW_PUSH_CONTACT
        ? {
            contact: values.LOBBYFLOW_PUSH_CONTACT,
            keys: values.LOBBYFLOW_PUSH_KEYS,
            hosts: values.LOBBYFLOW_PUSH_HOSTS,
          }
        : undefined,
      mail:
        smtp !== undefined && from !== undefined
          ? {
              url: smtp,
              password: values.LOBBYFLOW_SMTP_PASSWORD,
              from,
              // Without a list, the house that the mails come from.
              domains: values.LOBBYFLOW_MAIL_DOMAINS ?? [from.replace(/^.*@|>$/g, '').toLowerCase()],
            }
          : undefined,
      tls: certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined,
      logLevel: values.LOG_LEVEL,
      demo: values.LOBBYFLOW_DEMO,
    },
  };
}
