import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/fixtures.ts';
import { Hall } from './support/hall.ts';
import { LOCALES } from './support/looks.ts';
import { openPage, SIZES } from './support/pages.ts';
import { RunningServer } from '../support/running-server.ts';

const BRANCH = 'harbour';
const MINUTE = 60_000;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const FEWER = { 'zh-CN': '开放的窗口少了', 'zh-TW': '開放的櫃檯變少了', en: 'fewer counters are open' } as const;

test('a wait that has risen is told with its reason, on a small phone, in three languages, light and dark', async ({
  browser,
}) => {
  const server = await RunningServer.launch({ entry: 'tests/e2e/support/posing-server.ts' });
  try {
    const hall = new Hall(server.url, BRANCH);
    let now = Date.parse('2026-11-24T10:00:00+08:00');
    const turn = (minutes: number) => server.tell({ turnTo: (now += minutes * MINUTE) });
    const staff = (command: Parameters<Hall['send']>[1]) => hall.send('manager', command);
    await turn(0);
    await staff({ type: 'OpenCounter', counterId: 'c1', tellerId: '1001' });
    await staff({ type: 'OpenCounter', counterId: 'c2', tellerId: '1002' });
    for (let customer = 0; customer < 9; customer += 1) await hall.take('deposit-withdrawal');
    await turn(1);
    const { ticketId } = await hall.take('deposit-withdrawal');
    const address = (locale: string) => `${server.url}/t/${BRANCH}/${ticketId}?lang=${locale}`;

    const phone = await openPage(browser, 'dock', address('en'));
    await expect(phone.locator('.wait')).toContainText('Expected wait');
    await expect(phone.locator('.longer')).toHaveCount(0);
    await staff({ type: 'PauseCounter', counterId: 'c2', reason: 'lunch' });
    await expect(phone.locator('.longer')).toContainText(FEWER.en);

    for (const locale of LOCALES)
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await openPage(browser, 'dock', address(locale));
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        await expect(page.locator('.longer')).toContainText(FEWER[locale]);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(SIZES.dock.width);
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        expect.soft(violations.map(({ id }) => id)).toEqual([]);
        await page.context().close();
      }

    await staff({ type: 'ResumeCounter', counterId: 'c2' });
    await expect(phone.locator('.longer')).toHaveCount(0);
    for (let other = 0; other < 5; other += 1) {
      const first = (await hall.take('deposit-withdrawal')).ticketId;
      await staff({ type: 'PrioritiseTicket', ticketId: first, reason: 'care' });
      await staff({ type: 'CallNext', counterId: 'c1', ...(other > 0 && { finish: 'done' as const }) });
      await staff({ type: 'StartService', counterId: 'c1' });
      await turn(4);
    }
    await expect(phone.locator('.longer')).toContainText('customers with priority went first');
  } finally {
    await server.dispose();
  }
});
