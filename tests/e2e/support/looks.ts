import { expect, type Page } from '@playwright/test';
import type { Locale } from '../../../domain/config.ts';
import { BUSY_BRANCH, type Scene } from './busy-morning.ts';
import { signInAsManager, signInAtCounter, type Size } from './pages.ts';

/** One state of one screen. The same list is looked at by axe, measured, and photographed. */
export interface Look {
  readonly name: string;
  readonly room: 'home' | 'kiosk' | 'display' | 'counter-client' | 'rating' | 'manager' | 'phone' | 'feedback';
  readonly size: Size;
  readonly theme?: 'dark';
  readonly address: (scene: Scene) => string;
  readonly prepare: (page: Page) => Promise<unknown>;
}

export const LOCALES: readonly Locale[] = ['zh-CN', 'zh-TW', 'en'];

/** Where a screen remembers its theme. */
export const DARK = { 'lobbyflow.theme': 'dark', 'lobbyflow.manager.theme': 'dark' } as const;

export function addressOf(look: Look, scene: Scene, locale: Locale): string {
  const url = new URL(look.address(scene), scene.server.url);
  url.searchParams.set('lang', locale);
  return url.href;
}

const branch = `?branch=${BUSY_BRANCH}`;
const tile = (page: Page, at: number) => page.locator('main .tile:not(.aside)').nth(at);
const aside = (page: Page, at: number) => page.locator('main .tile.aside').nth(at);
const heading = (page: Page) => expect(page.locator('h1').first()).toBeVisible();

function kiosk(name: string, steps: (page: Page) => Promise<unknown>): Look {
  const prepare = async (page: Page) => {
    await expect(tile(page, 0)).toBeEnabled();
    await steps(page);
    await heading(page);
  };
  return { name, room: 'kiosk', size: 'kiosk', address: () => `/kiosk/${branch}`, prepare };
}

function display(name: string, query: string, shows: string): Look {
  const prepare = (page: Page) => expect(page.locator(shows).first()).toBeVisible();
  return { name, room: 'display', size: 'display', address: () => `/display/${branch}${query}`, prepare };
}

function counter(
  name: string,
  [counterId, staffId]: readonly [string, string],
  steps: (page: Page) => Promise<unknown> = async () => {},
  more: Partial<Look> = {},
): Look {
  const prepare = async (page: Page) => {
    await signInAtCounter(page, counterId, staffId);
    await steps(page);
  };
  return {
    name,
    room: 'counter-client',
    size: 'counter',
    address: () => `/counter-client/${branch}`,
    prepare,
    ...more,
  };
}

function rating(name: string, counterId: string): Look {
  const address = () => `/rating/${branch}&counter=${counterId}`;
  return {
    name,
    room: 'rating',
    size: 'rating',
    address,
    prepare: (page) => expect(page.getByTestId('rating')).toBeVisible(),
  };
}

function manager(name: string, steps: (page: Page) => Promise<unknown>, more: Partial<Look> = {}): Look {
  const prepare = async (page: Page) => {
    await signInAsManager(page, '1012');
    // Off the key that was pressed: whatever stands there next would show its bubble.
    await page.mouse.move(0, 0);
    await steps(page);
  };
  return { name, room: 'manager', size: 'manager', address: () => `/manager/${branch}`, prepare, ...more };
}

function phone(name: keyof Scene['tickets']): Look {
  const address = ({ tickets }: Scene) => `/t/${BUSY_BRANCH}/${tickets[name]}`;
  return { name: `phone-${name}`, room: 'phone', size: 'phone', address, prepare: heading };
}

/** Presses a key and waits for the dialog that it opens. */
const dialog = (key: string) => async (page: Page) => {
  await page.keyboard.press(key);
  await expect(page.locator('dialog[open], [role=dialog]:visible').first()).toBeVisible();
};
const drawer = (selector: string) => async (page: Page) => {
  await page.locator(selector).first().click();
  await expect(page.locator('[role=dialog]:visible').first()).toBeVisible();
  await expect(page.locator('.el-drawer-fade-enter-active, .dialog-fade-enter-active')).toHaveCount(0);
};

/** One action of the sheet of the first ticket that waits. */
const sheetOf = (action: string) => async (page: Page) => {
  await drawer('button.chip')(page);
  await page.getByTestId(`act-${action}`).click();
};
/** The map asks where the ticket should go. */
async function sending(page: Page) {
  await sheetOf('send')(page);
  await expect(page.locator('.tile.legal').first()).toBeVisible();
  await expect(page.locator('[role=dialog]:visible')).toHaveCount(0);
}

