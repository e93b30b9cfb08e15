import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { loadSingleSignOn } from '../../config/single-sign-on.ts';
import { CLIENT, openDirectory, type Directory } from '../support/directory.ts';
import { testEnv } from '../support/running-hall.ts';
import { staffedHall, type StaffedHall } from '../support/staffed-hall.ts';

jest.setTimeout(120_000);

let hall: StaffedHall;
let directory: Directory;
beforeAll(async () => {
  // The provider says at length that it is set up for tests.
  for (const how of ['warn', 'info'] as const) jest.spyOn(console, how).mockImplementation(() => {});
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const redirect = () => `${publicUrl}/api/single-sign-on/callback`;
  directory = await openDirectory(redirect, { sub: '7001', name: 'Ouyang', groups: ['lobby-b'] });
  const env = testEnv({ port });
  const file = join(env.dataFolder, 'sso.yaml');
  writeFileSync(
    file,
    `name: Bank\nissuer: ${directory.issuer}\nclientId: ${CLIENT.id}\npublicUrl: ${publicUrl}\nroles:\n` +
      '  - { group: lobby-b, role: manager, branch: b }\n  - { group: audit, role: auditor }\n',
  );
  hall = await staffedHall({ env: { ...env, singleSignOnFile: file, singleSignOnSecret: CLIENT.secret } });
});
afterAll(async () => {
  await hall.close();
  await directory.close();
});

/** A browser: it keeps cookies and follows redirects until it is back at a page of ours. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async go(address: string): Promise<URL> {
    let url = new URL(address, hall.url);
    for (let hops = 0; hops < 12 && !url.pathname.startsWith('/manager/'); hops += 1) {
      const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line)?.slice(1) ?? [];
        if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(name);
        else this.#cookies.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null) throw new Error(`${url.pathname}: ${response.status} ${await response.text()}`);
      url = new URL(location, url);
    }
    return url;
  }
}

function sessionIn(url: URL): { token: string; roles: string[]; name: string } | undefined {
  const said = /^#\/session\/(.+)$/.exec(url.hash)?.[1];
  return said === undefined ? undefined : (JSON.parse(Buffer.from(said, 'base64url').toString()) as never);
}

const signIn = (branchId = 'b') => new Browser().go(`/api/single-sign-on?branch=${branchId}`);

test('a member of a group signs in with the directory, as what the group is in that branch', async () => {
  expect((await hall.call('GET', '/api/sign-in')).body).toEqual({ by: 'account', singleSignOn: 'Bank' });
  const url = await signIn();
  expect(url.search).toBe('?branch=b');
  const session = sessionIn(url);
  expect(session).toMatchObject({ name: 'Ouyang', roles: ['manager'] });
  const { token } = session ?? { token: '' };
  expect((await hall.call('GET', '/api/branches/b/views/manager', { token })).status).toBe(200);
  expect((await hall.call('GET', '/api/branches/b2/views/manager', { token })).status).toBe(403);
  expect((await hall.call('GET', '/api/accounts', { token })).status).toBe(403);
});

test('who is in no group of ours here has nothing to do, and who was put out of a group neither', async () => {
  expect((await signIn('b2')).hash).toBe('#/refused/no-role');
  directory.member = { ...directory.member, groups: ['canteen'] };
  expect((await signIn()).hash).toBe('#/refused/no-role');
  directory.member = { ...directory.member, groups: ['audit'] };
  const auditor = sessionIn(await signIn('b2'));
  expect(auditor).toMatchObject({ roles: ['auditor'], everywhere: true });
  // It is a sign-in like another: it is in the audit.
  const act = encodeURIComponent('GET /single-sign-on/callback');
  const found = async () => {
    const path = `/api/branches/b2/audit?act=${act}`;
    const { body } = await hall.call('GET', path, { token: auditor?.token });
    return body['rows'] as { act: { actor: string; about: object } }[];
  };
  let rows = await found();
  while (rows.length === 0) rows = await found();
  expect(rows).toMatchObject([{ act: { actor: 'staff:7001', about: {} } }]);
});

test('an account that was closed here stays closed', async () => {
  const body = { name: 'Ouyang', grants: [], disabled: true };
  expect((await hall.call('PUT', '/api/accounts/7001', { token: hall.admin, body })).status).toBe(200);
  expect((await signIn()).hash).toBe('#/refused/no-role');
});

test('nobody comes in with the end of an attempt that began elsewhere', async () => {
  directory.member = { sub: '7002', name: 'Ma', groups: ['audit'] };
  // Without what the browser kept, with another attempt's, and with a code that was made up.
  const begun = await fetch(`${hall.url}/api/single-sign-on?branch=b`, { redirect: 'manual' });
  const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
  const cookie = (begun.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  expect(begun.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/i);
  const back = async (query: string, headers: Record<string, string>) =>
    (
      await fetch(`${hall.url}/api/single-sign-on/callback?${query}&iss=${encodeURIComponent(directory.issuer)}`, {
        ...{ redirect: 'manual', headers },
      })
    ).headers.get('location');
  const refused = '/manager/#/refused/directory';
  expect(await back(`code=made-up&state=${state}`, {})).toBe(refused);
  expect(await back(`code=made-up&state=${state}`, { cookie })).toBe(refused);
  expect(await back(`code=made-up&state=other`, { cookie })).toBe(refused);
});

test('a file that does not fit is refused with everything that is wrong', () => {
  const file = join(testEnv().dataFolder, 'sso.yaml');
  writeFileSync(
    file,
    'name: Bank\nissuer: nowhere\nclientId: x\npublicUrl: https://q\nroles: [{ group: a, role: manager }]\n',
  );
  expect(() => loadSingleSignOn(file)).toThrow(
    /2 error\(s\):\n {2}issuer: .*\n {2}roles: manager and branch-head need a branch/,
  );
  expect(loadSingleSignOn('config/single-sign-on.example.yaml').roles).toHaveLength(5);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
