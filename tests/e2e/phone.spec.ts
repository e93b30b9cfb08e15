import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { OutsideCommand } from '../../protocol/commands.ts';
import { expect, test } from './support/fixtures.ts';
import { Hall } from './support/hall.ts';
import { RunningServer } from '../support/running-server.ts';

const BRANCH = 'harbour';
const TEN = Date.parse('2026-11-24T10:00:00+08:00');
const MINUTE = 60_000;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const BUDGET_BYTES = 60_000;

/** What the phone was made to feel. */
type Felt = typeof globalThis & { felt: number[][] };

test('a customer on the phone: in the first HTML, late, near, called three times, missed, back and served', async ({
  browser,
}) => {
  const server = await RunningServer.launch({ entry: 'tests/e2e/support/posing-server.ts' });
  try {
    const hall = new Hall(server.url, BRANCH);
    let now = TEN;
    const turn = (minutes: number) => server.tell({ turnTo: (now += minutes * MINUTE) });
    const staff = (command: OutsideCommand) => hall.send('manager', command);
    const next = async () => {
      await staff({ type: 'CallNext', counterId: 'c1', finish: 'done' });
      await staff({ type: 'StartService', counterId: 'c1' });
    };
    await turn(0);
    await staff({ type: 'OpenCounter', counterId: 'c1', tellerId: '1001' });
    for (let customer = 0; customer < 4; customer += 1) await hall.take('deposit-withdrawal');
    await hall.take('deposit-withdrawal', { appointmentAt: now + 20 * MINUTE });
    const { ticketId, number } = await hall.take('deposit-withdrawal');
    await next();
    const address = `${server.url}/t/${BRANCH}/${ticketId}`;

    // Before any script: the state is in the page, in the language that the phone asks for, and it loads itself again.
    const read = (url: string, language = 'en') => fetch(url, { headers: { 'accept-language': language } });
    const first = await (await read(address)).text();
    for (const words of [
      number,
      '4 people ahead of you',
      '1 of them has an appointment',
      'A001 was just called, 5 places',
    ])
      expect(first).toContain(words);
    expect(first).toContain('<html lang="en"');
    expect(first).toContain(`<title>${number}, 4 ahead</title>`);
    expect(first).toContain('<noscript><meta http-equiv="refresh"');
    expect(await (await read(`${address}?lang=zh-TW`)).text()).toContain('前面還有 4 位');
    const unknown = await read(`${server.url}/t/${BRANCH}/nobody`, 'zh-CN');
    expect([unknown.status, (await unknown.text()).includes('没有找到这个号码')]).toEqual([404, true]);
    // One address that asks too often gets the page without the state.
    const many = await Promise.all(Array.from({ length: 120 }, () => read(address).then((answer) => answer.text())));
    const full = many.filter((html) => html.includes(number)).length;
    expect(full).toBeGreaterThan(0);
    expect(full).toBeLessThan(120);

    const context = await browser.newContext({ viewport: { width: 320, height: 640 }, locale: 'zh-CN' });
    await context.addInitScript(() => {
      const world = globalThis as Felt;
      world.felt = [];
      navigator.vibrate = (pattern) => world.felt.push(pattern as number[]) > 0;
    });
    const phone = await context.newPage();
    await phone.clock.install();
    await phone.goto(address);
    const press = (name: string) => phone.getByRole('button', { name }).click();
    const main = phone.locator('main');
    await expect(main).toContainText('前面还有 4 位');
    await expect(main).toContainText('请准备好');
    await press('开启');
    await expect(main).toContainText('提醒已开启');

    // Late: others go first; back sooner, and the place is kept.
    await press('我会晚到 5 分钟');
    await expect(main).toContainText('10:05 前不叫您');
    await looksGood(phone);
    await press('我回来了');
    await expect(main).toContainText('前面还有 4 位');

    await next();
    await next();
    await expect(phone).toHaveTitle(`快到了 ${number}`);
    await expect(phone.locator('html')).toHaveAttribute('data-mood', 'near');
    await looksGood(phone);
    await next();
    await next();
    await expect(main).toContainText('马上轮到您');

    // Called: felt at once and each 15 s, three times in all.
    await staff({ type: 'CallNext', counterId: 'c1', finish: 'done' });
    await expect(phone.getByRole('alert')).toContainText('请到 1 号窗口');
    await looksGood(phone);
    for (const times of ['1', '2', '3', '3']) {
      await expect(main).toHaveAttribute('data-reminded', times);
      await phone.clock.runFor(15_000);
    }
    expect(await phone.evaluate(() => (globalThis as Felt).felt.filter(({ length }) => length > 1).length)).toBe(3);
    // So long a leap of its clock looks to the page as if the line had been dead.
    await expect(phone.locator('.updated.live')).toBeVisible();
    await press('还要 2 分钟');
    await expect(main).toContainText('10:02 前不叫您');
    await press('我回来了');
    await staff({ type: 'CallNext', counterId: 'c1' });
    await press('我到了');
    await expect(main).toContainText('好的，不再提醒');

    await turn(1);
    await staff({ type: 'MarkNoShow', counterId: 'c1' });
    await expect(main).toContainText('已过号');
    await press('重新排队');
    await expect(main).toContainText('马上轮到您');
    // Both delays are used up.
    await expect(phone.getByRole('button', { name: /晚到/ })).toHaveCount(0);
    await next();
    await expect(main).toContainText('正在为您办理');
    await staff({ type: 'FinishService', counterId: 'c1', outcome: 'done' });
    await expect(main).toContainText('已办完，谢谢您');
    await context.close();
  } finally {
    await server.dispose();
  }
});

/** On the smallest phone with text of twice the size, and to who cannot see it. */
async function looksGood(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect.soft(violations.map(({ id }) => id)).toEqual([]);
  const width = await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
    const { scrollWidth } = document.documentElement;
    document.documentElement.style.fontSize = '';
    return scrollWidth;
  });
  expect.soft(width).toBeLessThanOrEqual(320);
}

test('the phone loads less than 60 kB of scripts and styles, and no font', () => {
  const folder = join('dist', 'screens');
  const html = readFileSync(join(folder, 'phone', 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(1);
  const contents = files.map((file) => readFileSync(join(folder, file)));
  const bytes = contents.reduce((sum, content) => sum + gzipSync(content).length, 0);
  expect(bytes).toBeLessThan(BUDGET_BYTES);
  expect(contents.filter((content) => /@font-face|woff2?/.test(content.toString()))).toEqual([]);
});
