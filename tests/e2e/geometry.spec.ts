import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { addressOf, DARK, LOCALES, LOOKS, type Look } from './support/looks.ts';
import { openPage } from './support/pages.ts';

/** What axe does not see: fingers, distances and edges. In CSS px at the screen's native size. */
interface Limits {
  /** Smallest side of anything that is touched or clicked. */
  readonly target: number;
  readonly font: number;
  /** Nothing may be below the edge: nobody scrolls here. */
  readonly fits: boolean;
}

const LIMITS: Readonly<Record<Look['room'], Limits>> = {
  home: { target: 44, font: 14, fits: false },
  // 20 mm for a finger, 8.5 mm of type for 0.7 degrees at 500 mm: on the 32-inch panel of 1080 x 1920.
  kiosk: { target: 54, font: 23, fits: true },
  // Captions; what everybody must read is held to more below.
  display: { target: 54, font: 32, fits: true },
  'counter-client': { target: 24, font: 13, fits: false },
  manager: { target: 44, font: 13, fits: false },
  phone: { target: 44, font: 14, fits: false },
};

/** Everything on the page that is smaller than it may be, in words. */
function measure(page: Page, limits: Limits): Promise<string[]> {
  return page.evaluate(({ target, font, fits }) => {
    const faults: string[] = [];
    const root = document.documentElement;
    const shown = (element: Element) =>
      element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
      !element.closest('.spoken-only, [hidden]');
    const name = (element: Element) =>
      `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`;

    if (root.scrollWidth > innerWidth) faults.push(`wider than the screen: ${root.scrollWidth} of ${innerWidth}`);
    if (fits && root.scrollHeight !== innerHeight)
      faults.push(`higher than the screen: ${root.scrollHeight} of ${innerHeight}`);

    for (const element of document.querySelectorAll('button, a[href], select, input, summary')) {
      // A choice is pressed by its label; a link in a sentence is as high as the sentence.
      const pressed = element.closest('label') ?? element;
      if (!shown(element) || element.matches(':disabled') || getComputedStyle(pressed).display === 'inline') continue;
      const { width, height } = pressed.getBoundingClientRect();
      if (width > 0 && Math.min(width, height) < target - 0.5)
        faults.push(`too small to press: ${name(pressed)} ${Math.round(width)} x ${Math.round(height)}`);
    }

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement;
      // A single sign such as an arrow is a picture.
      if (element === null || !/[\p{L}\p{N}]/u.test(node.nodeValue ?? '') || !shown(element)) continue;
      const scale = element instanceof SVGGraphicsElement ? (element.getScreenCTM()?.a ?? 1) : 1;
      const size = parseFloat(getComputedStyle(element).fontSize) * scale;
      if (size < font - 0.01) faults.push(`too small to read: ${name(element)} ${size} px "${node.nodeValue?.trim()}"`);
    }
    return faults;
  }, limits);
}

const ROOMS = [...new Set(LOOKS.map(({ room }) => room))];

for (const room of ROOMS) {
  test(`${room}: nothing beyond the edge, too small to press or too small to read`, async ({ browser, scene }) => {
    test.slow();
    for (const [turn, look] of LOOKS.entries()) {
      if (look.room !== room) continue;
      // English is the longest, so it comes every other time; the others by turns.
      const locale = turn % 2 === 0 ? 'en' : (LOCALES[(turn >> 1) % 2] ?? 'zh-CN');
      const page = await openPage(browser, look.size, addressOf(look, scene, locale), look.theme && DARK);
      await look.prepare(page);
      expect.soft(await measure(page, LIMITS[room]), `${look.name} in ${locale}`).toEqual([]);
      await page.context().close();
    }
  });
}

test('display: the call is read from the last row, the calls before it from the middle', async ({ browser, scene }) => {
  const look = LOOKS.find(({ name }) => name === 'display');
  if (look === undefined) throw new Error('There is no look of the display');
  const page = await openPage(browser, look.size, addressOf(look, scene, 'zh-CN'));
  await look.prepare(page);
  const sizeOf = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  // 0.7 degrees at 8 m, and 22 minutes of arc at 6 m, on a 55-inch panel.
  expect(await sizeOf('[data-testid=now-number]')).toBeGreaterThanOrEqual(210);
  expect(await sizeOf('[data-testid=recent-call] td')).toBeGreaterThanOrEqual(80);
});
