import type { Browser, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { BUSY_BRANCH, type Scene } from './support/busy-morning.ts';
import { SIZES } from './support/pages.ts';

/** The kiosk checklist of docs/kiosk.md, as far as it takes a browser. The titles begin with its numbers. */

const address = ({ server }: Scene, profile = '') => `${server.url}/kiosk/?branch=${BUSY_BRANCH}&lang=zh-CN${profile}`;
const tile = (page: Page, name: string) => page.locator('main .tile', { hasText: name });
const tool = (page: Page, at: number) => page.locator('.tools .key').nth(at);
const LARGE = 0;
const LOW = 3;
const given = (page: Page) => page.locator('h1 .number > [aria-hidden]');

async function kiosk(browser: Browser, url: string, viewport: { width: number; height: number } = SIZES.kiosk) {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  await context.addInitScript(() => {
    const counted = window as unknown as { taps: number };
    counted.taps = 0;
    window.addEventListener('pointerup', () => (counted.taps += 1), { capture: true });
  });
  const page = await context.newPage();
  await page.goto(url);
  await expect(tile(page, '存取现金')).toBeEnabled();
  return page;
}
const taps = (page: Page) => page.evaluate(() => (window as unknown as { taps: number }).taps);

test('K5 K13 taps to a number: one for a direct service, two for a sub-service or an offer; then all is as before', async ({
  browser,
  scene,
}) => {
  const page = await kiosk(browser, address(scene));
  await tile(page, '打印流水').click();
  await expect(given(page)).toHaveText(/^M\d+/);
  expect(await taps(page)).toBe(1);
  await page.locator('.actions .main').click();

  await page.reload();
  await tile(page, '卡、折与密码').click();
  await tile(page, '挂失与补卡').click();
  await expect(given(page)).toHaveText(/^B\d+/);
  expect(await taps(page)).toBe(2);

  // Another language and large type end with the customer.
  await page.reload();
  await tool(page, LARGE).click();
  await page.getByRole('button', { name: 'English' }).click();
  const before = await taps(page);
  await tile(page, 'Cash').click();
  await expect(page.locator('.ways .tile')).toHaveCount(2);
  const [machine, counter] = await page
    .locator('.ways .tile')
    .evaluateAll((ways) => ways.map((way) => JSON.stringify([way.clientWidth, way.clientHeight])));
  expect(machine).toBe(counter);
  await page.locator('.ways .tile').nth(1).click();
  await expect(given(page)).toHaveText(/^A\d+/);
  expect((await taps(page)) - before).toBe(2);
  await page.locator('.actions .main').click();
  await expect(page.locator('h1')).toHaveText('请选择要办理的业务');
  await expect(page.locator('html')).toHaveAttribute('data-size', 'normal');
  await page.context().close();
});

test('a number that was taken by mistake is taken back, and nobody is asked twice or with a care need', async ({
  browser,
  scene,
}) => {
  const page = await kiosk(browser, address(scene));
  await tile(page, '存取现金').click();
  await page.locator('.ways .tile').first().click();
  await expect(given(page)).toHaveText(/^M\d+/);
  const number = (await given(page).textContent()) ?? '';
  expect((await scene.hall.view('manager')).waiting.some((row) => row.number === number)).toBe(true);
  await page.getByRole('button', { name: '取错了？撤销' }).click();
  await expect(tile(page, '存取现金')).toBeVisible();
  expect((await scene.hall.view('manager')).waiting.some((row) => row.number === number)).toBe(false);
  await tile(page, '存取现金').click();
  await expect(given(page)).toHaveText(/^A\d+/);
  await page.locator('.actions .main').click();

  await tile(page, '需要照顾').click();
  await tile(page, '60 岁以上').click();
  await page.locator('.actions .main').click();
  await tile(page, '存取现金').click();
  await expect(given(page)).toHaveText(/^A\d+/);
  await page.context().close();
});

test('K6 K10 by keys alone, with the focus to be seen; a finger that moves off presses nothing', async ({
  browser,
  scene,
}) => {
  const page = await kiosk(browser, address(scene));
  const box = (await tile(page, '打印流水').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, 40);
  await page.mouse.up();
  await expect(tile(page, '打印流水')).toBeVisible();

  await page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
  );
  // A keypad is slower than a reader.
  const press = (key: string) => page.keyboard.press(key, { delay: 70 });
  const focused = page.locator(':focus');
  await press('ArrowDown');
  await expect(focused).toContainText('存取现金');
  const outline = await focused.evaluate((element) => getComputedStyle(element).outline);
  expect(outline).toContain('solid 4px');
  await press('ArrowRight');
  await press('Enter');
  await expect(tile(page, '挂失与补卡')).toBeVisible();
  await press('Escape');
  await expect(tile(page, '打印流水')).toBeVisible();
  await expect
    .poll(async () => {
      await press('ArrowDown');
      return focused.textContent();
    })
    .toContain('打印流水');
  await press('Enter');
  await expect(given(page)).toHaveText(/^M\d+/);
  // The voice begins with the star.
  await press('*');
  await expect(tool(page, 2)).toHaveAttribute('aria-pressed', 'true');
  await page.context().close();
});

