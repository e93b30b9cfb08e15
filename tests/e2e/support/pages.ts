import { expect, type Browser, type Page } from '@playwright/test';

/** How the people of the hall come to their screens. Every page has a context of its own: another device. */

/** Native sizes of the screens, in CSS px. */
export const SIZES = {
  home: { width: 1280, height: 800 },
  kiosk: { width: 1080, height: 1920 },
  display: { width: 1920, height: 1080 },
  counter: { width: 1366, height: 768 },
  dock: { width: 360, height: 768 },
  rating: { width: 1024, height: 600 },
  manager: { width: 1180, height: 820 },
  phone: { width: 390, height: 844 },
} as const;

export type Size = keyof typeof SIZES;

/** What a device remembers of its own, such as the theme. */
type Remembered = Readonly<Record<string, string>>;

export async function openPage(
  browser: Browser,
  size: Size,
  address: string,
  remembered: Remembered = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZES[size], reducedMotion: 'reduce' });
  await context.addInitScript((entries) => {
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
  }, remembered);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

export async function signInAtCounter(page: Page, counterId: string, staffId: string): Promise<void> {
  const form = page.locator('form');
  await form.locator('select').first().selectOption(counterId);
  await form.locator('select').nth(1).selectOption(staffId);
  await form.locator('button[type=submit]').click();
  await expect(page.getByTestId('counter-state')).toBeVisible();
}

export async function signInAsManager(page: Page, staffId: string): Promise<void> {
  await page.locator('form select').selectOption(staffId);
  await page.locator('form button[type=submit]').click();
  await expect(page.locator('header h1')).toBeVisible();
}
