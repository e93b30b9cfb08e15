import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { openPage } from './support/pages.ts';

/** What a kiosk does with what the server says of the paper; what the server says is tested with a printer in tests/server. */

const takeFirst = (page: Page) => page.locator('main .tile:not(.aside)').first().click();
const printed = (page: Page) => page.evaluate(() => Number(document.documentElement.dataset['printed'] ?? 0));

test('paper at once, none left and another try, the own printer of a kiosk, also without an answer', async ({
  browser,
  server,
}) => {
  const page = await openPage(browser, 'kiosk', `${server.url}/kiosk/?branch=station`);
  await page.evaluate(() => {
    window.print = () => {
      const { dataset } = document.documentElement;
      dataset['printed'] = String(Number(dataset['printed'] ?? 0) + 1);
    };
  });
  const asked: unknown[] = [];
  let outcome: string | undefined = 'failed';
  await page.route('**/api/branches/station/tickets/*/print', (route) => {
    asked.push(route.request().postDataJSON());
    return outcome === undefined ? route.abort() : route.fulfill({ json: { outcome } });
  });

  await takeFirst(page);
  await expect(page.locator('.scan')).toContainText('请拍照或扫码');
  expect(asked).toEqual([{ copy: 1, language: 'zh-CN', large: false }]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
  outcome = 'printed';
  await page.getByRole('button', { name: '再试一次' }).click();
  await expect(page.locator('.hero .lead')).toHaveText('请取走您的号码');
  expect(asked[1]).toMatchObject({ copy: 2 });
  await page.getByRole('button', { name: '完成' }).click();

  // Nothing prints by itself where there is no printer.
  outcome = 'no-printer';
  await takeFirst(page);
  const print = page.getByRole('button', { name: '打印号码' });
  await expect(print).toBeEnabled();
  expect(await printed(page)).toBe(0);
  await print.click();
  await expect.poll(() => printed(page)).toBe(1);
  await page.getByRole('button', { name: '完成' }).click();

  outcome = 'browser';
  await takeFirst(page);
  await expect.poll(() => printed(page)).toBe(2);
  await page.getByRole('button', { name: '完成' }).click();
  // It remembers that, for when the server does not answer.
  outcome = undefined;
  await takeFirst(page);
  await expect.poll(() => printed(page)).toBe(3);
  await expect(page.locator('.hero .lead')).toHaveText('请取走您的号码');
});
