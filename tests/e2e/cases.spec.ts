import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import type { CaseView } from '../../protocol/cases.ts';
import { RunningServer } from '../support/running-server.ts';
import { Hall } from './support/hall.ts';
import { openPage } from './support/pages.ts';

/** A complaint on its way through every state, while the clock is turned by weeks; and all that is refused on the way. */

const BRANCH = 'harbour';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let server: RunningServer;
test.beforeAll(async () => {
  server = await RunningServer.launch({
    entry: 'tests/e2e/support/turning-server.ts',
    env: { LOBBYFLOW_DEMO: '1' },
  });
});
test.afterAll(() => server.dispose());

/** Signs in anew: a session does not outlive days. */
async function signIn(page: Page, staffId: string, hash: string): Promise<void> {
  await page.evaluate(() => sessionStorage.clear());
  await page.goto('about:blank');
  await page.goto(`${server.url}/manager/?branch=${BRANCH}${hash}`);
  await page.locator('input[name=staff]').fill(staffId);
  await page.locator('input[name=secret]').fill('lobbyflow-demo');
  await page.locator('form button[type=submit]').click();
  await expect(page.getByTestId('voice-list')).toBeVisible();
}
async function openAs(browser: Browser, staffId: string, hash: string): Promise<Page> {
  const page = await openPage(browser, 'manager', `${server.url}/manager/?branch=${BRANCH}`);
  await signIn(page, staffId, hash);
  return page;
}
const caseOf = (page: Page) => page.getByTestId('case');
const expectStatus = (page: Page, status: string) => expect(caseOf(page)).toHaveAttribute('data-status', status);
const button = (page: Page, act: string) => page.getByTestId('case-acts').locator(`[data-act=${act}]`);
const form = (page: Page) => page.getByTestId('case-form');
const submit = (page: Page) => form(page).locator('button[type=submit]').click();
const refusal = (page: Page) => page.getByRole('alert').and(page.locator('[data-code]'));
const step = (page: Page, type: string) => page.getByTestId('case-timeline').locator(`[data-step=${type}]`);

/** What the page's own person would send, past the screen. */
function request(page: Page, staffId: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
  return page.evaluate(
    async ([who, address, sent]) => {
      const signedIn = await fetch('/api/sign-in', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ branchId: 'harbour', staffId: who, secret: 'lobbyflow-demo' }),
      });
      const { token } = (await signedIn.json()) as { token: string };
      const response = await fetch(address, {
        method: sent === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        ...(sent !== undefined && { body: JSON.stringify(sent) }),
      });
      return { status: response.status, body: (await response.json()) as unknown };
    },
    [staffId, path, body] as const,
  );
}

/** Something to say with each act, so that it is refused for what it is and not for how it is said. */
const SAID: Readonly<Record<string, object>> = {
  AcknowledgeCase: { channel: 'phone' },
  ExtendCase: { channel: 'phone', text: 'x' },
  AskExtension: { text: 'x' },
  RefuseExtension: { text: 'x' },
  ApproveExtension: { channel: 'phone' },
  SetRootCause: { rootCause: 'waiting', text: 'x' },
  DecideCase: { outcome: 'upheld', remedies: ['apology'], text: 'x' },
  InformCustomer: { channel: 'letter' },
  NoteSecondContact: { channel: 'phone', answer: 'satisfied' },
  WithdrawCase: { text: 'x' },
  OfferCase: { to: 'head' },
  RecusePerson: { staffId: '1009', text: 'x' },
  MarkRegulator: { reference: 'R-1' },
  AddNote: { text: 'x' },
};

async function expectNoBarrier(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
  expect.soft(found, name).toEqual([]);
}

const tried = new Set<string>();
/** Every step that is not legal now: the screen says why, and so does the server to whoever sends it all the same. */
async function expectRefusals(page: Page, staffId: string, number: string): Promise<void> {
  const { body } = await request(page, staffId, `/api/cases/${number}`);
  const view = body as CaseView;
  for (const [type, rejection] of Object.entries(view.mayNot)) {
    if (type === 'AttachFile') continue;
    await expect(button(page, type).and(page.locator(':enabled'))).toHaveCount(0);
    const act = { type, ...SAID[type] };
    const answer = await request(page, staffId, `/api/cases/${number}/acts`, { version: view.version, act });
    expect.soft(answer, `${type} of one that is ${view.status}`).toMatchObject({ status: 409, body: { rejection } });
    if (tried.has(`${type} ${rejection.code}`)) continue;
    tried.add(`${type} ${rejection.code}`);
    // The address leads to the form; it says why, and cannot be sent.
    await page.evaluate((hash) => (location.hash = hash), `#/cases?case=${number}&act=${type}`);
    await expect(form(page)).toHaveAttribute('data-act', type);
    await expect(refusal(page)).toHaveAttribute('data-code', rejection.code);
    await expect(refusal(page)).toHaveText(/[。]/);
    await expect(form(page).locator('button[type=submit]')).toBeDisabled();
  }
  await page.evaluate((hash) => (location.hash = hash), `#/cases?case=${number}`);
  await expect(form(page)).toHaveCount(0);
}

