import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Role } from '../../server/identity/caller.ts';
import { Tokens } from '../../server/identity/tokens.ts';
import type { AuditNames, AuditRow } from '../../protocol/audit.ts';
import { branchesNamed, ownDatabase, openHall, testEnv, type RunningHall } from '../support/running-hall.ts';

jest.setTimeout(120_000);
const SECRET = 'a secret for tests that is long enough';
let hall: RunningHall;
beforeAll(async () => {
  const adapters = await ownDatabase();
  hall = await openHall({ env: testEnv({ secret: SECRET }), branches: branchesNamed('b', 'other'), adapters });
});
afterAll(() => hall.close());

function tokenOf(role: Role, more: object = {}): Promise<string> {
  const tokens = new Tokens(new TextEncoder().encode(SECRET), hall.clock);
  return tokens.issue({ role, actor: `staff:${role}`, staffId: role, ...more }, hall.clock.now() + 3_600_000);
}

function call(path: string, token: string, method = 'GET', body?: object): Promise<Response> {
  return fetch(hall.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function rowsOf(path: string, token: string): Promise<AuditRow[]> {
  const { rows } = (await (await call(path, token)).json()) as { rows: AuditRow[] };
  return rows;
}

test('an auditor finds what was done, takes it away as a table, and sees that it is whole', async () => {
  const kiosk = await hall.token({ branchId: 'b', role: 'kiosk', deviceId: 'kiosk-1' });
  for (let taken = 0; taken < 3; taken += 1) {
    const command = { type: 'TakeTicket', services: ['transfer'] };
    await call('/api/branches/b/commands', kiosk, 'POST', { commandId: randomUUID(), command });
  }
  const auditor = await tokenOf('auditor');
  // At once: whoever asks does not wait for the next round.
  const taken = await rowsOf('/api/branches/b/audit?act=TicketIssued&limit=2', auditor);
  expect(taken.map(({ act }) => [act.actor, act.device, act.about['tickets']])).toEqual([
    ['device:kiosk-1', 'kiosk-1', ['B003']],
    ['device:kiosk-1', 'kiosk-1', ['B002']],
  ]);
  const more = await rowsOf(`/api/branches/b/audit?act=TicketIssued&before=${taken.at(-1)?.seq}`, auditor);
  expect(more.map(({ act }) => act.about['tickets'])).toEqual([['B001']]);
  expect(await rowsOf('/api/branches/b/audit?actor=device:kiosk-1&act=POST%20/sessions', auditor)).toHaveLength(1);
  expect((await call('/api/branches/b/audit?limit=1000', auditor)).status).toBe(400);

  const csv = await call('/api/branches/b/audit.csv?ticket=B002', auditor);
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const lines = (await csv.text()).trim().split('\r\n');
  expect(lines[0]).toMatch(/row,time,actor,device,acts,about,before,after,day,version,command,previous,hash/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('2026-11-24T01:00:00.000Z,device:kiosk-1,kiosk-1,TicketIssued,"{""tickets"":[""B002""]}"');
  expect(await rowsOf('/api/branches/b/audit?act=AuditExported', auditor)).toMatchObject([
    { act: { actor: 'staff:auditor' } },
  ]);

  expect(await (await call('/api/branches/b/audit/verification', auditor)).json()).toMatchObject({
    ...{ ok: true, rows: 5, checkedAt: hall.clock.now() },
  });
});

test('days are those of the branch, a device has its rows, and ids have names', async () => {
  const auditor = await tokenOf('auditor');
  const today = await rowsOf('/api/branches/b/audit?fromDay=2026-11-24&untilDay=2026-11-24', auditor);
  expect(today.length).toBeGreaterThan(3);
  for (const query of ['fromDay=2026-11-25', 'untilDay=2026-11-23'])
    expect(await rowsOf(`/api/branches/b/audit?${query}`, auditor)).toEqual([]);
  const ofKiosk = await rowsOf('/api/branches/b/audit?device=kiosk-1&act=TicketIssued', auditor);
  expect(ofKiosk).toHaveLength(3);
  expect(await rowsOf('/api/branches/b/audit?device=kiosk-2', auditor)).toEqual([]);
  const names = (await (await call('/api/branches/b/audit/names', auditor)).json()) as AuditNames;
  expect(names).toMatchObject({
    timeZone: 'Asia/Shanghai',
    counters: expect.arrayContaining([{ id: 'c1', name: '1' }]),
  });
  expect(names.people.map(({ id }) => id)).toContain('2001');
  expect(names.services.find(({ id }) => id === 'transfer')?.name.en).toBe('Transfer within the country');
  expect(await (await call('/api/audit/names', auditor)).json()).toMatchObject({ counters: [] });
});

test('what an administrator changes is there with what it was before, and no name', async () => {
  const administrator = await tokenOf('administrator');
  const account = { name: 'Wang Xiaoming', grants: [{ role: 'teller', branchId: 'b' }] };
  expect((await call('/api/accounts/7001', administrator, 'PUT', account)).status).toBe(200);
  const promoted = { ...account, grants: [{ role: 'manager', branchId: 'b' }], disabled: true };
  expect((await call('/api/accounts/7001', administrator, 'PUT', promoted)).status).toBe(200);
  const auditor = await tokenOf('auditor');
  let rows: AuditRow[] = [];
  // It is written after the answer.
  while (rows.length < 2) rows = await rowsOf('/api/audit?act=PUT%20/accounts/:staffId', auditor);
  expect(rows.map(({ act }) => act)).toMatchObject([
    {
      ...{ actor: 'staff:administrator', about: { staffId: '7001' } },
      before: { roles: ['teller of b'], disabled: false },
      after: { roles: ['manager of b'], disabled: true },
    },
    { after: { roles: ['teller of b'], disabled: false } },
  ]);
  expect(JSON.stringify(rows)).not.toContain('Xiaoming');
});

test('an attempt to sign in that failed is there', async () => {
  await call('/api/sign-in', '', 'POST', { branchId: 'b', staffId: 'nobody', password: 'a wrong one' });
  const auditor = await tokenOf('auditor');
  let rows: AuditRow[] = [];
  while (rows.length === 0) rows = await rowsOf('/api/audit?act=POST%20/sign-in', auditor);
  expect(rows).toMatchObject([{ act: { actor: 'nobody', about: { refused: expect.stringMatching(/^4/) } } }]);
});

test('is for auditors and for who runs the branch, and for those of a branch only its own', async () => {
  for (const role of ['teller', 'manager', 'network-manager', 'administrator', 'kiosk'] as const)
    expect((await call('/api/branches/b/audit', await tokenOf(role, { branchId: 'b' }))).status).toBe(403);
  const own = await tokenOf('auditor', { branchId: 'b' });
  const head = await tokenOf('branch-head', { branchId: 'b' });
  for (const token of [own, head]) expect((await call('/api/branches/b/audit', token)).status).toBe(200);
  expect((await call('/api/audit', head)).status).toBe(403);
  for (const path of [
    '/api/branches/other/audit',
    '/api/branches/other/audit.csv',
    '/api/audit',
    '/api/audit/verification',
  ])
    expect((await call(path, own)).status).toBe(403);
});

test('all of it stands in the OpenAPI document', async () => {
  const { paths } = (await (await call('/openapi.json', '')).json()) as { paths: Record<string, object> };
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/api/branches/{branchId}/audit',
      '/api/audit.csv',
      '/api/branches/{branchId}/identify',
      '/api/privacy/erase',
    ]),
  );
});
