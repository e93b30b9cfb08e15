import type { Page } from '@playwright/test';
import { RunningServer } from '../support/running-server.ts';
import { expect, test as base } from './support/fixtures.ts';
import { openPage, signInAsManager } from './support/pages.ts';

const BRANCH = 'harbour';
/** Without a finished day. */
const NEW_BRANCH = 'garden';
/** A day is played in seconds, also on a machine that has other things to do. */
const PLAYED = { timeout: 90_000 };

const test = base.extend<object, { history: RunningServer }>({
  history: [
    async ({}, use) => {
      const server = await RunningServer.launch({ pastDays: ['--branch', BRANCH, '--days', '2'] });
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** Signed in, at a place of the console. */
async function consoleAt(
  browser: Parameters<typeof openPage>[0],
  server: RunningServer,
  hash: string,
  branch = BRANCH,
) {
  const page = await openPage(browser, 'manager', `${server.url}/manager/?branch=${branch}${hash}`);
  await signInAsManager(page, branch === BRANCH ? '1012' : '2008');
  return page;
}

async function report<T>(page: Page, path: string): Promise<T> {
  return page.evaluate(async (address) => {
    const key = Object.keys(sessionStorage).find(
      (name) => name.startsWith('lobbyflow.session') && name.endsWith('/1012'),
    );
    const { token } = JSON.parse(sessionStorage.getItem(key ?? '') ?? '{}') as { token: string };
    const response = await fetch(`/api/branches/harbour/${address}`, { headers: { authorization: `Bearer ${token}` } });
    return (await response.json()) as T;
  }, path);
}

test('the pages are reached by keyboard and by address, and the charts are loaded only there', async ({
  browser,
  history,
}) => {
  const page = await consoleAt(browser, history, '');
  const scripts: string[] = [];
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
  await expect(page.locator('.kpis')).toBeVisible();
  expect(scripts).toEqual([]);

  await page.getByRole('button', { name: '当日数据' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/figures$/);
  await expect(page.getByTestId('insight-empty')).toBeVisible();
  expect(scripts.length).toBeGreaterThan(0);
  await page.getByRole('button', { name: '前一天' }).press('Enter');
  await expect(page).toHaveURL(/#\/figures\?day=\d{4}-\d\d-\d\d$/);
  await expect(page.locator('.canvas canvas')).toHaveCount(3);

  // The address alone brings the same day back.
  const day = await page.getByRole('combobox').inputValue();
  await page.reload();
  await expect(page.getByRole('combobox')).toHaveValue(day);
  await expect(page.getByRole('button', { name: '当日数据' })).toHaveAttribute('aria-current', 'page');
  await page.goBack();
  await expect(page).toHaveURL(/#\/figures$/);
  await page.goBack();
  await expect(page.locator('.kpis')).toBeVisible();
});

test('a finished day: the page says what the log says', async ({ browser, history }) => {
  const page = await consoleAt(browser, history, '#/what-if');
  const { days } = await report<{ days: string[] }>(page, 'recorded-days');
  expect(days).toHaveLength(2);
  const day = days[0] ?? '';
  await page.evaluate((hash) => (location.hash = hash), `#/figures?day=${day}`);

  const { figures } = await report<{
    figures: { issued: number; meanWait: number; waits: { all: { mean: number }[] }; windows: unknown[] };
  }>(page, `reports/day?day=${day}`);
  expect(figures.issued).toBeGreaterThan(100);
  await expect(page.locator('.tiles')).toContainText(String(figures.issued));
  const waits = page.locator('figure', { hasText: '全天等候时间' });
  await expect(waits).toContainText(`客户平均等了 ${figures.meanWait.toFixed(1)} 分钟`);
  await waits.locator('summary').click();
  const shown = await waits.locator('tbody tr td:nth-child(2)').allInnerTexts();
  expect(shown.filter((text) => text !== '–')).toEqual(figures.waits.all.map(({ mean }) => mean.toFixed(1)));
  await expect(waits.locator('canvas')).toHaveAttribute('aria-label', /^全天等候时间: 客户平均/);
  const canvas = await waits.locator('canvas').elementHandle();
  await waits.getByText('贵宾服务').click();
  await expect(waits).not.toContainText(`客户平均等了 ${figures.meanWait.toFixed(1)} 分钟`);
  // The same picture, drawn anew: nothing flickers.
  expect(await canvas?.evaluate((element) => element.isConnected)).toBe(true);

  const forecast = await report<{ expected: { tickets: number } }>(page, `forecast?day=${day}`);
  await expect(page.getByTestId('day-charts')).toContainText(`全天预测 ${forecast.expected.tickets} 个`);

  const effects = await report<{
    approved: number;
    measured: number;
    proposals: { status: string }[];
    kept: { mean: { held: number } };
  }>(page, `reports/effects?day=${day}`);
  expect(effects.measured).toBeGreaterThan(0);
  const panel = page.getByTestId('effects');
  await expect(panel).toContainText(`共 ${effects.proposals.length} 条建议，采纳 ${effects.approved} 条`);
  await expect(panel).toContainText(`兑现了 ${Math.round(effects.kept.mean.held * 100)}%`);
  await expect(panel.locator('tbody tr')).toHaveCount(effects.approved);

  const estimates = await report<{ all: { visits: number; inRange: number } }>(page, `reports/estimates?day=${day}`);
  await expect(page.getByTestId('estimates')).toContainText(
    `${estimates.all.visits} 位客户中，${Math.round(estimates.all.inRange * 100)}%`,
  );
});

test('what if: a day is played again, is found to be itself, and stands beside another course', async ({
  browser,
  history,
}) => {
  test.slow();
  const page = await consoleAt(browser, history, '#/what-if');
  const boxes = page.locator('.choice input[type=checkbox]');
  await expect(boxes).toHaveCount(7);
  // Three at most; the others wait until one is given up.
  await boxes.nth(4).check();
  await boxes.nth(0).check();
  await expect(boxes.nth(5)).toBeDisabled();
  await boxes.nth(0).uncheck();
  await page.locator('.choice summary').first().click();
  const openAbove = page.getByLabel('每个窗口等候超过几人就开');
  await openAbove.fill('0');
  await expect(page.getByTestId('play')).toBeDisabled();
  await openAbove.fill('4');
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/what-if'));
  await page.getByTestId('play').click();
  expect((await sent).postDataJSON()).toMatchObject({
    policies: [
      { floating: { policy: 'threshold', threshold: { openAbove: 4, closeAfterIdleMinutes: 10 } } },
      { floating: { policy: 'manual' } },
    ],
  });
  await expect(page.getByTestId('run-progress')).toBeVisible();
  await expect(page.getByTestId('what-if-outcome')).toBeVisible(PLAYED);
  await expect(page.getByTestId('same-as-recorded')).toContainText('每一步都与当天的记录相同');
  await expect(page.getByTestId('headline')).toHaveCount(2);
  await expect(page.getByTestId('headline').nth(1)).toContainText(
    /用“不用弹性窗口”，客户平均等 [\d.]+ 分钟.+少用 \d+ 分钟人手/,
  );
  await expect(page.getByTestId('what-if-outcome').locator('.sheet thead th')).toHaveText([
    '当天的规则',
    '按排队人数',
    '不用弹性窗口',
  ]);
  await expect(page.getByTestId('what-if-outcome').locator('canvas')).toHaveCount(2);

  // An outcome never stands under the date of another day.
  await page.getByRole('button', { name: '前一天' }).click();
  await expect(page.getByTestId('what-if-outcome')).toHaveCount(0);
});

test('without a finished day, refused, and cut off: the page says so and goes on', async ({ browser, history }) => {
  test.slow();
  const fresh = await consoleAt(browser, history, '#/what-if', NEW_BRANCH);
  await expect(fresh.getByTestId('insight-empty')).toContainText('还没有已结束的营业日');

  const page = await consoleAt(browser, history, '#/what-if');
  const problem = { code: 'busy', message: 'later' };
  await page.route('**/what-if', (route) => route.fulfill({ status: 503, json: { ok: false, problem } }));
  await page.getByTestId('play').click();
  await expect(page.getByRole('alert')).toContainText('正在推演别的日子');
  await page.unroute('**/what-if');
  await page.route('**/what-if/*', (route) => route.fulfill({ json: { state: 'failed', why: 'too-long' } }));
  await page.getByTestId('play').click();
  await expect(page.getByRole('alert')).toContainText('推演时间太长');

  await page.route('**/reports/day*', (route) => route.abort());
  await page.getByRole('button', { name: '当日数据' }).click();
  await page.getByRole('button', { name: '前一天' }).click();
  await expect(page.getByRole('alert')).toContainText('现在读不到记录');
  await page.unroute('**/reports/day*');
  await page.getByRole('button', { name: '再试一次' }).click();
  await expect(page.locator('.canvas canvas')).toHaveCount(3);

  const other = await consoleAt(browser, history, '#/what-if');
  await expect(other.getByTestId('play')).toBeEnabled();
  const consoles = [page, other];
  for (const each of consoles) await each.context().setOffline(true);
  // What was read stays to be read, and nothing new is begun.
  await expect(page.locator('main.stale')).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('.canvas canvas')).toHaveCount(3);
  await expect(other.getByText('连接中断，恢复后可以重新开始。')).toBeVisible({ timeout: 60_000 });
  await expect(other.getByTestId('play')).toBeDisabled();
  for (const each of consoles) await each.context().setOffline(false);
  await expect(page.locator('main.stale')).toHaveCount(0, { timeout: 60_000 });
  await expect(other.getByTestId('play')).toBeEnabled({ timeout: 60_000 });
});
