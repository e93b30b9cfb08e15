import { expect, test } from './support/fixtures.ts';
import { Hall } from './support/hall.ts';
import { LOCALES } from './support/looks.ts';
import { openPage, SIZES } from './support/pages.ts';
import { RunningServer } from '../support/running-server.ts';

const BRANCH = 'harbour';
const MINUTE = 60_000;
const LATE_AFTERNOON = Date.parse('2026-11-24T16:10:00+08:00');

const SAID = {
  'zh-CN': { kiosk: '今日延时营业至', phone: '今日延时营业至' },
  'zh-TW': { kiosk: '今日延長營業至', phone: '今日延長營業至' },
  en: { kiosk: 'Open until', phone: 'We are open until' },
} as const;

test('when the manager approves longer hours, kiosk, display and phone say until when the hall is open', async ({
  browser,
}) => {
  const server = await RunningServer.launch({ entry: 'tests/e2e/support/posing-server.ts' });
  try {
    const hall = new Hall(server.url, BRANCH);
    let now = LATE_AFTERNOON;
    const turn = (minutes: number) => server.tell({ turnTo: (now += minutes * MINUTE) });
    await turn(0);
    await hall.send('manager', { type: 'OpenCounter', counterId: 'c1', tellerId: '1001' });
    let ticketId = '';
    for (let customer = 0; customer < 40; customer += 1) ticketId = (await hall.take('deposit-withdrawal')).ticketId;

    const kiosk = await openPage(browser, 'kiosk', `${server.url}/kiosk/?branch=${BRANCH}&lang=en`);
    await expect(kiosk.locator('header')).toContainText('Open 09:00–17:00');
    const proposed = async () => (await hall.view('manager')).proposals.find(({ kind }) => kind === 'extend-hours');
    for (let minutes = 0; (await proposed()) === undefined && minutes < 10; minutes += 1) await turn(1);
    const proposal = await proposed();
    if (proposal?.until === undefined) throw new Error('longer hours are not proposed');
    await hall.send('manager', { type: 'ApproveProposal', proposalId: proposal.id });
    const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(
      proposal.until,
    );
    expect(time > '17:00').toBe(true);
    await expect(kiosk.locator('header')).toContainText(`Open until ${time} today`);
    await expect(kiosk.locator('header')).not.toContainText('09:00–17:00');

    for (const locale of LOCALES) {
      const { kiosk: said, phone: told } = SAID[locale];
      const other = await openPage(browser, 'kiosk', `${server.url}/kiosk/?branch=${BRANCH}&lang=${locale}`);
      await expect(other.locator('header')).toContainText(`${said} ${time}`);
      const display = await openPage(browser, 'display', `${server.url}/display/?branch=${BRANCH}&lang=${locale}`);
      await expect(display.locator('.head-hint')).toContainText(`${said} ${time}`);
      await expect(display.locator('.ticker')).toContainText(`${said} ${time}`);
      const sign = await openPage(
        browser,
        'display',
        `${server.url}/display/?branch=${BRANCH}&counter=c1&lang=${locale}`,
      );
      await expect(sign.locator('.head-hint')).toContainText(`${said} ${time}`);
      const phone = await openPage(browser, 'phone', `${server.url}/t/${BRANCH}/${ticketId}?lang=${locale}`);
      await expect(phone.locator('main')).toContainText(`${told} ${time}`);
      for (const [page, { width }] of [
        [other, SIZES.kiosk],
        [display, SIZES.display],
        [sign, SIZES.display],
        [phone, SIZES.phone],
      ] as const)
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      for (const page of [other, display, sign, phone]) await page.context().close();
    }
  } finally {
    await server.dispose();
  }
});
