import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { ENV_NAMES, readEnv } from '../../config/env.ts';

/** compose.yaml and the proxy's configuration without Docker: what they name is there, and fits together. */

const run = promisify(execFile);
const text = readFileSync('compose.yaml', 'utf8');
const proxyText = readFileSync('deploy/Caddyfile', 'utf8');

const serviceSchema = z.looseObject({
  build: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  depends_on: z.record(z.string(), z.looseObject({ condition: z.string() })).default({}),
  healthcheck: z.unknown().optional(),
});
const { services, volumes, networks } = z
  .looseObject({
    services: z.record(z.string(), serviceSchema),
    volumes: z.record(z.string(), z.unknown()),
    networks: z.record(z.string(), z.unknown()),
  })
  .parse(parse(text, { merge: true }));

/** What an operator would write into .env. */
const OPERATOR: Readonly<Record<string, string>> = {
  LOBBYFLOW_ADDRESS: 'queue.bank.example',
  LOBBYFLOW_ACCESS_CODE: 'open sesame',
  LOBBYFLOW_SECRET: 'a secret of thirty-two characters or more',
  POSTGRES_PASSWORD: 'abc123',
};
const filled = (value: string) =>
  value.replace(
    /\$\{(\w+)(?::-([^}]*)|:\?)?\}/g,
    (_, name: string, otherwise?: string) => OPERATOR[name] ?? otherwise ?? '',
  );
const servers = Object.entries(services).filter(([, { build }]) => build !== undefined);

describe('compose.yaml', () => {
  test('has two servers, whose environment the server understands', () => {
    expect(servers.map(([name]) => name)).toEqual(['server-1', 'server-2']);
    for (const [, { environment }] of servers) {
      expect(Object.keys(environment).filter((name) => !ENV_NAMES.includes(name))).toEqual([]);
      const values = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)]));
      expect(readEnv(values)).toMatchObject({ ok: true, env: { trustProxy: 1, redisUrl: 'redis://redis:6379' } });
    }
  });

  test('asks the operator for what it says in its first lines, and for nothing that has a usual value', () => {
    const asked = new Set([...text.matchAll(/\$\{(\w+):\?\}/g)].map(([, name]) => name));
    const said = [...text.matchAll(/^#\s+(\w+)=/gm)].map(([, name]) => name);
    expect([...asked].sort()).toEqual(said.sort());
    expect(Object.keys(OPERATOR).sort()).toEqual(said.sort());
    // Neither asked for nor with a usual value: it would silently be empty.
    expect([...text.matchAll(/\$\{\w+\}/g)]).toEqual([]);
  });

  test('names services, volumes, networks and files that there are', () => {
    for (const service of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(service.depends_on)) {
        expect(services).toHaveProperty([name]);
        // The servers' health check is in the Dockerfile.
        const checked = services[name]?.healthcheck !== undefined || services[name]?.build !== undefined;
        if (condition === 'service_healthy') expect([name, checked]).toEqual([name, true]);
      }
      for (const name of service.networks) expect(networks).toHaveProperty([name]);
      for (const volume of service.volumes) {
        const source = volume.split(':', 1)[0] ?? '';
        if (source.startsWith('.')) expect([source, existsSync(source)]).toEqual([source, true]);
        else expect(volumes).toHaveProperty([source]);
      }
    }
    for (const [, { environment }] of servers)
      for (const url of [environment['DATABASE_URL'], environment['REDIS_URL']])
        expect(services).toHaveProperty([new URL(filled(url ?? '')).hostname]);
  });

  test('shows only the proxy to the network', () => {
    const open = Object.entries(services).filter(([, service]) => 'ports' in service);
    expect(open.map(([name]) => name)).toEqual(['proxy']);
    expect(networks['inside']).toMatchObject({ internal: true });
  });

  test('gives the proxy the variables of its configuration, and the servers there are', () => {
    const environment = services['proxy']?.environment ?? {};
    const wanted = new Set([...proxyText.matchAll(/\{\$(\w+)/g)].map(([, name]) => name));
    expect(Object.keys(environment).sort()).toEqual([...wanted].sort());
    const port = servers[0]?.[1].environment['PORT'];
    expect(environment['LOBBYFLOW_SERVERS']).toBe(servers.map(([name]) => `${name}:${port}`).join(' '));
  });
});

describe("the proxy's configuration", () => {
  test.each([
    ['an authority of its own', 'internal'],
    ['a public authority', 'admin@bank.example'],
  ])('is valid with %s', async (_, tls) => {
    const env = { LOBBYFLOW_ADDRESS: 'queue.bank.example', LOBBYFLOW_TLS: tls, LOBBYFLOW_SERVERS: 'a:4600 b:4600' };
    await run('caddy', ['validate', '--config', 'deploy/Caddyfile', '--adapter', 'caddyfile'], {
      env: { ...process.env, ...env },
    });
  });

  test('is formatted as Caddy formats it', async () => {
    expect((await run('caddy', ['fmt', 'deploy/Caddyfile'])).stdout).toBe(proxyText);
  });
});
