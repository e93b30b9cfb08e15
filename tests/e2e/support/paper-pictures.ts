import type { Browser } from '@playwright/test';
import { profileOf } from '../../../domain/views/profile.ts';
import type { TicketView } from '../../../domain/views/views.ts';
import { loadBranches } from '../../../config/load.ts';
import { escPos } from '../../../server/printing/esc-pos.ts';
import { networkPrinter } from '../../../server/printing/network-printer.ts';
import { paperOf } from '../../../server/printing/paper.ts';
import { startPrinter } from '../../support/printer/emulator.ts';
import { pictureOf } from '../../support/printer/picture.ts';
import { BUSY_BRANCH } from './busy-morning.ts';

/** Tickets as they come out of a printer: the bytes go over the network, and what the emulator reads out of them is drawn. */

const COLUMNS = 48;
const FORMS = [
  { name: 'paper-zh-cn', locale: 'zh-CN', large: false },
  { name: 'paper-zh-tw', locale: 'zh-TW', large: false },
  { name: 'paper-en', locale: 'en', large: false },
  { name: 'paper-large', locale: 'zh-CN', large: true },
] as const;

const VIEW: TicketView = {
  kind: 'ticket',
  ...{ ticketId: 'the-ticket-of-the-picture', number: 'A023', segment: 'cash', services: ['deposit-withdrawal'] },
  ...{ status: 'waiting', issuedAt: Date.parse('2026-11-24T02:24:00Z'), language: 'zh-CN' },
  ...{ ahead: 5, range: { fromMinutes: 10, toMinutes: 15 }, lastCalled: [], zone: 'waiting' },
};

export async function takePaperPictures(browser: Browser, folder: string): Promise<void> {
  const branch = loadBranches('config/branches').branches.find(({ config }) => config.branchId === BUSY_BRANCH);
  if (branch === undefined) throw new Error(`there is no branch ${BUSY_BRANCH}`);
  const [printer, line] = [await startPrinter(), networkPrinter()];
  const context = await browser.newContext({ deviceScaleFactor: 1 });
  const page = await context.newPage();
  try {
    for (const { name, locale, large } of FORMS) {
      const link = `https://q.example/t/${BUSY_BRANCH}/${VIEW.ticketId}`;
      const document = paperOf(VIEW, profileOf(branch.config), { locale, columns: COLUMNS, large, link });
      await line.print({ address: '127.0.0.1', port: printer.port }, escPos(document, COLUMNS));
      const paper = printer.papers.at(-1);
      if (paper === undefined) throw new Error('nothing came out of the printer');
      await page.setContent(pictureOf(paper));
      await page.locator('svg').screenshot({ path: `${folder}/${name}.png` });
      console.log(`${folder}/${name}.png`);
    }
  } finally {
    await context.close();
    await printer.close();
  }
}
