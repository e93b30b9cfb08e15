import { mkdirSync } from 'node:fs';
import { chromium } from '@playwright/test';
import config from '../../playwright.config.ts';
import { playBusyMorning } from './support/busy-morning.ts';
import { takeDocumentPictures } from './support/document-pictures.ts';
import { addressOf, DARK, LOOKS } from './support/looks.ts';
import { openPage } from './support/pages.ts';
import { takePaperPictures } from './support/paper-pictures.ts';

/** `npm run screens`: every look of every screen at its native size, in the middle of a busy morning, tickets on paper, and the documents that it makes, into docs/screens/. */

const FOLDER = 'docs/screens';
mkdirSync(FOLDER, { recursive: true });
await takeDocumentPictures(FOLDER);
const scene = await playBusyMorning();
const browser = await chromium.launch(config.use?.launchOptions);
try {
  await takePaperPictures(browser, FOLDER);
  for (const look of LOOKS) {
    const page = await openPage(browser, look.size, addressOf(look, scene, 'zh-CN'), look.theme && DARK);
    await look.prepare(page);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${FOLDER}/${look.name}.png` });
    console.log(`${FOLDER}/${look.name}.png`);
    await page.context().close();
  }
} finally {
  await browser.close();
  await scene.server.dispose();
}