/** A place in the manager's console. */
const at = (hash: string) => ({ address: () => `/manager/${branch}${hash}` });
const drawn = (page: Page) => expect(page.locator('.canvas canvas').nth(2)).toBeVisible();
const shown = (part: string) => (page: Page) => page.getByTestId(part).evaluate((panel) => panel.scrollIntoView());
async function played(page: Page) {
  await page.getByTestId('play').click();
  const outcome = page.getByTestId('what-if-outcome');
  await expect(outcome).toBeVisible({ timeout: 60_000 });
  await outcome.evaluate((panel) => panel.scrollIntoView());
}
const opened = (page: Page) => page.locator('.choice summary').first().click();
const reported = (page: Page) => expect(page.locator('.report .canvas canvas').nth(3)).toBeVisible();
async function rowsOf(page: Page) {
  await reported(page);
  await shown('report-rows')(page);
}
/** One half hour of the weeks, with its tickets. */
async function behind(page: Page) {
  await reported(page);
  await page.getByTestId('report-heat').locator('button[tabindex="0"]').press('Enter');
  await expect(page.getByTestId('report-tickets').locator('tbody tr').first()).toBeVisible();
  await expect(page.locator('.el-drawer-fade-enter-active')).toHaveCount(0);
}

/** A complaint taken in at the desk, and open. */
async function complained(page: Page) {
  await page.locator('textarea[name=text]').fill('取号后等了一个多小时，问大堂也没有人解释。');
  await page.getByTestId('intake').locator('button[type=submit]').click();
  await page.getByTestId('receipt').locator('.secondary').click();
  await expect(page.getByTestId('case-acts')).toBeVisible();
}
/** An entry of the suggestion book, typed in. */
async function suggested(page: Page) {
  await page.locator('textarea[name=text]').fill('希望大厅多放几把椅子。');
  await page.getByTestId('inbox-entry').locator('button[type=submit]').click();
  await expect(page.getByTestId('inbox-acts')).toBeVisible();
}

const CALLED = ['c1', '1001'] as const;
const SERVING = ['c3', '1005'] as const;
const PAUSED = ['c4', '1008'] as const;
const IDLE = ['c8', '1010'] as const;

