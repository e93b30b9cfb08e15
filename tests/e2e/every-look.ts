import { mkdirSync } from 'node:fs';
import { chromium, type Browser } from '@playwright/test';
import config from '../../playwright.config.ts';
import type { Locale } from '../../domain/config.ts';
import { playBusyMorning } from './support/busy-morning.ts';
import { addressOf, DARK, LOCALES, LOOKS, type Look } from './support/looks.ts';
import { openPage } from './support/pages.ts';

/**
 * `npm run screens:every`: every look of the staff's screens in three languages, on three sizes, light and dark, side by side in one
 * picture each, into docs/screens/every/. What goes with what turns from look to look, so that all of it meets.
 */

const FOLDER = 'docs/screens/every';
const STAFF: readonly Look['room'][] = ['counter-client', 'rating', 'manager'];
const STAFF_SIZES = [
  { width: 1366, height: 768 },
  { width: 1180, height: 820 },
  { width: 360, height: 768 },
] as const;
const QUALITY = 70;

interface Shot {
  readonly locale: Locale;
  readonly size: { readonly width: number; readonly height: number };
  readonly dark: boolean;
}

/** Each language once and each size once; of two neighbours each is light where the other is dark. */
function shotsOf(turn: number): Shot[] {
  return LOCALES.map((locale, at) => ({
    locale,
    size: STAFF_SIZES[(at + turn) % STAFF_SIZES.length] ?? STAFF_SIZES[0],
    dark: (at + turn) % 2 === 1,
  })).sort((one, other) => other.size.width - one.size.width);
}

async function take(browser: Browser, look: Look, address: string, { size, dark }: Shot): Promise<Buffer> {
  const page = await openPage(browser, look.size, address, dark ? DARK : {});
  try {
    // The steps are those of the native size: what they press may stand elsewhere on another.
    await look.prepare(page);
    await page.setViewportSize(size);
    await page.evaluate(() => document.fonts.ready);
    return await page.screenshot();
  } finally {
    await page.context().close();
  }
}

async function sideBySide(browser: Browser, pictures: readonly Buffer[], path: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 2_960, height: 840 } });
  const images = pictures.map((picture) => `<img src="data:image/png;base64,${picture.toString('base64')}">`).join('');
  await page.setContent(`<body style="margin:10px;display:flex;gap:12px;align-items:start;background:#999">${images}`);
  await page.screenshot({ path, type: 'jpeg', quality: QUALITY });
  await page.close();
}

mkdirSync(FOLDER, { recursive: true });
const [only] = process.argv.slice(2);
const scene = await playBusyMorning();
const browser = await chromium.launch(config.use?.launchOptions);
try {
  const looks = LOOKS.filter(({ room, name }) => STAFF.includes(room) && (only === undefined || name.includes(only)));
  for (const [turn, look] of looks.entries()) {
    const pictures: Buffer[] = [];
    for (const shot of shotsOf(turn))
      pictures.push(await take(browser, look, addressOf(look, scene, shot.locale), shot));
    await sideBySide(browser, pictures, `${FOLDER}/${look.name}.jpg`);
    console.log(`${FOLDER}/${look.name}.jpg`);
  }
} finally {
  await browser.close();
  await scene.server.dispose();
}
