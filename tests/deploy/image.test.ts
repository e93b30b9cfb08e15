import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ENV_NAMES, readEnv } from '../../config/env.ts';
import { freePort } from '../support/bound-process.ts';
import { until } from '../support/until.ts';

/** The Dockerfile without Docker: what it names is there, and what its last stage has in it is enough to run. */

jest.setTimeout(120_000);
const run = promisify(execFile);

/** One instruction a line, with what was broken over several joined. */
const instructions = readFileSync('Dockerfile', 'utf8')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  .map((line) => ({ name: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1).trim() }));
const lastStage = instructions.slice(instructions.map(({ name }) => name).lastIndexOf('FROM'));
const of = (name: string) => lastStage.filter((each) => each.name === name).map(({ rest }) => rest);

/** From the tree itself, not from an earlier stage: source and place in /app. */
const copied = of('COPY')
  .filter((rest) => !rest.startsWith('--from'))
  .flatMap((rest) => {
    const parts = rest.split(/\s+/);
    const place = parts.at(-1) ?? '';
    // Into a folder under its own name, else under the name given.
    const into = (source: string) => (place.endsWith('/') ? path.join(place, path.basename(source)) : place);
    return parts.slice(0, -1).map((source) => ({ source, place: into(source) }));
  });
const environment = Object.fromEntries(
  of('ENV').flatMap((rest) => rest.split(/\s+/).map((pair) => pair.split('=', 2) as [string, string])),
);
const [, check] = /CMD (\[.*\])$/.exec(of('HEALTHCHECK')[0] ?? '') ?? [];
const [program = '', ...checkArguments] = JSON.parse(check ?? '[]') as string[];
const [, ...command] = JSON.parse(of('CMD')[0] ?? '[]') as string[];

describe('the Dockerfile', () => {
  test('copies what there is', () => {
    for (const { rest } of instructions.filter(({ name }) => name === 'COPY')) {
      if (rest.startsWith('--from')) continue;
      for (const source of rest.split(/\s+/).slice(0, -1)) expect([source, existsSync(source)]).toEqual([source, true]);
    }
  });

  test('sets variables that the server knows, and does not run as root', () => {
    const ours = Object.keys(environment).filter((name) => name !== 'NODE_ENV');
    expect(ours.filter((name) => !ENV_NAMES.includes(name))).toEqual([]);
    expect(readEnv({ ...environment, LOBBYFLOW_ACCESS_CODE: 'open sesame' })).toMatchObject({ ok: true });
    // Without a code it does not start: it listens to the network.
    expect(readEnv(environment)).toMatchObject({ ok: false });
    expect(of('USER')).toEqual(['node']);
  });

  test('leaves out what is no source', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    for (const name of ['node_modules', 'dist', 'data', '.git', '.env']) expect(ignored).toContain(name);
  });
});

describe('the files of the image', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lobbyflow-image-'));
  const app = path.join(folder, 'app');
  let port: number;
  let server: ChildProcess;
  let said = '';

  beforeAll(async () => {
    for (const { source, place } of copied) cpSync(source, path.join(app, place), { recursive: true });
    symlinkSync(path.resolve('node_modules'), path.join(app, 'node_modules'));
    port = await freePort();
    const own = { HOST: '127.0.0.1', PORT: String(port), LOBBYFLOW_DATA: path.join(folder, 'data'), LOG_LEVEL: 'warn' };
    server = spawn(process.execPath, command, { cwd: app, env: { ...process.env, ...environment, ...own } });
    for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk) => (said += String(chunk)));
  });
  afterAll(() => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** As Docker asks: 0 is well. */
  const health = () =>
    run(program, checkArguments, { env: { ...process.env, PORT: String(port) } }).then(
      () => 0,
      (error: { code?: number }) => error.code,
    );

  test('run, are well by the health check, and stop in good order when told to', async () => {
    await until(async () => server.exitCode !== null || (await health()) === 0, 90_000);
    expect([server.exitCode, said]).toEqual([null, expect.stringContaining('Lobbyflow is running')]);
    const [, address] = /health_uri (\S+)/.exec(readFileSync('deploy/Caddyfile', 'utf8')) ?? [];
    expect((await fetch(`http://127.0.0.1:${port}${address}`)).status).toBe(200);
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(await health()).toBe(1);
  });
});
