import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Server } from 'socket.io';
import { connect, newCommandId, type Connection } from '../../client/connection.ts';
import type { KioskView } from '../../domain/views/views.ts';
import { commandIdSchema } from '../../protocol/commands.ts';
import type { Hello, Problem } from '../../protocol/messages.ts';

/** A server of a few lines, so that a test decides what it answers, and when it says nothing. */

const view = (day: string, waiting: number): KioskView => ({
  ...{ kind: 'kiosk', day, open: true, waiting, countersOpen: 1, segments: [], services: [] },
});
const UNSIGNED: Problem = { code: 'not-signed-in', message: '' };

let http: HttpServer;
let io: Server;
let line: Connection | undefined;
let hellos: Hello[];
let commandIds: string[];
let welcome: object;
let silentCommands: number;
let seen: number[];
let problems: (string | undefined)[];

beforeEach(async () => {
  hellos = [];
  commandIds = [];
  seen = [];
  problems = [];
  silentCommands = 0;
  welcome = { ok: true, profile: {}, version: 5, at: 1_000, view: view('2026-11-24', 5) };
  http = createServer();
  io = new Server(http);
  io.on('connection', (socket) => {
    socket.on('hello', (message: Hello, answer: (welcome: object) => void) => {
      hellos.push(message);
      answer(welcome);
    });
    socket.on('command', (message: { commandId: string }, answer: (ack: object) => void) => {
      commandIds.push(message.commandId);
      if (silentCommands-- > 0) return;
      answer({ ok: true, version: 6, answer: {} });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  line?.close();
  line = undefined;
  await io.close();
});

function open(): Connection {
  line = connect({
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    branchId: 'harbour',
    audience: { kind: 'kiosk' },
    onView: (message) => seen.push((message.view as KioskView).waiting),
    onProfile: () => undefined,
    onAlive: () => undefined,
    onProblem: (problem) => problems.push(problem?.code),
  });
  return line;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
const push = (version: number, at: number, shown: KioskView) => io.emit('view', { version, at, view: shown });

describe('the line to a branch', () => {
  test('keeps the newest view, whatever order they come in; a new day starts its versions again', async () => {
    const { ready } = open();
    await until(ready);
    push(7, 1_200, view('2026-11-24', 7));
    push(6, 1_100, view('2026-11-24', 6));
    push(7, 1_100, view('2026-11-24', 60));
    push(7, 1_300, view('2026-11-24', 70));
    push(1, 2_000, view('2026-11-25', 1));
    await until(() => seen.at(-1) === 1);
    expect(seen).toEqual([5, 7, 70, 1]);
  });

  test('says hello again after every break, with the version that it shows', async () => {
    const { ready } = open();
    await until(ready);
    io.disconnectSockets(true);
    await until(() => !ready());
    await until(ready);
    expect(hellos.map(({ branchId, audience, lastVersion }) => ({ branchId, audience, lastVersion }))).toEqual([
      { branchId: 'harbour', audience: { kind: 'kiosk' }, lastVersion: undefined },
      { branchId: 'harbour', audience: { kind: 'kiosk' }, lastVersion: 5 },
    ]);
  });

  test('sends nothing while it is not connected, and nothing later', async () => {
    const { ready, send } = open();
    expect(await send({ type: 'CallNext', counterId: 'c1' })).toEqual({ ok: false, unsent: true });
    await until(ready);
    expect(commandIds).toEqual([]);
  });

  test('asks once more with the same id, then says that it is not confirmed', async () => {
    const { ready, send } = open();
    await until(ready);
    silentCommands = 2;
    const result = await send({ type: 'CallNext', counterId: 'c1' });
    expect(result).toEqual({ ok: false, unconfirmed: true, commandId: commandIds[0] });
    expect(commandIds).toEqual([commandIds[0], commandIds[0]]);

    expect(await send({ type: 'CallNext', counterId: 'c1' }, commandIds[0])).toMatchObject({ ok: true });
    expect(new Set(commandIds).size).toBe(1);
  });

  test('gives on why it was refused, and stays silent until somebody connects it again', async () => {
    welcome = { ok: false, problem: UNSIGNED };
    const { ready, reconnect } = open();
    await until(() => problems.length > 0);
    expect([ready(), problems]).toEqual([false, ['not-signed-in']]);
    welcome = { ok: true, profile: {}, version: 5, at: 1_000, view: view('2026-11-24', 5) };
    reconnect();
    await until(ready);
    expect(problems).toEqual(['not-signed-in', undefined]);
  });

  test('comes back by itself from what passes', async () => {
    welcome = { ok: false, problem: { code: 'store-away', message: '' } };
    const { ready } = open();
    await until(() => problems.length > 0);
    welcome = { ok: true, profile: {}, version: 5, at: 1_000, view: view('2026-11-24', 5) };
    await until(ready);
    expect(hellos.length).toBeGreaterThan(1);
  });
});

test('command ids are UUIDs that the server takes', () => {
  const ids = Array.from({ length: 50 }, newCommandId);
  expect(new Set(ids).size).toBe(50);
  for (const id of ids) expect(commandIdSchema.safeParse(id).success).toBe(true);
});