export const LOOKS: readonly Look[] = [
  {
    name: 'home',
    room: 'home',
    size: 'home',
    address: () => '/',
    prepare: (page) => expect(page.locator('.card').first()).toBeVisible(),
  },

  kiosk('kiosk', async () => {}),
  kiosk('kiosk-services', (page) => tile(page, 1).click()),
  kiosk('kiosk-care', (page) => aside(page, 0).click()),
  kiosk('kiosk-several', async (page) => {
    await aside(page, 1).click();
    for (const at of [0, 2, 8]) await tile(page, at).click();
  }),
  kiosk('kiosk-guide', (page) => aside(page, 2).click()),
  kiosk('kiosk-guide-of', async (page) => {
    await aside(page, 2).click();
    await tile(page, 0).click();
  }),
  // There is a wait at the counters, and none at the machines.
  kiosk('kiosk-offer', async (page) => {
    await tile(page, 0).click();
    await expect(page.locator('.ways')).toBeVisible();
  }),
  kiosk('kiosk-ticket', async (page) => {
    await tile(page, 0).click();
    await page.locator('.ways .tile').nth(1).click();
    await expect(page.locator('svg.qr').first()).toBeVisible();
  }),
  kiosk('kiosk-large', (page) => page.locator('.tools .key').first().click()),
  kiosk('kiosk-contrast', (page) => page.locator('.tools .key').nth(1).click()),
  kiosk('kiosk-low', async (page) => {
    await page.locator('.tools .key').nth(3).click();
    await page.locator('.tools .key').first().click();
  }),

  display('display', '', '[data-testid=now-calling]'),
  display('display-media-call', '&layout=media', '.now-call'),
  display('display-media', '&layout=media&zone=marketing', '[data-testid=media] > :is(img, iframe)'),
  display('display-zone', '&zone=cash', '[data-testid=now-calling]'),
  display('display-counter', '&counter=c1', '[data-testid=counter-sign]'),
  display('display-counter-paused', '&counter=c4', '[data-testid=counter-sign]'),

  {
    ...counter('counter-sign-in', CALLED),
    prepare: (page) => expect(page.locator('form select').nth(1)).toBeVisible(),
  },
  counter('counter-idle', IDLE),
  counter('counter-called', CALLED),
  counter('counter-serving', SERVING),
  counter('counter-serving-dark', SERVING, undefined, { theme: 'dark' }),
  counter('counter-paused', PAUSED),
  counter('counter-transfer', SERVING, dialog('F6')),
  counter('counter-hold', SERVING, dialog('F7'), { theme: 'dark' }),
  counter('counter-find', SERVING, dialog('Control+k')),
  counter('counter-keys', SERVING, dialog('?')),
  counter('counter-more', SERVING, dialog('F10'), { theme: 'dark' }),
  counter('counter-dock', CALLED, undefined, { size: 'dock' }),
  counter('counter-dock-serving', SERVING, undefined, { size: 'dock', theme: 'dark' }),

  rating('rating', 'c1'),
  rating('rating-serving', 'c3'),
  rating('rating-paused', 'c4'),

  { ...manager('manager-sign-in', heading), prepare: (page) => expect(page.locator('form select')).toBeVisible() },
  manager('manager', heading),
  manager('manager-dark', heading, { theme: 'dark' }),
  manager('manager-ticket', drawer('button.chip')),
  manager('manager-ticket-dark', drawer('button.chip'), { theme: 'dark' }),
  manager('manager-counter', drawer('button.tile')),
  manager('manager-take', drawer('header .take')),
  manager('manager-sending', sending),
  manager('manager-documents', sheetOf('documents'), { theme: 'dark' }),
  manager('manager-small', heading, { size: 'dock', theme: 'dark' }),
  manager('manager-walk', (page) => expect(page.getByTestId('walk')).toBeVisible(), { ...at('#/walk'), size: 'dock' }),
  manager('manager-heat', shown('heat'), { ...at('#/figures?day=2026-11-23'), size: 'counter' }),
  manager('manager-queue', (page) => page.locator('header nav button').nth(1).click()),
  manager('manager-queue-dark', (page) => page.locator('header nav button').nth(1).click(), { theme: 'dark' }),
  manager('manager-figures', drawn, at('#/figures?day=2026-11-23')),
  manager('manager-figures-dark', drawn, { ...at('#/figures?day=2026-11-23'), size: 'counter', theme: 'dark' }),
  manager('manager-figures-today', drawn, at('#/figures')),
  manager('manager-effects', shown('effects'), { ...at('#/figures?day=2026-11-23'), size: 'counter' }),
  manager('manager-effects-dark', shown('effects'), { ...at('#/figures?day=2026-11-23'), theme: 'dark' }),
  manager('manager-estimates', shown('estimates'), at('#/figures?day=2026-11-23')),
  manager('manager-what-if', played, at('#/what-if')),
  manager('manager-what-if-dark', played, { ...at('#/what-if'), size: 'counter', theme: 'dark' }),
  manager('manager-what-if-choice', opened, at('#/what-if')),
  manager('manager-cases-desk', (page) => expect(page.getByTestId('intake')).toBeVisible(), at('#/cases?case=new')),
  manager('manager-cases', complained, { ...at('#/cases?case=new'), size: 'counter' }),
  manager('manager-cases-dark', complained, { ...at('#/cases?case=new'), theme: 'dark' }),
  manager('manager-inbox', suggested, { ...at('#/inbox?item=new'), size: 'counter' }),
  manager('manager-inbox-dark', suggested, { ...at('#/inbox?item=new'), size: 'dock', theme: 'dark' }),
  manager('manager-reports', reported, at('#/reports')),
  manager('manager-reports-tellers', rowsOf, { ...at('#/reports?by=teller'), size: 'counter', theme: 'dark' }),
  manager('manager-reports-tickets', behind, at('#/reports')),

  phone('waiting'),
  phone('near'),
  phone('called'),
  phone('serving'),
  phone('held'),
  phone('missed'),
  phone('finished'),
  {
    ...{ name: 'feedback', room: 'feedback', size: 'phone', address: () => `/feedback/${branch}` },
    prepare: async (page) => {
      await page.locator('.nature').nth(1).click();
      await expect(page.locator('#text')).toBeVisible();
    },
  },
];
