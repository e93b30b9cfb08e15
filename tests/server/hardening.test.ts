import { writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { io } from 'socket.io-client';
import { readEnv } from '../../config/env.ts';
import { certificateOf } from '../../server/http-server.ts';
import { isSameOrigin } from '../../server/same-origin.ts';
import { TEST_CERTIFICATE, TEST_KEY } from '../support/test-certificate.ts';
import { branchesNamed, ownDatabase, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';

jest.setTimeout(120_000);
let hall: RunningHall;
beforeAll(async () => {
  hall = await openHall({ branches: branchesNamed('b'), adapters: await ownDatabase() });
});
afterAll(() => hall.close());

describe('a page from elsewhere', () => {
  const connected = (extraHeaders: Record<string, string>) =>
    new Promise<boolean>((resolve) => {
      const socket = io(hall.url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders });
      const end = (result: boolean) => {
        socket.disconnect();
        resolve(result);
      };
      socket.once('connect', () => end(true));
      socket.once('connect_error', () => end(false));
    });

  test('opens no socket here; our own pages do, and so does a program that is no browser', async () => {
    expect(await connected({ origin: hall.url })).toBe(true);
    expect(await connected({})).toBe(true);
    expect(await connected({ origin: 'http://evil.example' })).toBe(false);
    expect(await connected({ origin: 'null' })).toBe(false);
    const polling = await fetch(`${hall.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: 'http://evil.example' },
    });
    expect(polling.status).toBe(403);
  });

  test('is told apart by host and port, however the host is written', () => {
    const same = (origin: string, host: string) => isSameOrigin({ headers: { origin, host } });
    expect(same('https://hall.bank.example', 'hall.bank.example')).toBe(true);
    expect(same('https://hall.bank.example', 'HALL.bank.example')).toBe(true);
    expect(same('http://hall.bank.example:4600', 'hall.bank.example:4601')).toBe(false);
    expect(same('http://hall.bank.example.evil.example', 'hall.bank.example')).toBe(false);
    expect(same('not an origin', 'hall.bank.example')).toBe(false);
  });

  test('gets nothing that it could read or send: no shared origin, no cookie, and a form is no JSON', async () => {
    const origin = { origin: 'http://evil.example' };
    const asked = await fetch(`${hall.url}/api/branches/b/commands`, {
      method: 'OPTIONS',
      headers: { ...origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    const seen = await fetch(`${hall.url}/api/network`, { headers: origin });
    for (const { headers } of [asked, seen]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers.get('set-cookie')).toBeNull();
    }
    const body = JSON.stringify({ branchId: 'b', role: 'manager' });
    const form = await fetch(`${hall.url}/api/sessions`, {
      method: 'POST',
      headers: { ...origin, 'content-type': 'text/plain' },
      body,
    });
    expect(form.status).toBe(400);
  });
});

test('every answer carries the headers that keep a page to itself', async () => {
  for (const path of ['/kiosk/?branch=b', '/api/network', '/nothing']) {
    const { headers } = await fetch(hall.url + path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|\*/);
    expect(policy).toContain("object-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('x-powered-by')).toBeNull();
    // Over plain HTTP it would be ignored, and behind a proxy it is the proxy's to say.
    expect(headers.get('strict-transport-security')).toBeNull();
  }
});

test('with a certificate the server speaks HTTPS itself, and tells browsers to stay with it', async () => {
  const folder = testEnv().dataFolder;
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(certFile, TEST_CERTIFICATE);
  writeFileSync(keyFile, TEST_KEY);
  const secure = await openHall({
    env: testEnv({ tls: { certFile, keyFile } }),
    branches: branchesNamed('b'),
    adapters: await ownDatabase(),
  });
  expect(secure.url).toMatch(/^https:/);
  const strict = await new Promise((resolve, reject) => {
    get(`${secure.url}/health`, { rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.headers['strict-transport-security']);
    }).on('error', reject);
  });
  expect(strict).toBe('max-age=31536000');
  await secure.close();
  expect(() => certificateOf({ certFile: keyFile, keyFile: certFile })).toThrow(/TLS_CERT_FILE/);
  expect(() => certificateOf({ certFile: '/nowhere', keyFile })).toThrow(/TLS_CERT_FILE/);
});

describe('secrets', () => {
  const file = join(testEnv().dataFolder, 'secret');
  writeFileSync(file, '  a secret of more than 32 characters\n');

  test('come from a file where NAME_FILE names one', () => {
    expect(readEnv({ LOBBYFLOW_SECRET_FILE: file })).toMatchObject({
      env: { secret: 'a secret of more than 32 characters' },
    });
    expect(readEnv({ LOBBYFLOW_SECRET_FILE: '' })).toMatchObject({ ok: true });
  });

  test('are given once, and the file must be there; what was in it is not repeated', () => {
    const twice = readEnv({ LOBBYFLOW_SECRET_FILE: file, LOBBYFLOW_SECRET: 'another one of more than 32 characters' });
    expect(twice).toEqual({ ok: false, errors: [expect.stringMatching(/^LOBBYFLOW_SECRET: is given twice/)] });
    expect(readEnv({ LOBBYFLOW_SECRET_FILE: '/nowhere' })).toEqual({
      ok: false,
      errors: [expect.stringMatching(/cannot be read/)],
    });
    const keys = 'k1:tooshort,and wrong';
    const wrong = readEnv({ LOBBYFLOW_CUSTOMER_KEYS: keys, TLS_CERT_FILE: 'x', LOBBYFLOW_RETENTION: 'consents=soon' });
    expect(wrong.ok ? [] : wrong.errors.map((error) => error.split(':')[0])).toEqual(
      expect.arrayContaining(['LOBBYFLOW_CUSTOMER_KEYS', 'LOBBYFLOW_RETENTION']),
    );
    expect(JSON.stringify(wrong)).not.toContain('tooshort');
  });
});
