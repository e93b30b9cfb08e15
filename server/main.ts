import { pino, type Logger } from 'pino';
import { readEnv, type Env } from '../config/env.ts';
import { ConfigError, loadBranches } from '../config/load.ts';
import { compose, type Composition } from './compose.ts';

/** Reads what the operator wrote, starts, says where to open the browser, and stops in good order. */

/** What is not done by then is given up; the log keeps what was acknowledged. */
const SHUTDOWN_MS = 10_000;

function say(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`);
}

async function start(env: Env): Promise<void> {
  const log: Logger = pino({
    level: env.logLevel,
    // A second lock: nothing is to log these, and should something do so, they are not in the file.
    redact: { paths: ['token', 'ticketId', '*.token', '*.ticketId', '*.authorization'], censor: '…' },
  });
  const { branches, warnings } = loadBranches(env.branchesFolder);
  for (const warning of warnings) log.warn(warning);
  const composition = await compose({ env, branches, log });
  log.info({ url: composition.url, branches: branches.length }, 'listening');
  say(['', `  Lobbyflow is running. Open ${composition.url}/ in a browser.`, '']);
  if (composition.setUpLink !== undefined)
    say([
      '  Nobody is administrator yet: whoever is at this machine may use every screen.',
      '  Set the password of the administrator, once, with this link:',
      `  ${composition.url}/manager/#/set-up/${composition.setUpLink}`,
      '',
    ]);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(composition, log, signal));
}

async function stop(composition: Composition, log: Logger, signal: string): Promise<void> {
  log.info({ signal }, 'stopping');
  const giveUp = setTimeout(() => {
    log.error('not everything was closed in time');
    process.exit(1);
  }, SHUTDOWN_MS);
  try {
    await composition.close();
    log.info('stopped');
  } catch (error) {
    log.error({ err: error }, 'stopped with an error');
    process.exitCode = 1;
  }
  // Should something be open still, it is given up all the same.
  giveUp.unref();
}

const read = readEnv(process.env);
if (!read.ok) {
  say(['The environment is wrong:', ...read.errors.map((error) => `  ${error}`)]);
  process.exitCode = 1;
} else {
  start(read.env).catch((error: unknown) => {
    say([error instanceof ConfigError || error instanceof Error ? error.message : String(error)]);
    process.exitCode = 1;
  });
}
