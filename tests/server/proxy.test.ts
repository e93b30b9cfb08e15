import { request } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { readEnv } from '../../config/env.ts';
import { MemoryStore } from '../../server/store/memory-store.ts';
import { branchesNamed, noJobs, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';
import { ShakyStore } from '../support/shaky-store.ts';

/** Who counts as a person at this machine, with and without a proxy before the server. */

const open: RunningHall[] = [];
afterEach(async () => {
  for (const hall of open.splice(0)) await hall.close();
});

async function hallBehind(trustProxy: number | readonly string[] | undefined, accessCode?: string) {
  const env = testEnv({ trustProxy, accessCode });
  const adapters = { database: new ShakyStore(new MemoryStore()).database(), jobs: noJobs };
  const hall = await openHall({ branches: branchesNamed('b'), adapters, env });
  open.push(hall);
  return hall;
}

/** Asks for a session with exactly these headers; `fetch` does not let a test set `Host`. */
function ask(hall: RunningHall, headers: Record<string, string>, code?: string): Promise<number> {
  const body = JSON.stringify({ branchId: 'b', role: 'kiosk', ...(code !== undefined && { code }) });
  return new Promise((resolve, reject) => {
    const place = { port: hall.port, host: '127.0.0.1', path: '/api/sessions', method: 'POST' };
    const sent = request({ ...place, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once('error', reject).end(body);
  });
}

/** As nginx asks when it is told nothing but where to. */
function askInOldHttp(hall: RunningHall): Promise<number> {
  const body = JSON.stringify({ branchId: 'b', role: 'kiosk' });
  return new Promise((resolve, reject) => {
    const line = connect(hall.port, '127.0.0.1', () =>
      line.write(
        `POST /api/sessions HTTP/1.0\r\nHost: 127.0.0.1:${hall.port}\r\nContent-Type: application/json\r\n` +
          `Content-Length: ${body.length}\r\n\r\n${body}`,
      ),
    );
    line.once('data', (data) => resolve(Number(/^HTTP\/1\.\d (\d+)/.exec(data.toString())?.[1])));
    line.once('error', reject);
  });
}

const HERE = { host: 'localhost' };
const yes = 200;
const no = 403;

test('without TRUST_PROXY whoever came through a proxy is nobody at this machine, whatever its headers say', async () => {
  const hall = await hallBehind(undefined);
  expect(await ask(hall, HERE)).toBe(yes);
  expect(await ask(hall, { host: `127.0.0.1:${hall.port}` })).toBe(yes);
  for (const sign of ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'Via'])
    expect([sign, await ask(hall, { ...HERE, [sign]: '127.0.0.1' })]).toEqual([sign, no]);
  expect(await askInOldHttp(hall)).toBe(no);
  // A page of another place, whose name was made to mean this machine.
  expect(await ask(hall, { host: 'evil.example' })).toBe(no);
});

describe('with TRUST_PROXY', () => {
  test.each([[1], [['loopback']]])('%p: at this machine is who the proxy says is', async (trustProxy) => {
    const hall = await hallBehind(trustProxy);
    expect(await ask(hall, { ...HERE, 'x-forwarded-for': '127.0.0.1' })).toBe(yes);
    expect(await ask(hall, { ...HERE, 'x-forwarded-for': '::1' })).toBe(yes);
    expect(await ask(hall, { ...HERE, 'x-forwarded-for': '10.0.0.9' })).toBe(no);
    // What the caller wrote itself stands before what the proxy added.
    expect(await ask(hall, { ...HERE, 'x-forwarded-for': '127.0.0.1, 10.0.0.9' })).toBe(no);
    // The proxy says nothing, or it was gone round: not known who it is.
    expect(await ask(hall, HERE)).toBe(no);
    const forged = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost' };
    expect(await ask(hall, { host: 'evil.example', ...forged })).toBe(no);
  });

  test('a proxy that is not named is not believed', async () => {
    const hall = await hallBehind(['10.0.0.0/8']);
    for (const address of ['10.1.1.1', '127.0.0.1'])
      expect(await ask(hall, { ...HERE, 'x-forwarded-for': address })).toBe(no);
  });

  test('each caller has its own count of failed sign-ins', async () => {
    const hall = await hallBehind(1, 'open sesame');
    const from = (address: string, code: string) => ask(hall, { ...HERE, 'x-forwarded-for': address }, code);
    for (let tries = 0; tries < 200; tries += 1) expect(await from('10.0.0.9', 'wrong')).toBe(403);
    expect(await from('10.0.0.9', 'open sesame')).toBe(429);
    expect(await from('10.0.0.8', 'open sesame')).toBe(200);
  });
});

test('TRUST_PROXY is a number of proxies, or addresses; not "true", which would believe anybody', () => {
  const read = (value: string) => {
    const result = readEnv({ TRUST_PROXY: value });
    return result.ok ? result.env.trustProxy : result.errors[0];
  };
  expect(read('')).toBeUndefined();
  expect(read('2')).toBe(2);
  expect(read('loopback, 10.0.0.0/8,192.168.1.5,::1')).toEqual(['loopback', '10.0.0.0/8', '192.168.1.5', '::1']);
  for (const wrong of ['true', '0', '10', '10.0.0.0/99', 'proxy.example'])
    expect(read(wrong)).toMatch(/^TRUST_PROXY: must be the number of proxies, or their addresses/);
});
