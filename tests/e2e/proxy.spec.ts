import type { Browser, Page } from '@playwright/test';
import { ensurePostgres, freshDatabase } from '../support/postgres.ts';
import { RunningProxy } from '../support/proxy.ts';
import { PrivateRedis } from '../support/redis.ts';
import { RunningServer } from '../support/running-server.ts';
import { expect, test as base } from './support/fixtures.ts';
import { openPage, signInAtCounter } from './support/pages.ts';

/** What compose.yaml starts, as plain processes: proxy with TLS, two servers, PostgreSQL, Redis. */

interface Topology {
  readonly servers: readonly [RunningServer, RunningServer];
  readonly proxy: RunningProxy;
}

const test = base.extend<object, { readonly topology: Topology }>({
  topology: [
    async ({}, use) => {
      const [postgres, redis] = await Promise.all([ensurePostgres(), PrivateRedis.launch()]);
      const database = await freshDatabase(postgres);
      const env = {
        DATABASE_URL: database.url,
        REDIS_URL: redis.url,
        TRUST_PROXY: '1',
        LOBBYFLOW_SECRET: 'the same for both servers, so that a token is good at either',
      };
      const servers = await Promise.all([RunningServer.launch({ env }), RunningServer.launch({ env })] as const);
      const proxy = await RunningProxy.launch(servers);
      await use({ servers, proxy });
      await proxy.stop();
      await Promise.all(servers.map((server) => server.dispose()));
      await redis.stop();
      await database.drop();
      await postgres.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});
// The proxy's authority is a minute old, and no browser knows it.
test.use({ ignoreHTTPSErrors: true });

/** How many screens of each kind are connected to a server; none to one that is down. */
async function screensAt({ url }: RunningServer): Promise<Record<string, number>> {
  const none = { kiosk: 0, display: 0, counter: 0, manager: 0, rating: 0 };
  const response = await fetch(`${url}/health`).catch(() => undefined);
  return response === undefined ? none : ((await response.json()) as { screens: typeof none }).screens;
}

interface Screens {
  readonly kiosk: Page;
  readonly counter: Page;
  readonly display: Page;
}

async function openBranch(browser: Browser, proxy: RunningProxy, branch: string): Promise<Screens> {
  const at = (screen: string) => `${proxy.url}/${screen}/?branch=${branch}`;
  return {
    kiosk: await openPage(browser, 'kiosk', at('kiosk')),
    counter: await openPage(browser, 'counter', at('counter-client')),
    display: await openPage(browser, 'display', at('display')),
  };
}

async function takeAndCall({ kiosk, counter, display }: Screens): Promise<string> {
  await kiosk.getByRole('button', { name: /存取现金/ }).click();
  const number = (await kiosk.locator('h1 .number > [aria-hidden]').textContent()) ?? '';
  await expect(counter.getByTestId('queue').locator('li')).toContainText([number]);
  await expect(counter.getByTestId('primary')).not.toHaveAttribute('aria-disabled', 'true');
  await counter.keyboard.press('F2');
  await expect(counter.getByTestId('current-ticket')).toContainText(number);
  await expect(display.getByTestId('now-number')).toHaveText(number);
  return number;
}

test('through the proxy a branch is at one server; when that one is killed its screens come to the other by themselves', async ({
  browser,
  topology: { servers, proxy },
}) => {
  const screens = await openBranch(browser, proxy, 'harbour');
  await signInAtCounter(screens.counter, 'c1', '1001');
  const first = await takeAndCall(screens);

  const together = { kiosk: 1, display: 1, counter: 1, manager: 0, rating: 0 };
  const kiosks = await Promise.all(servers.map(async (server) => (await screensAt(server))['kiosk']));
  expect([...kiosks].sort()).toEqual([0, 1]);
  const [holder, other] = kiosks[0] === 1 ? servers : [servers[1], servers[0]];
  expect(await screensAt(holder)).toEqual(together);

  await holder.kill();
  await expect.poll(() => screensAt(other), { timeout: 30_000 }).toEqual(together);

  // The hall goes on where it was.
  await expect(screens.counter.getByTestId('current-ticket')).toContainText(first);
  await screens.kiosk.reload();
  await screens.counter.keyboard.press('F9');
  await expect(screens.counter.getByTestId('counter-state')).toHaveAttribute('data-state', 'serving');
  await screens.counter.getByRole('button', { name: '完成不叫号' }).click();
  await expect(screens.counter.getByTestId('counter-state')).toHaveAttribute('data-state', 'idle');
  const second = await takeAndCall(screens);
  expect([first, second]).toEqual(['A001', 'A002']);
});

test('what is for the operator is not shown through the proxy', async ({ topology: { proxy }, request }) => {
  for (const path of ['/metrics', '/health']) expect((await request.get(`${proxy.url}${path}`)).status()).toBe(404);
  expect((await request.get(`${proxy.url}/api/network`)).ok()).toBe(true);
});
