import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { CLIENT, openDirectory, type Directory } from '../support/directory.ts';
import { freePort, RunningServer } from '../support/running-server.ts';
import { DARK, LOCALES } from './support/looks.ts';
import { openPage, type Size } from './support/pages.ts';

/** Signing in, pairing, taking over a counter, the device board, accounts: what is there once there is an administrator. */

const BRANCH = 'harbour';
const PASSWORD = 'three blue herons';
const PIN = '836492';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function expectNoBarrier(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  expect
    .soft(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`),
      name,
    )
    .toEqual([]);
}

async function signIn(page: Page, staffId: string, secret: string): Promise<void> {
  await page.locator('input[name=staff]').fill(staffId);
  await page.locator('input[name=secret]').fill(secret);
  await page.locator('form button[type=submit]').click();
}

async function chooseSecrets(
  page: Page,
  secrets: { readonly pin?: string; readonly password?: string },
): Promise<void> {
  for (const [kind, secret] of Object.entries(secrets))
    for (const at of [0, 1]) await page.locator(`input[name=${kind}${at}]`).fill(secret);
  await page.locator('form button[type=submit]').click();
  await expect(page.getByText('已保存，现在可以登录了。')).toBeVisible();
}

/** In the open dialog, with whatever is chosen there already. */
async function changeSecret(page: Page, old: string, fresh: string): Promise<void> {
  const fields = { old, fresh0: fresh, fresh1: fresh };
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`dialog input[name=${name}]`);
    await field.clear();
    // Key by key: digits are also keys of the counter's menu, which is open behind it.
    await field.pressSequentially(value);
  }
  await page.locator('dialog button[type=submit]').click();
}

test.describe('an installation of one’s own', () => {
  let server: RunningServer;
  test.beforeAll(async () => {
    server = await RunningServer.launch();
  });
  test.afterAll(() => server.dispose());
  const open = (browser: Browser, size: Size, path: string) => openPage(browser, size, `${server.url}${path}`);

  test('the first administrator, an account, a paired kiosk, and its removal', async ({ browser }) => {
    test.slow();
    // Before: a page for whoever is at this machine, and it says so.
    const before = await open(browser, 'manager', `/manager/?branch=${BRANCH}`);
    await expect(before.getByText('还没有设置系统管理员')).toBeVisible();

    const link = /http\S+\/manager\/#\/set-up\/\S+/.exec(server.log)?.[0] ?? '';
    const office = await openPage(browser, 'manager', link);
    await expectNoBarrier(office, 'set-up');
    await chooseSecrets(office, { password: PASSWORD });
    const again = await openPage(browser, 'manager', link);
    await expect(again.getByRole('alert')).toContainText('已用过');

    // The kiosk is a stranger from now on, and shows its code.
    const kiosk = await open(browser, 'kiosk', `/kiosk/?branch=${BRANCH}`);
    const code = kiosk.getByTestId('pairing-code');
    await expect(code).toBeVisible();
    await expectNoBarrier(kiosk, 'pairing');

    await office.goto(`${server.url}/manager/?branch=${BRANCH}`);
    await signIn(office, 'admin', 'not the password');
    await expect(office.getByRole('alert')).toContainText('员工号或密码不对');
    await signIn(office, 'admin', PASSWORD);
    await expect(office.getByText('这个网点还没有配对设备。')).toBeVisible();

    // An account for the lobby manager, who chooses PIN and password with the link.
    await office.getByRole('button', { name: '账号' }).click();
    await office.getByRole('button', { name: '新建账号' }).click();
    await office.locator('input[name=staff]').fill('1012');
    await office.locator('input[name=name]').fill('林经理');
    const roles = office.locator('fieldset', { hasText: '港湾' }).first();
    await roles.getByLabel('大堂经理').check();
    await roles.getByLabel('柜员').check();
    await expectNoBarrier(office, 'account form');
    await office.getByRole('button', { name: '保存' }).click();
    const row = office.locator('li', { hasText: '林经理' });
    await expect(row).toContainText('还没有 PIN 码或密码');
    await row.getByRole('button', { name: '设置 PIN 码和密码的链接' }).click();
    const ownLink = await office.getByTestId('link').inputValue();
    await expectNoBarrier(office, 'accounts');

    const manager = await openPage(browser, 'manager', ownLink);
    await chooseSecrets(manager, { pin: PIN, password: PASSWORD });
    await manager.goto(`${server.url}/manager/?branch=${BRANCH}`);
    await signIn(manager, '1012', PASSWORD);
    await manager.getByRole('button', { name: '设备' }).click();

    // Pairing: a wrong code first, then what is read from the kiosk.
    await manager.getByRole('button', { name: '配对新设备' }).click();
    await manager.locator('input[name=code]').fill('BBB BBB');
    await manager.getByRole('button', { name: '下一步' }).click();
    await expect(manager.getByRole('alert')).toContainText('没有显示这个配对码');
    await expectNoBarrier(manager, 'pair dialog');
    await manager.locator('input[name=code]').fill(((await code.textContent()) ?? '').toLowerCase());
    await manager.getByRole('button', { name: '下一步' }).click();
    await expect(manager.getByText('这是一台：取号机')).toBeVisible();
    await manager.locator('input[name=name]').fill('大门左侧');
    await manager.getByRole('button', { name: '确认启用' }).click();

    const tile = kiosk.locator('main .tile:not(.aside)').first();
    await expect(tile).toBeEnabled();
    const device = manager.locator('li', { hasText: '大门左侧' });
    await expect(device).toContainText('在线');
    await expectNoBarrier(manager, 'device board');
    // A reload asks for nothing: neither the kiosk nor the console.
    await Promise.all([kiosk.reload(), manager.reload()]);
    await expect(tile).toBeEnabled();
    await expect(device).toContainText('在线');

    await device.getByRole('button', { name: '移除' }).click();
    await manager.getByRole('dialog').getByRole('button', { name: '移除' }).click();
    await expect(manager.getByText('这个网点还没有配对设备。')).toBeVisible();
    await expect(code).toBeVisible({ timeout: 30_000 });

    // One's own sessions: the same person at a second console is seen from the first, and ended.
    const second = await open(browser, 'manager', `/manager/?branch=${BRANCH}`);
    await signIn(second, '1012', PASSWORD);
    await expect(second.locator('header h1')).toBeVisible();
    await manager.getByRole('button', { name: '我的登录' }).click();
    await expect(manager.getByRole('dialog').locator('li')).toHaveCount(2);
    await expectNoBarrier(manager, 'my sessions');
    await manager.getByRole('button', { name: '结束' }).click();
    await expect(manager.getByRole('dialog').locator('li')).toHaveCount(1);
    await expect(second.locator('input[name=staff]')).toBeVisible({ timeout: 30_000 });

    // And one's own password; the PIN the same way at a counter.
    await manager.getByRole('button', { name: '修改 PIN 码或密码' }).click();
    await expectNoBarrier(manager, 'own password');
    await changeSecret(manager, 'not the password', 'four green parrots');
    await expect(manager.getByRole('alert')).toContainText('现在的 PIN 码或密码不对');
    await changeSecret(manager, PASSWORD, 'four green parrots');
    await expect(manager.getByText('密码已修改。')).toBeVisible();

    const desk = await open(browser, 'counter', `/counter-client/?branch=${BRANCH}&counter=c1`);
    await signIn(desk, '1012', PIN);
    await expect(desk.getByTestId('counter-state')).toBeVisible();
    await desk.keyboard.press('F10');
    await desk.getByRole('button', { name: '我的登录' }).click();
    await expect(desk.getByText('本页')).toBeVisible();
    await desk.getByRole('button', { name: '修改 PIN 码或密码' }).click();
    await changeSecret(desk, PIN, '730519');
    await expect(desk.getByText('PIN 码已修改。 另外 1 个登录已结束。')).toBeVisible();
    await expect(manager.locator('input[name=staff]')).toBeVisible({ timeout: 30_000 });
    await signIn(manager, '1012', 'four green parrots');
    await expect(manager.locator('header h1')).toBeVisible();
  });
});

test.describe('a demo', () => {
  let server: RunningServer;
  let directory: Directory;
  const settings = mkdtempSync(path.join(tmpdir(), 'lobbyflow-sso-'));
  test.beforeAll(async () => {
    // The bank's directory is there too, and knows where people come back to.
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const member = { sub: '7001', name: '欧阳', groups: ['audit'] };
    directory = await openDirectory(() => `${publicUrl}/api/single-sign-on/callback`, member);
    const file = path.join(settings, 'sso.yaml');
    const who = `issuer: ${directory.issuer}\nclientId: ${CLIENT.id}\npublicUrl: ${publicUrl}\n`;
    writeFileSync(file, `name: 总行统一登录\n${who}roles:\n  - { group: audit, role: auditor }\n`);
    const env = { LOBBYFLOW_DEMO: '1', LOBBYFLOW_SSO: file, LOBBYFLOW_SSO_SECRET: CLIENT.secret };
    server = await RunningServer.launch({ port, env });
  });
  test.afterAll(async () => {
    await server.dispose();
    await directory.close();
    rmSync(settings, { recursive: true });
  });

  test('says which accounts it has, in three languages, light and dark', async ({ browser }) => {
    for (const [turn, lang] of LOCALES.entries())
      for (const path of ['counter-client', 'manager']) {
        const address = `${server.url}/${path}/?branch=${BRANCH}&lang=${lang}`;
        const page = await openPage(
          browser,
          path === 'manager' ? 'manager' : 'counter',
          address,
          turn === 1 ? DARK : {},
        );
        await expect(page.getByTestId('demo-accounts')).toContainText(path === 'manager' ? 'lobbyflow-demo' : '246810');
        await expectNoBarrier(page, `${path} in ${lang}`);
        await page.context().close();
      }
  });

  test('a counter is taken over: asked first, with its customer, and the other one is told', async ({ browser }) => {
    const address = `${server.url}/counter-client/?branch=${BRANCH}&counter=c1`;
    const first = await openPage(browser, 'counter', address);
    // The number is one tap in a demo.
    await first.getByRole('button', { name: '1001' }).click();
    await expect(first.locator('input[name=staff]')).toHaveValue('1001');
    await signIn(first, '1001', '246810');
    const state = (page: Page) => page.getByTestId('counter-state');
    await expect(state(first)).toHaveAttribute('data-state', 'idle');
    const kiosk = await openPage(browser, 'kiosk', `${server.url}/kiosk/?branch=${BRANCH}`);
    await kiosk.getByRole('button', { name: /存取现金/ }).click();
    const number = (await kiosk.locator('h1 .number > [aria-hidden]').textContent()) ?? '';
    await first.keyboard.press('F2');
    await expect(first.getByTestId('current-ticket')).toContainText(number);
    // A key that comes before the call is answered does nothing: it is pressed again then.
    await expect(async () => {
      if ((await state(first).getAttribute('data-state')) === 'called') await first.keyboard.press('F9');
      await expect(state(first)).toHaveAttribute('data-state', 'serving', { timeout: 2_000 });
    }).toPass();

    const second = await openPage(browser, 'counter', address);
    await signIn(second, '1002', '246810');
    const question = second.getByRole('dialog');
    await expect(question).toContainText('正在使用这个窗口，要接手吗');
    await expectNoBarrier(second, 'take over');
    await question.getByRole('button', { name: '不接手' }).click();
    await expect(state(first)).toHaveAttribute('data-state', 'serving');

    await second.locator('form button[type=submit]').click();
    await question.getByRole('button', { name: '接手', exact: true }).click();
    // The customer who is in hand is finished by the new one; then the counter opens in their name.
    await expect(state(second)).toHaveAttribute('data-state', 'closing');
    await expect(second.getByTestId('current-ticket')).toContainText(number);
    await expect(first.getByText('您已退出')).toBeVisible({ timeout: 30_000 });
    await second.getByRole('button', { name: '完成不叫号' }).click();
    await expect(state(second)).toHaveAttribute('data-state', 'idle');
  });

  test('who looks after branches without running a hall has a console of their own', async ({ browser }) => {
    const page = await openPage(browser, 'manager', `${server.url}/manager/?branch=${BRANCH}`, DARK);
    await page.getByRole('button', { name: 'demo-admin' }).click();
    await page.locator('input[name=secret]').fill('lobbyflow-demo');
    await page.locator('form button[type=submit]').click();
    await expect(page.getByRole('heading', { name: '设备' })).toBeVisible();
    await page.getByRole('button', { name: '账号' }).click();
    await expect(page.locator('li', { hasText: 'auditor' })).toContainText('演示');
    await expectNoBarrier(page, 'office in the dark');
  });

  test('the button of the bank’s directory leads into the console: an auditor reads what was done', async ({
    browser,
  }) => {
    const page = await openPage(browser, 'manager', `${server.url}/manager/?branch=${BRANCH}`);
    await page.getByRole('link', { name: '用总行统一登录登录' }).click();
    await expect(page.getByRole('button', { name: '欧阳' })).toBeVisible();
    await expect(page.locator('header h1')).toHaveText('晴川银行 港湾支行');
    // Nothing of the session stays in the address, nor does Back lead into it.
    expect(page.url()).not.toContain('session');

    // Something for the audit to tell of: in the branch, and of somebody who works for all of them.
    const post = async (path: string, data: object, token = '') => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await page.request.post(`${server.url}/api/${path}`, { data, ...(token !== '' && { headers }) });
      expect(answer.ok()).toBe(true);
      return (await answer.json()) as { readonly token: string };
    };
    const teller = { branchId: BRANCH, staffId: '1003', counterId: 'c3', secret: '246810' };
    const command = { type: 'OpenCounter', counterId: 'c3', tellerId: '1003' };
    const { token } = await post('sign-in', teller);
    await post(`branches/${BRANCH}/commands`, { commandId: randomUUID(), command }, token);
    const admin = await post('sign-in', { branchId: BRANCH, staffId: 'demo-admin', secret: 'lobbyflow-demo' });
    await post('sign-out', {}, admin.token);

    await page.getByRole('button', { name: '审计' }).click();
    await expect(page.locator('[data-state=whole]')).toContainText(/完整：\d+ 行都没有改动过.*检查/);
    const rows = page.locator('tbody tr');
    await expect(rows.filter({ hasText: '统一登录' }).first()).toBeVisible();
    await page.locator('select[name=act]').selectOption('CounterOpened');
    await expect(page).toHaveURL(/#\/audit\?act=CounterOpened$/);
    await page.locator('input[name=who]').fill('1003');
    await page.keyboard.press('Enter');
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(/窗口 3\s*状态 未开 →\s*开放/);
    await expectNoBarrier(page, 'audit');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出 CSV' }).click();
    const csv = readFileSync(await (await download).path(), 'utf8');
    expect(csv.trim().split('\r\n')).toHaveLength(2);

    // A reload keeps both; Back takes one thing away again.
    await page.reload();
    await expect(page.locator('input[name=who]')).toHaveValue('1003');
    await page.goBack();
    await expect(page).toHaveURL(/#\/audit\?act=CounterOpened$/);
    await page.locator('input[name=who]').fill('nobody-of-this-name');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('insight-empty')).toHaveText('没有符合条件的记录。');
    await page.getByRole('button', { name: '清除条件' }).click();
    await page.locator('select[name=of]').selectOption('network');
    await expect(rows.first()).toContainText('退出登录');

    // What it says of a row that somebody changed; that it finds one, tests/contract/audit.test.ts knows.
    const verdict = { ok: false, seq: 1, why: 'changed after it was written', checkedAt: Date.now() };
    await page.route('**/audit/verification', (route) => route.fulfill({ json: verdict }));
    await page.getByRole('button', { name: '再查一次' }).click();
    await expect(page.locator('[data-state=broken]')).toContainText('第 1 行起不完整');
    await expectNoBarrier(page, 'a broken chain');
    await page.getByRole('button', { name: '查看第 1 行' }).click();
    await expect(rows.first()).toHaveAttribute('data-row', '1');
    await page.route('**/api/audit?*', (route) => route.abort());
    await page.getByRole('button', { name: '最新' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  });
});
