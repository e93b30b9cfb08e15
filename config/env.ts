import { z } from 'zod';

/** Everything that the environment may say, read once at the start. No other file looks at `process.env`. */

const text = z.string().trim();
/** An empty variable counts as absent, as shells and container files write them. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const schema = z
  .object({
    HOST: text.min(1).default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(4600),
    LOBBYFLOW_DATA: text.min(1).default('./data'),
    LOBBYFLOW_BRANCHES: text.min(1).default('config/branches'),
    DATABASE_URL: optional(text.regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')),
    LOBBYFLOW_ACCESS_CODE: optional(text.min(8, 'needs at least 8 characters')),
    LOBBYFLOW_SECRET: optional(text.min(32, 'needs at least 32 characters')),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    LOBBYFLOW_DEMO: z
      .enum(['0', '1', 'false', 'true', ''])
      .default('0')
      .transform((value) => value === '1' || value === 'true'),
  })
  .refine((env) => isLoopback(env.HOST) || env.LOBBYFLOW_ACCESS_CODE !== undefined, {
    path: ['LOBBYFLOW_ACCESS_CODE'],
    message: 'must be set when HOST is not this machine alone: without it anybody in the network could sign in',
    // Also when other variables are wrong: all errors at once.
    when: ({ value }) =>
      typeof value === 'object' && value !== null && 'HOST' in value && typeof value.HOST === 'string',
  });

export interface Env {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly dataFolder: string;
  readonly branchesFolder: string;
  /** PostgreSQL instead of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** What a screen must know to get a session. Without it only this machine gets one. */
  readonly accessCode?: string | undefined;
  /** Signs the tokens. Without it one is made and kept in the data folder. */
  readonly secret?: string | undefined;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly demo: boolean;
}

/** True for the names of this machine that nobody else can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host);
}

/** @returns the environment, or one line for every variable that is wrong. */
export function readEnv(
  source: Readonly<Record<string, string | undefined>>,
): { readonly ok: true; readonly env: Env } | { readonly ok: false; readonly errors: readonly string[] } {
  const parsed = schema.safeParse(source);
  if (!parsed.success)
    return { ok: false, errors: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) };
  const values = parsed.data;
  return {
    ok: true,
    env: {
      host: values.HOST,
      port: values.PORT,
      dataFolder: values.LOBBYFLOW_DATA,
      branchesFolder: values.LOBBYFLOW_BRANCHES,
      databaseUrl: values.DATABASE_URL,
      accessCode: values.LOBBYFLOW_ACCESS_CODE,
      secret: values.LOBBYFLOW_SECRET,
      logLevel: values.LOG_LEVEL,
      demo: values.LOBBYFLOW_DEMO,
    },
  };
}
