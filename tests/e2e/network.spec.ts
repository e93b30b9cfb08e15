import { expect, test } from './support/fixtures.ts';
import { Hall } from './support/hall.ts';
import { openPage, signInAsManager, signInAtCounter } from './support/pages.ts';

const BRANCH = 'garden';
const COUNTER = 'c3';
/** A screen says that it is late after 8 s without a word from the server, and that it is cut off after 20 s. */
const CUT_OFF_MS = 30_000;

test('the server is killed in the middle of a visit: screens keep, mark, come back, and nothing is done twice', async ({
  browser,
  server,
}) => {
  const hall = new Hall(server.url, BRANCH);
  const at = (path: string) => `${server.url}${path}`;
  const display = await openPage(browser, 'display', at(`/display/?branch=${BRANCH}`));
  const counter = await openPage(browser, 'counter', at(`/counter-client/?branch=${BRANCH}`));
  const manager = await openPage(browser, 'manager', at(`/manager/?branch=${BRANCH}`));
  await signInAtCounter(counter, COUNTER, '2003');
  await signInAsManager(manager, '2004');
  const { number, ticketId } = await hall.take('passbook');
  const phone = await openPage(browser, 'phone', at(`/t/${BRANCH}/${ticketId}`));
  const chip = manager.getByRole('button', { name: new RegExp(`^${number}`) });
  const row = counter.getByTestId('queue').locator('li', { hasText: number });
  await expect(phone.locator('h1')).toContainText(number);
  await expect(row).toBeVisible();
  await expect(chip).toBeVisible();

  await server.kill();

  // "Next" is pressed into the void: the teller is told, and nothing is kept to be sent later.
  for (let press = 0; press < 3; press += 1) await counter.keyboard.press('F2');
  await expect(counter.getByTestId('notice')).toContainText(/连不上|中断|没有收到/);
  const cutOff = { timeout: CUT_OFF_MS };
  await expect(counter.getByText('连接中断，正在重连')).toBeVisible(cutOff);
  await expect(phone.locator('.strip')).toContainText('暂时连不上', cutOff);
  await expect(display.locator('.foot-offline')).toBeVisible(cutOff);
  await expect(manager.locator('main.stale')).toBeVisible(cutOff);

  // Marked as old, and still there.
  await expect(phone.locator('h1')).toContainText(number);
  await expect(row).toBeVisible();
  await expect(chip).toBeVisible();
  await expect(display.locator('[data-segment=non-cash]')).toContainText('1');
  // D10: the clock goes on.
  await expect(display.locator('.clock time')).toHaveText(/^\d\d:\d\d$/);

  await server.start();

  await expect(phone.locator('.strip')).toHaveCount(0, cutOff);
  await expect(display.locator('.foot-offline')).toHaveCount(0, cutOff);
  await expect(manager.locator('main.stale')).toHaveCount(0, cutOff);
  await expect(counter.getByTestId('counter-state')).toHaveAttribute('data-state', 'idle');
  const after = await hall.view('manager');
  expect(after.waiting.map((waiting) => waiting.number)).toEqual([number]);
  expect((await hall.view('display')).calls).toEqual([]);

  // The visit goes on where it stood.
  const primary = counter.getByTestId('primary');
  await expect(primary).not.toHaveAttribute('aria-disabled', 'true', cutOff);
  await counter.keyboard.press('F2');
  await expect(counter.getByTestId('current-ticket')).toContainText(number);
  await expect(phone.getByRole('alert')).toContainText('请到 3 号窗口');
  await expect(display.getByTestId('announced').locator('li')).toHaveCount(1);
  await counter.keyboard.press('F9');
  await expect(phone.getByText('正在为您办理')).toBeVisible();
  await counter.getByRole('button', { name: '完成不叫号' }).click();
  await expect(phone.getByText('已办完，谢谢您')).toBeVisible();
  const { today } = await hall.view('manager');
  expect(today).toMatchObject({ issued: 1, finished: 1, missed: 0, cancelled: 0 });
  await expect(display.getByTestId('announced').locator('li')).toHaveCount(1);
});

test('a kiosk whose line is cut and that could keep no numbers gives none, says so, and works again by itself', async ({
  browser,
  server,
}) => {
  const hall = new Hall(server.url, 'station');
  const kiosk = await openPage(browser, 'kiosk', 'about:blank');
  await kiosk.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  await kiosk.goto(`${server.url}/kiosk/?branch=station`);
  const tiles = kiosk.locator('main .tile:not(.aside)');
  await expect(tiles.first()).toBeEnabled();

  await kiosk.context().setOffline(true);
  await expect(kiosk.getByRole('heading', { name: '暂时无法取号' })).toBeVisible({ timeout: CUT_OFF_MS });
  await expect(tiles.first()).toBeDisabled();

  await kiosk.context().setOffline(false);
  await expect(tiles.first()).toBeEnabled({ timeout: CUT_OFF_MS });
  expect((await hall.view('manager')).today.issued).toBe(0);
});
