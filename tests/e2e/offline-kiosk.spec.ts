import type { Page } from '@playwright/test';
import { RunningServer } from '../support/running-server.ts';
import { expect, test } from './support/fixtures.ts';
import { Hall } from './support/hall.ts';
import { SIZES } from './support/pages.ts';

/** The server is really killed: the kiosk goes on, also after its page was loaded anew, and in two tabs at once. */

const BRANCH = 'harbour';

/** Takes a number for cash and goes back to the start. */
async function takeNumber(kiosk: Page): Promise<string> {
  await kiosk.getByRole('button', { name: /存取现金/ }).click();
  const number = (await kiosk.locator('h1 .number > [aria-hidden]').textContent()) ?? '';
  await kiosk.getByRole('button', { name: /完成/ }).click();
  return number;
}

test('a kiosk gives numbers without the server, and they are in the queue when it is back', async ({ browser }) => {
  const server = await RunningServer.launch();
  const page = { viewport: SIZES.kiosk, reducedMotion: 'reduce' } as const;
  const context = await browser.newContext({ ...page, serviceWorkers: 'allow' });
  try {
    const kiosk = await context.newPage();
    await kiosk.goto(`${server.url}/kiosk/?branch=${BRANCH}&device=kiosk-1`);
    expect(await takeNumber(kiosk)).toBe('A001');
    const hall = new Hall(server.url, BRANCH);
    await expect.poll(async () => (await hall.view('kiosk')).reserved?.length).toBeGreaterThan(1);
    await kiosk.evaluate(async () => void (await navigator.serviceWorker.ready));

    await server.kill();
    const numbers = [await takeNumber(kiosk)];
    const other = await context.newPage();
    // From here on nothing but the browser itself has the page.
    await Promise.all([kiosk.reload(), other.goto(kiosk.url())]);
    await expect(kiosk.getByText('系统连接中断')).toBeVisible();
    await expect(other.getByText('1 张待提交')).toBeVisible();
    numbers.push(...(await Promise.all([takeNumber(kiosk), takeNumber(other)])));
    expect(numbers.toSorted()).toEqual(['A501', 'A502', 'A503']);

    await server.start();
    await expect(kiosk.getByText('待提交')).toHaveCount(0, { timeout: 30_000 });
    const { waiting } = await hall.view('manager');
    expect(waiting.map(({ number }) => number).toSorted()).toEqual(['A001', 'A501', 'A502', 'A503']);
    await expect(kiosk.getByText('系统连接中断')).toHaveCount(0, { timeout: 30_000 });
    expect(await takeNumber(kiosk)).toBe('A002');
  } finally {
    await context.close();
    await server.dispose();
  }
});
