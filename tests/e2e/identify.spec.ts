import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { RunningServer } from '../support/running-server.ts';
import { openPage } from './support/pages.ts';

const CARD = '6222020200112233445';
const PHONE = '13812345678';

/** Between care and guide; what it says changes with what came of it. */
const tileOf = (kiosk: Page) => kiosk.locator('.around .tile').nth(1);

/** As a reader does: all of it in one breath. */
const CARD_KEYS = [...`;${CARD}=25125010000?`, 'Enter'];

test.describe('a customer who shows who they are', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lobbyflow-customers-'));
  const file = path.join(folder, 'customers.csv');
  let server: RunningServer;

  test.beforeAll(async () => {
    const soon = new Date(Date.now() + 5 * 60_000).toISOString();
    const lines = [`${CARD},${PHONE},,private,,`, ',13900000000,,,older,', `,,LF-APPT-1,,,garden ${soon} transfer`];
    writeFileSync(file, `card,phone,qr,tier,careNeeds,appointment\n${lines.join('\n')}\n`);
    server = await RunningServer.launch({ env: { LOBBYFLOW_CUSTOMERS_FILE: file } });
  });
  test.afterAll(async () => {
    await server.dispose();
    rmSync(folder, { recursive: true });
  });

  test('with a card at the reader gets the number that is due to them', async ({ browser }) => {
    const kiosk = await openPage(browser, 'kiosk', `${server.url}/kiosk/?branch=garden`);
    const tile = tileOf(kiosk);
    await expect(tile).toContainText('刷卡或输手机号');
    await kiosk.evaluate((keys) => {
      for (const key of keys)
        window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }, CARD_KEYS);
    await expect(tile).toContainText('已识别');
    await kiosk
      .getByRole('button', { name: /转账汇款/ })
      .first()
      .click();
    await expect(kiosk.locator('h1 .number > [aria-hidden]')).toHaveText(/^V\d{3}$/);
    // The next one is nobody again.
    await kiosk.getByRole('button', { name: '完成' }).click();
    await expect(tile).toContainText('刷卡或输手机号');
  });

  test('K5 with the code of an appointment gets its number without a tap, and once', async ({ browser }) => {
    const kiosk = await openPage(browser, 'kiosk', `${server.url}/kiosk/?branch=garden`);
    await expect(tileOf(kiosk)).toContainText('刷卡或输手机号');
    const scan = () =>
      kiosk.evaluate(
        (keys) => {
          for (const key of keys)
            window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        },
        [...'LF-APPT-1', 'Enter'],
      );
    await scan();
    await expect(kiosk.locator('h1 .number > [aria-hidden]')).toHaveText(/^[A-Z]\d{3}$/);
    await expect(kiosk.getByRole('status').first()).toContainText('您预约的');
    await kiosk.getByRole('button', { name: '完成' }).click();
    // Shown again it says who it is, and no more.
    await scan();
    await expect(tileOf(kiosk)).toContainText('已识别');
    await expect(kiosk.locator('h1 .number')).toHaveCount(0);
  });

  test('with a phone number on the keys, and every panel has room for them', async ({ browser }) => {
    for (const size of ['kiosk', 'counter'] as const) {
      const kiosk = await openPage(browser, size, `${server.url}/kiosk/?branch=garden`);
      // The guide stands in its place until the branch has said that it looks customers up.
      await expect(tileOf(kiosk)).toContainText('刷卡或输手机号');
      await tileOf(kiosk).click();
      for (const digit of '13900000000') await kiosk.getByRole('button', { name: digit, exact: true }).click();
      await expect(kiosk.getByRole('status', { name: '输入的手机号' })).toHaveText('139 0000 0000');
      const overflow = await kiosk.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
      expect(overflow).toBeLessThanOrEqual(0);
      const { violations } = await new AxeBuilder({ page: kiosk }).analyze();
      expect(violations.map(({ id }) => id)).toEqual([]);
      await kiosk.getByRole('button', { name: '确定' }).click();
      await expect(tileOf(kiosk)).toContainText('已识别');
      await kiosk.context().close();
    }
  });
});

test('a directory that never answers: the kiosk says so in under a second, and gives an ordinary number', async ({
  browser,
}) => {
  const silent: Server = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const server = await RunningServer.launch({ env: { LOBBYFLOW_DIRECTORY_URL: `http://127.0.0.1:${port}/` } });
  const kiosk = await openPage(browser, 'kiosk', `${server.url}/kiosk/?branch=garden`);
  await expect(tileOf(kiosk)).toContainText('刷卡或输手机号');
  await tileOf(kiosk).click();
  for (const digit of PHONE) await kiosk.getByRole('button', { name: digit, exact: true }).click();
  const waited = await kiosk.evaluate(async () => {
    const began = performance.now();
    [...document.querySelectorAll('button')].find((button) => button.textContent?.includes('确定'))?.click();
    while (document.querySelector('.pad') !== null) await new Promise(requestAnimationFrame);
    return performance.now() - began;
  });
  expect(waited).toBeLessThan(1_000);
  await expect(tileOf(kiosk)).toContainText('暂时查不到');
  await kiosk
    .getByRole('button', { name: /转账汇款/ })
    .first()
    .click();
  await expect(kiosk.locator('h1 .number > [aria-hidden]')).toHaveText(/^[A-U]\d{3}$/);
  await server.dispose();
  silent.closeAllConnections();
  silent.close();
});
