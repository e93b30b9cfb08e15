import type { Page } from '@playwright/test';
import { ensurePostgres, freshDatabase } from '../support/postgres.ts';
import { PrivateRedis } from '../support/redis.ts';
import { RunningServer } from '../support/running-server.ts';
import { expect, test as base } from './support/fixtures.ts';
import { Hall } from './support/hall.ts';
import { openPage, signInAsManager, signInAtCounter } from './support/pages.ts';

/** The hall on two server processes, with one PostgreSQL and one Redis: every screen is at another process than the one it answers to. */

const BRANCH = 'harbour';
const COUNTER = 'c1';

interface Topology {
  readonly one: RunningServer;
  readonly two: RunningServer;
  readonly redis: PrivateRedis;
}

const test = base.extend<object, { readonly topology: Topology }>({
  topology: [
    async ({}, use) => {
      const [postgres, redis] = await Promise.all([ensurePostgres(), PrivateRedis.launch()]);
      const database = await freshDatabase(postgres);
      const env = { DATABASE_URL: database.url, REDIS_URL: redis.url };
      const [one, two] = await Promise.all([RunningServer.launch({ env }), RunningServer.launch({ env })]);
      await use({ one, two, redis });
      await Promise.all([one.dispose(), two.dispose()]);
      await redis.stop();
      await database.drop();
      await postgres.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

interface Screens {
  readonly kiosk: Page;
  readonly display: Page;
  readonly counter: Page;
  readonly manager: Page;
}

const degraded = async ({ url }: RunningServer) => {
  const response = await fetch(`${url}/health`);
  const { ready, degraded } = (await response.json()) as { ready: boolean; degraded: boolean };
  return ready ? degraded : 'not ready';
};

/** Takes a number at the kiosk and goes back to the start for the next one. */
async function takeNumber(kiosk: Page): Promise<string> {
  await kiosk.getByRole('button', { name: /存取现金/ }).click();
  const number = (await kiosk.locator('h1 .number > [aria-hidden]').textContent()) ?? '';
  expect(number).toMatch(/^A\d{3}$/);
  await kiosk.reload();
  return number;
}

/** From the tap at the kiosk of one process to "finished" at the counter of the other; seen meanwhile at the screens of both. */
async function oneVisit({ kiosk, display, counter, manager }: Screens): Promise<string> {
  const number = await takeNumber(kiosk);
  await expect(counter.getByTestId('queue').locator('li')).toContainText([number]);
  await expect(manager.getByRole('button', { name: new RegExp(`^${number}`) })).toBeVisible();
  await expect(display.locator('[data-segment=cash]')).toContainText('1');

  await serve({ kiosk, display, counter, manager }, number);
  return number;
}

/** Called, shown, served and finished. */
async function serve({ display, counter, manager }: Screens, number: string): Promise<void> {
  await expect(counter.getByTestId('primary')).not.toHaveAttribute('aria-disabled', 'true');
  await counter.keyboard.press('F2');
  await expect(counter.getByTestId('current-ticket')).toContainText(number);
  await expect(display.getByTestId('now-number')).toHaveText(number);
  await expect(display.getByTestId('now-counter')).toHaveText('1');
  await expect(manager.getByRole('button', { name: new RegExp(`^1 号 叫号中 ${number}`) })).toBeVisible();

  await counter.keyboard.press('F9');
  await expect(counter.getByTestId('counter-state')).toHaveAttribute('data-state', 'serving');
  await counter.getByRole('button', { name: '完成不叫号' }).click();
  await expect(counter.getByTestId('counter-state')).toHaveAttribute('data-state', 'idle');
  await expect(display.locator('[data-segment=cash]')).toContainText('0');
}

test('a visit between two server processes, and Redis is killed and comes back in the middle', async ({
  browser,
  topology: { one, two, redis },
}) => {
  const at = (server: RunningServer, path: string) => `${server.url}${path}?branch=${BRANCH}`;
  const screens: Screens = {
    kiosk: await openPage(browser, 'kiosk', at(one, '/kiosk/')),
    counter: await openPage(browser, 'counter', at(two, '/counter-client/')),
    display: await openPage(browser, 'display', at(one, '/display/')),
    manager: await openPage(browser, 'manager', at(two, '/manager/')),
  };
  await signInAtCounter(screens.counter, COUNTER, '1001');
  await signInAsManager(screens.manager, '1008');
  const numbers = [await oneVisit(screens)];

  // Redis dies while somebody waits: nobody in the hall notices, but for a second more on the way.
  const waiting = await takeNumber(screens.kiosk);
  await redis.kill();
  await expect.poll(() => degraded(one)).toBe(true);
  await expect.poll(() => degraded(two)).toBe(true);
  await expect(screens.counter.getByTestId('queue').locator('li')).toContainText([waiting]);
  await serve(screens, waiting);
  numbers.push(waiting);
  numbers.push(await oneVisit(screens));

  // And it comes back, empty, as if it had never been there.
  await redis.start();
  await expect.poll(() => degraded(one)).toBe(false);
  await expect.poll(() => degraded(two)).toBe(false);
  numbers.push(await oneVisit(screens));

  // Each number once, in order, called once; both processes tell the same.
  expect(numbers).toEqual(['A001', 'A002', 'A003', 'A004']);
  const seen = await Promise.all([one, two].map(async ({ url }) => new Hall(url, BRANCH).view('manager')));
  for (const { today, waiting: left } of seen)
    expect({ issued: today.issued, finished: today.finished, waiting: left.length }).toEqual({
      issued: 4,
      finished: 4,
      waiting: 0,
    });
  for (const number of numbers)
    await expect(screens.display.getByTestId('announced').locator(`[data-number="${number}"]`)).toHaveCount(1);
});
