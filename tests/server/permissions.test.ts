import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Router } from 'express';
import type { Audience } from '../../domain/views/views.ts';
import type { OutsideCommand } from '../../protocol/commands.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import { CUSTOMER, DEVICE_KINDS, STAFF_ROLES, type Caller, type Role } from '../../server/identity/caller.ts';
import { ACTIONS, may, mayLook, maySend, reaches, type Action } from '../../server/identity/permissions.ts';
import { commandsFor } from '../support/outside-commands.ts';
import { Screen } from '../support/screen.ts';
import { staffedHall, type StaffedHall } from '../support/staffed-hall.ts';

jest.setTimeout(120_000);

/** Everybody who can come to a door, as the table knows them; their tokens are got in the ordinary way. */
const COUNTER = { teller: 'c1', device: 'm1', 'call-pad': 'c2', rating: 'c3' } as const;
const callers: readonly Caller[] = [
  CUSTOMER,
  ...DEVICE_KINDS.map((role): Caller => ({
    ...{ role, actor: 'x', branchId: 'b' },
    deviceId: role in COUNTER ? COUNTER[role as keyof typeof COUNTER] : role,
  })),
  ...STAFF_ROLES.map((role): Caller => ({
    ...{ role, actor: 'x', staffId: staffIdOf(role) },
    ...(isOfBranch(role) && { branchId: 'b' }),
    ...(role === 'teller' && { counterId: COUNTER.teller }),
  })),
];

function staffIdOf(role: Role): string {
  return role === 'teller' ? '2001' : `the-${role}`;
}
function isOfBranch(role: Role): boolean {
  return role === 'teller' || role === 'manager' || role === 'branch-head';
}

interface Route {
  readonly path: string;
  readonly methods: Readonly<Record<string, boolean>>;
}
const opened: Route[] = [];
let hall: StaffedHall;
const tokens = new Map<Role, string | undefined>();
const screens = new Map<Role, Screen>();

beforeAll(async () => {
  // Whatever the server opens, by whoever's hand, is seen here.
  const prototype = (Router as unknown as { readonly prototype: { route(path: string): Route } }).prototype;
  const watch = jest.spyOn(prototype, 'route');
  hall = await staffedHall();
  opened.push(...watch.mock.results.map(({ value }) => value as Route));
  watch.mockRestore();
  for (const role of STAFF_ROLES) {
    await hall.hire(staffIdOf(role), isOfBranch(role) ? { role, branchId: 'b' } : { role });
    const { body } = await hall.signIn('b', staffIdOf(role), role === 'teller' ? { counterId: COUNTER.teller } : {});
    tokens.set(role, body['token'] as string);
  }
  const manager = tokens.get('manager') ?? '';
  for (const kind of DEVICE_KINDS) {
    const counterId = kind in COUNTER ? COUNTER[kind as keyof typeof COUNTER] : undefined;
    tokens.set(kind, (await hall.pair(manager, 'b', kind, counterId)).token);
  }
  for (const { role } of callers) screens.set(role, await Screen.connect(hall.url, tokens.get(role)));
});
afterAll(async () => {
  for (const screen of screens.values()) screen.close();
  await hall.close();
});

const isRefused = (code: unknown) => code === 'not-allowed';
const codeOf = (body: object) => ('problem' in body ? (body.problem as { code: string }).code : 'through');

