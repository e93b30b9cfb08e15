import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import { anyServer, bothModes, seconds, type Fault, type Scene } from '../support/fault.ts';
import { tokenFor } from '../support/place.ts';
import { BareClient } from '../support/web-socket.ts';

/** Clients that do not read, and clients that are none. The others must not feel it, and the server not grow. */

const SLOW_CLIENTS = 20;
const BAD_CONNECTIONS = 3_000;
const MOST_GROWTH_MB = 150;
/** The others may wait this many times as long as before, and this long at least, ms. */
const SLOWED = { times: 10, ms: 250 };

export const slowClients: Fault = {
  name: 'slow-clients',
  modes: bothModes,
  async strike(scene) {
    const { server, name } = anyServer(scene);
    const { branchId } = scene.site.hall;
    const token = await tokenFor(scene.site, { role: 'manager' });
    const clients: BareClient[] = [];
    const watched = await watchOthers(scene, server.process.pid, async () => {
      for (let count = 0; count < SLOW_CLIENTS; count += 1) {
        const client = await BareClient.join(server.process.port, token);
        client.say(
          `420["hello",${JSON.stringify({ protocol: PROTOCOL_VERSION, branchId, audience: { kind: 'manager' } })}]`,
        );
        client.socket.pause();
        clients.push(client);
      }
      // They ask, and ask again, and never read an answer.
      for (let round = 0; round < 40; round += 1) {
        for (const client of clients) for (let each = 0; each < 50; each += 1) client.say('42["command",{}]');
        await delay(100);
      }
    });
    clients.forEach(({ socket }) => socket.destroy());
    return `${SLOW_CLIENTS} screens at ${name} that do not read: ${watched}`;
  },
};

export const badConnections: Fault = {
  name: 'bad-connections',
  modes: bothModes,
  async strike(scene) {
    const { server, name } = anyServer(scene);
    const { port, pid } = server.process;
    const clients: BareClient[] = [];
    const watched = await watchOthers(scene, pid, async () => {
      for (let count = 0; count < BAD_CONNECTIONS; count += 50)
        clients.push(...(await Promise.all(Array.from({ length: 50 }, (_, place) => misbehave(port, count + place)))));
      const flooders = clients.filter((_, place) => place % 10 === 9);
      for (let round = 0; round < 20; round += 1) {
        for (const client of flooders) client.say(nonsense(round));
        await delay(50);
      }
    });
    clients.forEach(({ socket }) => socket.destroy());
    return `${BAD_CONNECTIONS} bad connections to ${name}: ${watched}`;
  },
};

/** Half an introduction, noise, a handshake that stops, a web socket that sends nonsense. */
async function misbehave(port: number, place: number): Promise<BareClient> {
  const kind = place % 10;
  if (kind === 9) return BareClient.join(port, 'none');
  const client = await BareClient.dial(port);
  if (kind < 3) client.socket.write('GET /socket.io/?EIO=4&transp');
  else if (kind < 6) client.socket.write(randomBytes(200));
  else if (kind < 8) client.upgrade();
  else client.socket.write('POST /api/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n{');
  return client;
}

function nonsense(round: number): string {
  const messages = [
    '42["command"]',
    '420["hello",{"protocol":"x"}]',
    '42["open",[[[[]]]]]',
    '4',
    '49{',
    '42["command",{"a":1}]',
  ];
  return messages[round % messages.length] ?? '';
}

/** @returns how the others fared meanwhile, in words. @throws when they were slowed, or the server grew */
async function watchOthers({ ledger }: Scene, pid: number | undefined, act: () => Promise<void>): Promise<string> {
  const quiet = performance.now();
  await delay(1_500);
  const before = ledger.medianSince(quiet) ?? 0;
  const sizeBefore = residentMb(pid);
  const began = performance.now();
  await act();
  const during = ledger.medianSince(began);
  const grown = residentMb(pid) - sizeBefore;
  const words =
    `the others' answers took ${before.toFixed(0)} ms before and ${during?.toFixed(0)} ms during ${seconds(performance.now() - began)}, ` +
    `the server grew by ${grown.toFixed(0)} MB`;
  if (during === undefined || during > Math.max(SLOWED.ms, before * SLOWED.times))
    throw new Error(`the hall was slowed: ${words}`);
  if (grown > MOST_GROWTH_MB) throw new Error(`the server grows: ${words}`);
  return words;
}

function residentMb(pid: number | undefined): number {
  const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kb) / 1024;
}