test('a complaint goes through all states on screen; the clock warns, escalates and passes the deadline; each illegal step is refused', async ({
  browser,
}) => {
  test.slow();
  const { number: ticket } = await new Hall(server.url, BRANCH).take('deposit-withdrawal');
  const page = await openAs(browser, 'lobby', '#/cases?case=new');

  // Received: at the desk, with the ticket of today.
  await page.locator('textarea[name=text]').fill('等了一个多小时，没有人解释。');
  await page.locator('input[name=ticket]').fill('Z999');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('intake-visit')).toHaveText('今天没有这个号码。');
  await page.locator('input[name=ticket]').fill(ticket);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('intake-visit')).toContainText('还没有叫号');
  await page.locator('input[name=name]').fill('王女士');
  await expectNoBarrier(page, 'the desk form');
  await page.getByRole('button', { name: '确认受理' }).click();
  const receipt = page.getByTestId('receipt');
  await expect(receipt.locator('svg.qr')).toBeVisible();
  const number = (await receipt.locator('.number').textContent()) ?? '';
  await expect(receipt.locator('.address')).toContainText(`/feedback/case/${number}#`);
  await expectNoBarrier(page, 'the receipt');
  await page.getByRole('button', { name: '打开案件' }).click();
  await expectStatus(page, 'received');
  await expect(page.getByTestId('case-facts')).toContainText(ticket);
  const own = `#/cases?case=${number}`;
  const view = async (staffId = 'lobby') => (await request(page, staffId, `/api/cases/${number}`)).body as CaseView;
  const started = await view();
  await expectRefusals(page, 'lobby', number);

  // A file that is not what it says stays outside, in words; a real one lies with the case.
  const files = page.locator('input[name=case-file]');
  await files.setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('MZ not a picture') });
  await expect(page.getByTestId('case-files').getByRole('alert')).toContainText('不一致');
  await files.setInputFiles('docs/screens/home.png');
  await expect(page.getByTestId('case-files').getByRole('button', { name: 'home.png' })).toBeVisible();

  // Acknowledged, then investigated.
  await button(page, 'AcknowledgeCase').click();
  await expect(form(page).locator('button[type=submit]')).toBeDisabled();
  await form(page).getByText('电话').click();
  await submit(page);
  await expectStatus(page, 'acknowledged');
  await expectRefusals(page, 'lobby', number);
  await button(page, 'StartInvestigation').click();
  await expectStatus(page, 'investigating');
  await expectRefusals(page, 'lobby', number);

  // 70 % of the time: the bar and the list warn.
  await server.tell({ turnTo: started.clock.warnAt + HOUR });
  await signIn(page, 'lobby', own);
  await expect(step(page, 'DeadlineWarned')).toBeVisible();
  await expect(page.getByTestId('case-clock').locator('[data-tone=warn]')).toBeVisible();
  await expect(page.getByTestId('voice-list').locator('[data-time=warned]')).toBeVisible();

  // More time, with a reason; the longest by another's approval.
  await button(page, 'ExtendCase').click();
  await form(page).getByText('电话').click();
  await form(page).locator('textarea').fill('要调监控录像。');
  await submit(page);
  await expect(step(page, 'CaseExtended')).toBeVisible();
  await expect(page.getByTestId('case-clock').locator('[data-tone=calm]')).toBeVisible();
  await button(page, 'AskExtension').click();
  await form(page).locator('textarea').fill('录像在总行。');
  await submit(page);
  await expect(step(page, 'ExtensionAsked')).toBeVisible();
  await expectRefusals(page, 'lobby', number);
  const head = await openAs(browser, 'head', own);
  await head.getByTestId('case-question').getByRole('button', { name: '同意' }).first().click();
  await form(head).getByText('电话').click();
  await submit(head);
  await expect(head.getByTestId('case-clock')).toContainText('最长期限');

  // The deadline passes: it is brought to the branch head, then further up.
  const { due } = await view();
  await server.tell({ turnTo: due + HOUR });
  await signIn(page, 'lobby', own);
  await expect(step(page, 'CaseEscalated')).toHaveCount(1);
  await expect(page.getByTestId('case-clock').locator('[data-tone=over]')).toBeVisible();
  await server.tell({ turnTo: due + 4 * DAY });
  await signIn(page, 'lobby', own);
  await expect(step(page, 'CaseEscalated').first()).toContainText('总行管理员');
  await page.locator('select[name=time]').selectOption('over');
  await expect(page).toHaveURL(/time=over/);
  await expect(page.getByTestId('voice-list').locator('[data-time=over]')).toHaveCount(1);
  await expectRefusals(page, 'lobby', number);

  // Decided, while another was first: what was typed stays, and goes the next time.
  await button(page, 'DecideCase').click();
  await form(page).getByText('部分成立').click();
  await form(page).getByText('致歉').click();
  await form(page).locator('textarea').fill('等候时间超过承诺，已致歉。');
  const note = { version: (await view()).version, act: { type: 'AddNote', text: '请尽快。' } };
  expect((await request(page, 'head', `/api/cases/${number}/acts`, note)).status).toBe(200);
  await expectNoBarrier(page, 'an overdue case with a form');
  await submit(page);
  await expect(refusal(page)).toHaveAttribute('data-code', 'changed-meanwhile');
  await expect(form(page).locator('textarea')).toHaveValue('等候时间超过承诺，已致歉。');
  await expect(step(page, 'NoteAdded')).toContainText('请尽快。');
  await submit(page);
  await expectStatus(page, 'decided');
  await expectRefusals(page, 'lobby', number);

  // Informed, by a letter that can be read before and after.
  const preview = page.waitForEvent('download');
  await page.getByRole('button', { name: '预览答复函' }).click();
  expect(
    readFileSync(await (await preview).path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  await button(page, 'InformCustomer').click();
  await form(page).getByText('信函').click();
  await submit(page);
  await expectStatus(page, 'informed');
  await expect(page.getByRole('button', { name: '下载已发出的答复函' })).toBeVisible();
  await expectRefusals(page, 'lobby', number);

  // Second contact: not satisfied, so once more; this time handed over, to whoever accepts.
  await button(page, 'NoteSecondContact').click();
  await form(page).getByText('电话').click();
  await form(page).getByText('不满意', { exact: true }).click();
  await submit(page);
  await expectStatus(page, 'investigating');
  await expect(step(page, 'CaseReopened')).toBeVisible();
  await button(page, 'OfferCase').click();
  await form(page).locator('select[name=to]').selectOption('head');
  await submit(page);
  await expect(step(page, 'CaseOffered')).toBeVisible();
  await expectRefusals(page, 'lobby', number);
  await signIn(head, 'head', own);
  await head.getByTestId('case-question').getByRole('button', { name: '接受', exact: true }).click();
  await expect(step(head, 'OfferAccepted')).toBeVisible();
  await signIn(page, 'lobby', own);
  await expect(page.locator('[data-code=not-owner]')).toContainText('Branch head');
  await expectRefusals(page, 'lobby', number);

  await button(head, 'DecideCase').click();
  await form(head)
    .locator('label')
    .filter({ hasText: /^成立$/ })
    .click();
  await form(head).getByText('退款').click();
  await form(head).locator('textarea').fill('退还手续费。');
  await submit(head);
  await expectStatus(head, 'decided');
  await button(head, 'InformCustomer').click();
  await form(head).getByText('电话').click();
  await submit(head);
  await expectStatus(head, 'informed');
  await button(head, 'NoteSecondContact').click();
  await form(head).getByText('电话').click();
  await form(head)
    .locator('label')
    .filter({ hasText: /^满意$/ })
    .click();
  await submit(head);
  await expectStatus(head, 'contacted');

  // Not closed before it is known why.
  await expect(button(head, 'CloseCase')).toBeDisabled();
  await expect(head.locator('[data-code=root-cause-missing]')).toHaveText('还没有填根本原因，填了才能结案。');
  await expectRefusals(head, 'head', number);
  await button(head, 'SetRootCause').click();
  await form(head).locator('select[name=rootCause]').selectOption('waiting');
  await form(head).locator('textarea').fill('午间只开一个窗口。');
  await submit(head);
  await button(head, 'CloseCase').click();
  await submit(head);
  await expectStatus(head, 'closed');
  await expect(head.getByTestId('case-track').locator('[aria-current=step]')).toHaveAttribute('data-stop', 'closed');
  await expectRefusals(head, 'head', number);

  // The inbox, by the keyboard: typed in, taken, and made a case of.
  await head.getByRole('button', { name: '收件箱' }).click();
  await head.getByRole('button', { name: '录入意见' }).click();
  const entry = head.getByTestId('inbox-entry');
  await entry
    .locator('label')
    .filter({ hasText: /^投诉$/ })
    .last()
    .click();
  await entry.locator('textarea').fill('排队时有人插队。');
  await expectNoBarrier(head, 'typing in');
  await entry.locator('button[type=submit]').click();
  const item = head.getByTestId('inbox-item');
  await expect(item).toHaveAttribute('data-state', 'new');
  await head.getByTestId('voice-list').locator('button.entry').focus();
  await head.keyboard.press('Enter');
  await item.getByRole('button', { name: '我来处理' }).click();
  await expect(item).toHaveAttribute('data-state', 'taken');
  await expectNoBarrier(head, 'an entry of the inbox');
  await item.getByRole('button', { name: '转为投诉案件' }).click();
  await head.getByRole('dialog').getByRole('button', { name: '转为投诉案件' }).click();
  await expectStatus(head, 'received');
  await expect(caseOf(head)).toContainText('排队时有人插队。');
});