test('K15 a person is called from any page, and the kiosk says when somebody comes', async ({ browser, scene }) => {
  const page = await kiosk(browser, address(scene));
  await tile(page, '办事指南').click();
  const person = page.getByTestId('person');
  await person.click();
  await expect(person).toContainText('已呼叫大堂经理');
  const task = (await scene.hall.view('manager')).tasks.find(({ place }) => place.kind === 'kiosk');
  await scene.hall.send('manager', { type: 'TakeTask', taskId: task?.id ?? '' });
  await expect(person).toContainText('大堂经理正在过来');
  await tile(page, '存取现金').click();
  await expect(person).toContainText('大堂经理正在过来');
  await scene.hall.send('manager', { type: 'FinishTask', taskId: task?.id ?? '' });
  await expect(person).toContainText('需要帮忙');
  await page.context().close();
});

/** What is too small, too close or too high, in words. `least` in mm. */
function faults(page: Page, least: { target: number; large: boolean; low: boolean }): Promise<string[]> {
  return page.evaluate(({ target, large, low }) => {
    const found: string[] = [];
    const root = document.documentElement;
    const px = (name: string) => parseFloat(getComputedStyle(root).getPropertyValue(name));
    const mm = px('--mm');
    const shown = (element: Element) =>
      element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
      !element.closest('.spoken-only, .paper');
    if (root.scrollHeight !== innerHeight || root.scrollWidth > innerWidth) found.push('beyond the edge');
    const boxes = [...document.querySelectorAll('button')]
      .filter(shown)
      .map((element) => ({ name: element.innerText.slice(0, 12), box: element.getBoundingClientRect() }));
    for (const { name, box } of boxes) {
      if (Math.min(box.width, box.height) < Math.max(60, target * mm) - 0.5)
        found.push(`small: ${name} ${box.height / mm} mm`);
      if (low && box.top < px('--reach') - 0.5) found.push(`too high: ${name} at ${box.top} px`);
      for (const other of boxes) {
        const across = Math.max(other.box.left - box.right, box.left - other.box.right);
        const down = Math.max(other.box.top - box.bottom, box.top - other.box.bottom);
        if (other.box !== box && Math.max(across, down) < 3 * mm - 0.5) found.push(`close: ${name}, ${other.name}`);
      }
    }
    // A capital is 0.733 of the size; 0.7 degrees at 500 mm. In large type the bars keep their size.
    const floor = (2 * 500 * Math.tan((0.35 * Math.PI) / 180)) / 0.733;
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement;
      if (element === null || !/[\p{L}\p{N}]/u.test(node.nodeValue ?? '') || !shown(element) || element.closest('svg'))
        continue;
      const needed = floor * (large && element.closest('main') ? 1.35 : 1);
      const size = parseFloat(getComputedStyle(element).fontSize) / mm;
      if (size < needed - 0.01) found.push(`small letters: ${node.nodeValue?.trim().slice(0, 12)} ${size} mm`);
    }
    return found;
  }, least);
}

const PANELS = [
  { profile: '&inch=32&edge=700', size: SIZES.kiosk },
  { profile: '&inch=21.5&edge=800', size: SIZES.kiosk },
  { profile: '&inch=15.6&edge=1050', size: SIZES.home },
] as const;

for (const { profile, size } of PANELS)
  test(`K1 K2 K4 sizes in millimetres on ${size.width} x ${size.height}, ${profile}`, async ({ browser, scene }) => {
    const page = await kiosk(browser, address(scene, profile), size);
    for (const large of [false, true]) {
      for (const low of [false, true]) {
        if ((await tool(page, LOW).getAttribute('aria-pressed')) !== String(low)) await tool(page, LOW).click();
        const least = { target: large ? 25 : 20, large, low };
        await expect.poll(() => faults(page, least), `first page, ${JSON.stringify(least)}`).toEqual([]);
        await tile(page, '卡、折与密码').click();
        await expect(tile(page, '开户办卡')).toBeVisible();
        await expect.poll(() => faults(page, least), `services, ${JSON.stringify(least)}`).toEqual([]);
        await page.locator('main .key', { hasText: '返回' }).click();
      }
      await tool(page, LARGE).click();
    }
    await page.context().close();
  });
