import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { addressOf, DARK, LOCALES, LOOKS, type Look } from './support/looks.ts';
import { openPage } from './support/pages.ts';

// Its tests share nothing, so both workers take of them.
test.describe.configure({ mode: 'parallel' });

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

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
  display: { target: 54, font: 40, fits: true },
  'counter-client': { target: 24, font: 13, fits: false },
  rating: { target: 64, font: 16, fits: true },
  manager: { target: 44, font: 13, fits: false },
  phone: { target: 44, font: 14, fits: false },
  feedback: { target: 44, font: 14, fits: false },
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

async function axeFinds(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

const ROOMS = [...new Set(LOOKS.map(({ room }) => room))];
/** A room with many looks is a test for each part of them, so that neither worker waits long for the other. */
const PART = 8;

for (const room of ROOMS) {
  // English is the longest, so it comes every other time; the others by turns.
  const looks = LOOKS.map((look, turn) => ({
    look,
    locale: turn % 2 === 0 ? 'en' : (LOCALES[(turn >> 1) % 2] ?? 'en'),
  }));
  const own = looks.filter(({ look }) => look.room === room);
  for (let from = 0; from < own.length; from += PART) {
    const part = own.slice(from, from + PART);
    const which = own.length > PART ? `, from ${part[0]?.look.name ?? ''}` : '';
    test(`${room}${which}: axe finds nothing, and nothing is beyond the edge, too small to press or to read`, async ({
      browser,
      scene,
    }) => {
      test.slow();
      for (const { look, locale } of part) {
        const page = await openPage(browser, look.size, addressOf(look, scene, locale), look.theme && DARK);
        await look.prepare(page);
        expect.soft(await measure(page, LIMITS[room]), `${look.name} in ${locale}`).toEqual([]);
        expect.soft(await axeFinds(page), `${look.name} in ${locale}`).toEqual([]);
        await page.context().close();
      }
    });
  }
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
  expect(await sizeOf('[data-testid=recent-call]')).toBeGreaterThanOrEqual(83);
  // Captions: 16 minutes of arc at 5 m.
  for (const caption of ['.head h1', '.recent-head', '.ticker p', '.cell-name', '.cell-range'])
    expect.soft(await sizeOf(caption), caption).toBeGreaterThanOrEqual(50);
  // D3: two soft pulses in a second, and then it is still.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const pulse = await page.locator('.now-call').evaluate((panel) => {
    const { animationDuration, animationIterationCount } = getComputedStyle(panel);
    return [animationDuration, animationIterationCount];
  });
  expect(pulse).toEqual(['0.5s', '2']);
});
