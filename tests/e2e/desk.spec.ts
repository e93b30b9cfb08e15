import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { RunningServer } from '../support/running-server.ts';
import { Hall } from './support/hall.ts';
import { openPage, signInAtCounter } from './support/pages.ts';

const BRANCH = 'garden';
const COUNTER = 'c2';
/** F2 rests for three seconds after each press. */
const REST = { timeout: 6_000 };

let server: RunningServer;
test.beforeAll(async () => {
  server = await RunningServer.launch();
});
test.afterAll(() => server.dispose());

const state = (page: Page) => page.getByTestId('counter-state');
const number = (page: Page) => page.getByTestId('current-ticket').locator('.number > [aria-hidden]');
async function primary(page: Page, key: string): Promise<void> {
  await expect(page.getByTestId('primary')).not.toHaveAttribute('aria-disabled', 'true', REST);
  await page.keyboard.press(key);
}

test('a teller works with the numeric pad alone, and the customer is asked how it was', async ({ browser }) => {
  const hall = new Hall(server.url, BRANCH);
  const tickets = [];
  for (let customer = 0; customer < 4; customer += 1) tickets.push((await hall.take('deposit-withdrawal')).number);
  const [first = '', second = '', third = '', fourth = ''] = tickets;
  const desk = await openPage(browser, 'counter', `${server.url}/counter-client/?branch=${BRANCH}`);
  const rating = await openPage(browser, 'rating', `${server.url}/rating/?branch=${BRANCH}&counter=${COUNTER}`);
  await signInAtCounter(desk, COUNTER, '2002');
  await expect(state(desk)).toHaveAttribute('data-state', 'idle');

  // Called and started in one breath: the second key waits for the first.
  await primary(desk, 'NumpadEnter');
  await desk.keyboard.press('NumpadAdd');
  await expect(state(desk)).toHaveAttribute('data-state', 'serving');
  await expect(number(desk)).toHaveText(first);
  await expect(rating.getByTestId('rating')).toContainText(first);

  // Held for the second reason, taken back from the list.
  await desk.keyboard.press('NumpadDecimal');
  await expect(desk.locator('dialog')).toBeVisible();
  await desk.keyboard.press('Numpad2');
  await expect(state(desk)).toHaveAttribute('data-state', 'idle');
  await expect(desk.getByTestId('held')).toContainText(first);
  await desk.keyboard.press('NumpadDecimal');
  await expect(desk.locator('dialog')).toBeVisible();
  await desk.keyboard.press('Numpad1');
  await expect(state(desk)).toHaveAttribute('data-state', 'called');
  await desk.keyboard.press('NumpadAdd');
  await expect(state(desk)).toHaveAttribute('data-state', 'serving');

  // Finished, and the next one called: the first is asked.
  await primary(desk, 'NumpadEnter');
  await expect(number(desk)).toHaveText(second);
  await expect(rating.getByTestId('rating')).toHaveAttribute('data-step', 'faces');
  expect((await new AxeBuilder({ page: rating }).analyze()).violations).toEqual([]);
  await rating.locator('[data-score="1"]').click();
  await rating.getByRole('button', { name: '办理太慢' }).click();
  await rating.getByRole('button', { name: '完成' }).click();
  await expect(rating.getByTestId('rating')).toHaveAttribute('data-step', 'thanks');
  await expect(rating.getByTestId('rating')).toContainText(second);

  // Sent to another queue with a digit and Enter, after a look at the dialog that 0 closes.
  await desk.keyboard.press('NumpadDivide');
  await expect(desk.locator('dialog')).toBeVisible();
  await desk.keyboard.press('Numpad0');
  await expect(desk.locator('dialog')).toHaveCount(0);
  await desk.keyboard.press('NumpadDivide');
  await desk.keyboard.press('Numpad3');
  await expect(desk.locator('dialog input:checked')).toBeFocused();
  await desk.keyboard.press('NumpadEnter');
  await expect(state(desk)).toHaveAttribute('data-state', 'idle');

  // A pause with its first reason, and back.
  const pauseKey = async () => {
    // In a dialog 0 closes it.
    await expect(desk.locator('dialog')).toHaveCount(0);
    await desk.keyboard.press('Numpad0');
    await desk.keyboard.press('Numpad0');
  };
  await pauseKey();
  await expect(desk.locator('dialog')).toBeVisible();
  await desk.keyboard.press('Numpad1');
  await expect(state(desk)).toHaveAttribute('data-state', 'paused');
  await expect(rating.getByTestId('rating')).toContainText('暂停服务');
  await pauseKey();
  await expect(state(desk)).toHaveAttribute('data-state', 'idle');

  // Another counter was faster with the one that this teller looks for: the next one is called instead.
  await desk.keyboard.press('Control+k');
  await desk.keyboard.type(third);
  await expect(desk.getByRole('option')).toHaveCount(1);
  await hall.send('manager', { type: 'OpenCounter', counterId: 'c1', tellerId: '2001' });
  const { waiting } = await hall.view('manager');
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('dialog')).toContainText(third);
  const ticketId = waiting.find((row) => row.number === third)?.ticketId ?? '';
  await hall.send('manager', { type: 'CallTicket', counterId: 'c1', ticketId, reason: 'other' });
  await desk.keyboard.press('Digit5');
  await expect(desk.getByTestId('notice')).toContainText(`${third} 刚被 1 号窗口叫走，已为您叫 ${fourth}`);
  await expect(number(desk)).toHaveText(fourth);
});

test('the small window follows the desk, and its keys work', async ({ browser }) => {
  const hall = new Hall(server.url, BRANCH);
  const desk = await openPage(browser, 'dock', `${server.url}/counter-client/?branch=${BRANCH}`);
  await signInAtCounter(desk, 'c3', '2008');
  const opened = desk.context().waitForEvent('page');
  await desk.getByRole('button', { name: '打开小窗' }).click();
  const mini = await opened;
  await expect(mini.getByTestId('mini')).toContainText('叫下一位');
  await hall.take('card-opening');
  await mini.keyboard.press('F2');
  await expect(mini.locator('.number')).toHaveText(/^[A-Z]\d{3}$/);
  await mini.keyboard.press('F9');
  await expect(state(desk)).toHaveAttribute('data-state', 'serving');
});
