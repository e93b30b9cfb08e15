import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { Hall } from '../e2e/support/hall.ts';
import { RunningServer } from '../support/running-server.ts';
import { Caller } from '../support/caller.ts';

/** kill -9 of the embedded installation in the middle of taking numbers: what was acknowledged is there. */

const KILLS = 4;
const TICKETS = 1_000;
const KIOSKS = 8;
const SEED = 20_261_124;
const branchId = 'station';

let server: RunningServer;
beforeAll(async () => {
  server = await RunningServer.launch();
}, 120_000);
afterAll(() => server.dispose());

/** Takes numbers at all kiosks at once, until so many are acknowledged; then does `then` while others are on their way. */
async function takeUntil(goal: number, acknowledged: string[], then?: () => Promise<void>): Promise<void> {
  const kiosks = await Promise.all(
    Array.from({ length: KIOSKS }, () => Caller.signIn(server.url, { branchId, role: 'kiosk' })),
  );
  let reached: Promise<void> | undefined;
  await Promise.all(
    kiosks.map(async (kiosk) => {
      while (reached === undefined) {
        const ack = await kiosk.send({ type: 'TakeTicket', services: ['transfer'] }).catch(() => undefined);
        if (ack?.ok) acknowledged.push(ack.answer.issued?.ticketId ?? '');
        if (acknowledged.length >= goal) reached ??= then?.() ?? Promise.resolve();
      }
    }),
  );
  await reached;
  kiosks.forEach((kiosk) => kiosk.leave());
}

test(`kill -9, ${KILLS} times in ${TICKETS} acknowledged tickets: none is missing`, async () => {
  const chance = xoroshiro128plus(SEED);
  const moments = Array.from({ length: KILLS }, () => uniformInt(chance, 1, TICKETS - 1)).sort(
    (one, other) => one - other,
  );
  const acknowledged: string[] = [];
  for (const moment of moments) {
    await takeUntil(moment, acknowledged, () => server.kill());
    await server.start();
  }
  await takeUntil(TICKETS, acknowledged);

  const { waiting } = await new Hall(server.url, branchId).view('manager');
  const there = new Set(waiting.map(({ ticketId }) => ticketId));
  const missing = acknowledged.filter((ticketId) => !there.has(ticketId));
  console.log(
    `${KILLS} kills (seed ${SEED}): ${acknowledged.length} acknowledged, ${waiting.length} there, ${missing.length} missing`,
  );
  expect(missing).toEqual([]);
  expect(new Set(waiting.map(({ number }) => number)).size).toBe(waiting.length);
}, 500_000);