describe.each(callers)('$role: through both doors exactly what the table says', (caller) => {
  const { role } = caller;
  const everyCommand: readonly OutsideCommand[] = Object.values(commandsFor('c1'));
  const elsewhere = ['c2', 'm1'].flatMap((counterId) => Object.values(commandsFor(counterId)));
  // The others are the same wherever they are sent from.
  const commands: OutsideCommand[] = [...everyCommand, ...elsewhere.filter((command) => 'counterId' in command)];
  commands.push({ type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
  commands.push({ type: 'CancelTicket', ticketId: 't', reason: 'mistake' });
  commands.push({ type: 'UndoLast' });

  test('commands over HTTP, in its own branch and in another', async () => {
    for (const branchId of ['b', 'b2'])
      for (const command of branchId === 'b' ? commands : everyCommand) {
        const { body } = await hall.call('POST', `/api/branches/${branchId}/commands`, {
          token: tokens.get(role),
          body: { commandId: randomUUID(), command },
        });
        const allowed = reaches(caller, branchId) && maySend(caller, command);
        expect({ branchId, command, allowed: !isRefused(codeOf(body)) }).toEqual({ branchId, command, allowed });
        expect(codeOf(body)).toMatch(/^(through|not-allowed)$/);
      }
  });

  const audiences: Audience[] = [
    { kind: 'kiosk' },
    { kind: 'display' },
    { kind: 'display', counterId: 'c3' },
    { kind: 'counter', counterId: 'c1' },
    { kind: 'counter', counterId: 'c2' },
    { kind: 'counter', counterId: 'm1' },
    { kind: 'manager' },
    { kind: 'ticket', ticketId: 't' },
    { kind: 'rating', counterId: 'c3' },
    { kind: 'rating', counterId: 'c1' },
  ];
  test('views and commands over the socket', async () => {
    const screen = screens.get(role);
    if (screen === undefined) throw new Error('no screen');
    for (const branchId of ['b2', 'b'])
      for (const audience of audiences) {
        const welcome = await screen.hello({ protocol: PROTOCOL_VERSION, branchId, audience });
        const allowed = reaches(caller, branchId) && mayLook(caller, audience);
        expect({ branchId, audience, allowed: !isRefused(codeOf(welcome)) }).toEqual({ branchId, audience, allowed });
        const http = await hall.call('GET', `/api/branches/${branchId}/views/${audience.kind}?${queryOf(audience)}`, {
          token: tokens.get(role),
        });
        expect({ branchId, audience, allowed: !isRefused(codeOf(http.body)) }).toEqual({ branchId, audience, allowed });
      }
    // The last hello that was let in says which branch it is for; a customer's is the ticket's.
    await screen.hello({ protocol: PROTOCOL_VERSION, branchId: 'b', audience: { kind: 'ticket', ticketId: 't' } });
    for (const command of commands) {
      const ack = await screen.send(command);
      const allowed = maySend(caller, command);
      const code = codeOf(ack);
      // Whoever looks at no branch is told so; nothing was done either.
      const refused = isRefused(code) || code === 'bad-message';
      expect({ command, allowed: !refused }).toEqual({ command, allowed });
    }
  });

  const actions: readonly (readonly [Action, string, string, unknown?])[] = [
    ['list-staff', 'GET', '/api/branches/b/staff'],
    ['see-reports', 'GET', '/api/branches/b/forecast'],
    ['see-reports', 'GET', '/api/branches/b/reports/estimates'],
    ['report-device-state', 'POST', '/api/device-state', {}],
    ['see-devices', 'GET', '/api/branches/b/devices'],
    ['pair-devices', 'GET', '/api/branches/b/pairings/none'],
    ['pair-devices', 'POST', '/api/branches/b/devices', { code: 'none', name: 'x' }],
    ['pair-devices', 'DELETE', '/api/branches/b/devices/none'],
    ['see-accounts', 'GET', '/api/accounts'],
    ['change-accounts', 'PUT', '/api/accounts/new', { name: 'x', grants: [] }],
    ['change-accounts', 'POST', '/api/accounts/none/link'],
    ['read-audit', 'GET', '/api/branches/b/audit'],
    ['read-audit', 'GET', '/api/branches/b/audit/names'],
    ['print-ticket', 'POST', '/api/branches/b/tickets/t/print', { copy: 1, language: 'en' }],
    ['press-pad', 'POST', '/api/pad', { key: 'recall' }],
    ['rate-at-counter', 'POST', '/api/branches/b/ratings', { number: 'A001', score: 5 }],
    ['rate-own-visit', 'POST', '/api/branches/b/tickets/t/rating', { score: 5 }],
    ['be-notified', 'GET', '/api/branches/b/tickets/t/notices'],
    ['be-notified', 'DELETE', '/api/branches/b/tickets/t/notices'],
    ['identify-customer', 'GET', '/api/branches/b/identify'],
    ['handle-personal-data', 'GET', '/api/privacy/retention'],
    ['handle-personal-data', 'POST', '/api/privacy/export', {}],
    ['handle-personal-data', 'POST', '/api/privacy/erase', {}],
    ['handle-personal-data', 'POST', '/api/privacy/erase-case', {}],
    ['take-complaint', 'GET', '/api/branches/b/case-choices'],
    ['take-complaint', 'POST', '/api/branches/b/cases', {}],
    ['take-complaint', 'POST', '/api/cases/none/acts', { version: 1, act: { type: 'TakeCase' } }],
    ['read-cases', 'GET', '/api/cases'],
    ['read-cases', 'GET', '/api/cases/none'],
    ['handle-cases', 'GET', '/api/cases/none/letter'],
    ['see-reports', 'GET', '/api/reports?from=2026-11-01&to=2026-11-02'],
    ['mail-reports', 'GET', '/api/branches/b/report-subscriptions'],
    ['see-inbox', 'GET', '/api/inbox'],
    ['work-inbox', 'POST', '/api/inbox', {}],
    ['see-surveys', 'GET', '/api/surveys'],
    ['run-surveys', 'POST', '/api/surveys', {}],
    ['see-reviews', 'GET', '/api/branches/b/reviews'],
    ['hold-reviews', 'POST', '/api/branches/b/reviews/packs/2020-01', {}],
    ['request-meetings', 'POST', '/api/branches/b/reviews/meetings', {}],
    ['approve-meetings', 'POST', '/api/branches/b/reviews/meetings/none/approve', {}],
    ['close-minutes', 'POST', '/api/branches/b/reviews/meetings/none/close', {}],
    ['move-actions', 'POST', '/api/branches/b/reviews/actions/none/finish', {}],
    ['see-quarters', 'GET', '/api/reviews/quarters/2020-Q1'],
    ['approve-extensions', 'POST', '/api/cases/none/acts', { version: 1, act: { type: 'ApproveExtension' } }],
  ];
  test('everything else', async () => {
    expect(new Set(actions.map(([action]) => action))).toEqual(new Set(Object.keys(ACTIONS)));
    for (const [action, method, path, body] of actions) {
      const answer = await hall.call(method, path, { token: tokens.get(role), body });
      const refused = answer.status === 403 || answer.status === 401;
      expect({ action, path, allowed: !refused }).toEqual({ action, path, allowed: may(caller, action) });
    }
  });
});

function queryOf({ kind: _kind, ...rest }: Audience): string {
  return new URLSearchParams(rest as Record<string, string>).toString();
}

/** What is there for everybody: signing in, pairing, and the names of branches and counters that both need. */
const WITHOUT_IDENTITY = [
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
  'GET /openapi.json',
  // For this machine, or by a token of its own: tests/server/metrics.test.ts.
  'GET /metrics',
  // Pages hold nothing but the program.
  'GET /',
  'GET /t/:branchId/:ticketId',
  'GET /feedback/case/:number,/feedback/item/:number',
  // What the branch needs for a service, to take along.
  'GET /guide/:branchId/:serviceId',
  'GET /network',
  'POST /sessions',
  'GET /sign-in',
  'POST /sign-in',
  'POST /set-up/look',
  'POST /set-up',
  'POST /pairings',
  'POST /pairings/ask',
  // By the number and the key of the case.
  'POST /case-follow',
  'POST /case-follow/acts',
  'PUT /case-follow/files',
  'POST /case-follow/letter',
  // What the public page asks and says; counted by address, and a message by the code that was mailed.
  'GET /feedback',
  'POST /feedback',
  'POST /feedback/codes',
  'POST /feedback/follow',
  'GET /surveys/:surveyId/form',
  'POST /surveys/:surveyId/answers',
  // By the link of the ticket.
  'GET /ticket-survey',
  'POST /branches/:branchId/tickets/:ticketId/rating',
  'GET /branches/:branchId/tickets/:ticketId/notices',
  'PUT /branches/:branchId/tickets/:ticketId/notices',
  'DELETE /branches/:branchId/tickets/:ticketId/notices',
];

test('nothing is reachable without identity but signing in, pairing, and a ticket by its link', async () => {
  const routes = opened.flatMap(({ path, methods }) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.length).toBeGreaterThan(30);
  expect(WITHOUT_IDENTITY.filter((route) => !routes.includes(route))).toEqual([]);
  const command = { commandId: randomUUID(), command: { type: 'TakeTicket', services: ['transfer'] } };
  for (const route of routes.filter((one) => !WITHOUT_IDENTITY.includes(one))) {
    const [method = '', path = ''] = route.split(' ');
    const address = `/api${path.replace(':branchId', 'b').replace(':kind', 'manager').replace(/:\w+/g, 'x')}`;
    for (const token of [undefined, 'forged', await staleToken()]) {
      const { status } = await hall.call(method, address, { token, ...(method !== 'GET' && { body: command }) });
      expect({ route, token: token?.slice(0, 6), status: [401, 403].includes(status) ? 'refused' : status }).toEqual({
        ...{ route, token: token?.slice(0, 6), status: 'refused' },
      });
    }
  }
});

/** Of a session that was signed out. */
async function staleToken(): Promise<string> {
  const { body } = await hall.signIn('b', 'the-manager');
  const token = body['token'] as string;
  await hall.call('POST', '/api/sign-out', { token });
  return token;
}

test('once there is an administrator nobody gets a token by being at this machine', async () => {
  for (const role of ['kiosk', 'display', 'teller', 'manager', 'device']) {
    const { status, body } = await hall.call('POST', '/api/sessions', {
      body: { branchId: 'b', role, deviceId: 'm1' },
    });
    expect({ role, status, instead: body['instead'] }).toEqual({
      ...{ role, status: 403 },
      instead: role === 'teller' || role === 'manager' ? 'sign-in' : 'pair',
    });
  }
});
