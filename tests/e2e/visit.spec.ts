import { execFileSync } from 'node:child_process';
import type { Browser, Page } from '@playwright/test';
import { create } from 'qrcode';
import type { Visit } from '../../domain/visit.ts';
import { expect, test } from './support/fixtures.ts';
import { Hall } from './support/hall.ts';
import { openPage, signInAsManager, signInAtCounter, SIZES } from './support/pages.ts';

const BRANCH = 'harbour';
const COUNTER = 'c1';

/** The modules of the QR code that the kiosk draws, compared with those of a link that we expect. */
async function codeShows(page: Page, link: string): Promise<boolean> {
  const drawn = (await page.locator('svg.qr path').first().getAttribute('d')) ?? '';
  const dark = new Set([...drawn.matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => `${x} ${y}`));
  const { size, data } = create(link, { errorCorrectionLevel: 'M' }).modules;
  const quiet = 4;
  return [...data].every((module, at) => {
    const place = `${(at % size) + quiet} ${Math.floor(at / size) + quiet}`;
    return dark.has(place) === Boolean(module);
  });
}

/** A display whose sound card is broken: its clock stands still, and no sound ever ends. */
async function openWithoutSoundCard(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZES.display });
  await context.addInitScript(() => {
    Object.defineProperty(BaseAudioContext.prototype, 'currentTime', { get: () => 0 });
    AudioScheduledSourceNode.prototype.addEventListener = () => {};
  });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

test('one visit, seen on five screens at once, from the tap to the record', async ({ browser, server }) => {
  const hall = new Hall(server.url, BRANCH);
  const at = (path: string) => `${server.url}${path}`;
  const someoneElse = await hall.take('deposit-withdrawal');

  const kiosk = await openPage(browser, 'kiosk', at(`/kiosk/?branch=${BRANCH}`));
  const display = await openPage(browser, 'display', at(`/display/?branch=${BRANCH}`));
  const mute = await openWithoutSoundCard(browser, at(`/display/?branch=${BRANCH}`));
  const counter = await openPage(browser, 'counter', at(`/counter-client/?branch=${BRANCH}`));
  const manager = await openPage(browser, 'manager', at(`/manager/?branch=${BRANCH}`));
  await signInAtCounter(counter, COUNTER, '1001');
  await signInAsManager(manager, '1008');
  await expect(display.locator('[data-segment=cash]')).toContainText('1');

  // The customer: one tap.
  await kiosk.getByRole('button', { name: /存取现金/ }).click();
  const number = (await kiosk.locator('h1 .number > [aria-hidden]').textContent()) ?? '';
  expect(number).toMatch(/^A\d{3}$/);
  expect(number).not.toBe(someoneElse.number);

  // Seen waiting by the manager and the teller, behind the one who came before.
  await expect(manager.getByRole('button', { name: new RegExp(`^${number}`) })).toBeVisible();
  const queue = counter.getByTestId('queue').locator('li');
  await expect(queue).toHaveCount(2);
  await expect(queue.nth(1)).toContainText(number);

  // On the phone by the code of the kiosk: nobody but its holder knows the link.
  const { waiting, day } = await hall.view('manager');
  const ticketId = waiting.find((row) => row.number === number)?.ticketId ?? '';
  const link = `${server.url}/t/${BRANCH}/${ticketId}`;
  expect(await codeShows(kiosk, link)).toBe(true);
  const phone = await openPage(browser, 'phone', link);
  await expect(phone.getByText('前面还有 1 位')).toBeVisible();

  // The other one is called and served; then "next" finishes that visit and calls ours, in one step.
  const primary = counter.getByTestId('primary');
  await counter.keyboard.press('F2');
  await expect(counter.getByTestId('current-ticket')).toContainText(someoneElse.number);
  await expect(phone.getByText('马上轮到您')).toBeVisible();
  await counter.keyboard.press('F9');
  await expect(counter.getByTestId('counter-state')).toHaveAttribute('data-state', 'serving');
  await expect(primary).not.toHaveAttribute('aria-disabled', 'true');
  await counter.keyboard.press('F2');

  // Called: the display shows it and says it, the phone turns, the manager sees it at the counter.
  await expect(counter.getByTestId('current-ticket')).toContainText(number);
  await expect(display.getByTestId('now-number')).toHaveText(number);
  await expect(display.getByTestId('now-counter')).toHaveText('1');
  const announced = display.getByTestId('announced').locator(`[data-number="${number}"]`);
  await expect(announced).toHaveCount(1);
  // Of two displays in the hall one speaks, and it is the one that can be heard. The other shows the call all the same.
  await expect(mute.getByTestId('announced')).toHaveAttribute('data-sound', 'stalled');
  await expect(mute.getByTestId('announced')).toHaveAttribute('data-speaks', 'false');
  await expect(display.getByTestId('announced')).toHaveAttribute('data-sound', 'on');
  await expect(display.getByTestId('announced')).toHaveAttribute('data-speaks', 'true');
  await expect(mute.getByTestId('now-number')).toHaveText(number);
  await expect(phone.getByRole('alert')).toContainText('请到 1 号窗口');
  await expect(manager.getByRole('button', { name: new RegExp(`^1 号 叫号中 ${number}`) })).toBeVisible();

  // Served.
  await counter.keyboard.press('F9');
  await expect(counter.getByTestId('counter-state')).toHaveAttribute('data-state', 'serving');
  await expect(phone.getByText('正在为您办理')).toBeVisible();

  // Finished, without calling anybody else.
  await counter.getByRole('button', { name: '完成不叫号' }).click();
  await expect(counter.getByTestId('counter-state')).toHaveAttribute('data-state', 'idle');
  await expect(phone.getByText('已办完，谢谢您')).toBeVisible();
  await expect(announced).toHaveCount(1);
  const { today, waiting: stillWaiting } = await hall.view('manager');
  expect({ issued: today.issued, finished: today.finished, waiting: stillWaiting.length }).toEqual({
    issued: 2,
    finished: 2,
    waiting: 0,
  });

  // Recorded, in a file that outlives the server.
  await server.stop();
  const printed = execFileSync(
    process.execPath,
    ['--import', 'tsx', 'tests/e2e/support/visits-of.ts', server.dataFolder, BRANCH, day],
    { encoding: 'utf8' },
  );
  await server.start();
  const visits = JSON.parse(printed) as Visit[];
  expect(visits.map((visit) => visit.number).sort()).toEqual([someoneElse.number, number].sort());
  expect(visits.find((visit) => visit.ticketId === ticketId)).toMatchObject({
    status: 'finished',
    reason: 'done',
    counterId: COUNTER,
    tellerId: '1001',
    services: ['deposit-withdrawal'],
  });
});
