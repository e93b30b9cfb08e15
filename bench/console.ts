import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { command, newFolder, startHall, type Hall } from './servers.ts';

/**
 * `npm run bench:console`: what one update costs the manager's console in Chromium, from the message to the painted frame, with
 * 300 waiting and 30 counters. Needs `npm run build`; the target is under 100 ms.
 */

const COUNTERS = 30;
const WAITING = 300;
const UPDATES = 40;
const TARGET_MS = 100;
/** Tokens and connections may not send more in a second. */
const AT_ONCE = 50;

/** The big demo branch with more windows, drawn ten in a row, and somebody for each. */
function enlarge(folder: string): string[] {
  const file = join(folder, 'branches', 'b1.yaml');
  const ids = Array.from({ length: COUNTERS }, (_, place) => `w${place + 1}`);
  // Every segment needs a counter that serves it first.
  const profileOf = (place: number) => ['vip', 'machine'][place] ?? 'pooled';
  const counter = (id: string, place: number) =>
    `  - { id: ${id}, label: '${place + 1}', kind: floating, zone: cash, profile: ${profileOf(place)} }\n`;
  const person = (_: string, place: number) =>
    `  - { id: '${7001 + place}', name: T${place + 1}, skills: [cash, forex, corporate, lending, sales] }\n`;
  const cell = (id: string, place: number) =>
    `    - { counter: ${id}, x: ${(place % 10) * 3}, y: ${Math.floor(place / 10) * 3 + 1}, width: 3, height: 3 }\n`;
  const drawn = `map:\n  columns: 30\n  rows: 10\n  zones:\n    - { zone: cash, x: 0, y: 0, width: 30, height: 10 }\n  counters:\n`;
  const text = readFileSync(file, 'utf8')
    .replace(/^map:\n(?: .*\n)+/m, `${drawn}${ids.map(cell).join('')}\n`)
    .replace(/^counters:\n(?: .*\n)+/m, `counters:\n${ids.map(counter).join('')}\n`)
    .replace(/^staff:\n/m, `staff:\n${ids.map(person).join('')}`)
    .replace(/^ {2}policy: rolling-plan$/m, '  policy: manual');
  writeFileSync(file, text);
  return ids;
}

async function fill(hall: Hall, token: string, counters: readonly string[]): Promise<void> {
  const say = (what: object) => command(hall.url, { branchId: 'b1', token }, what);
  const services = ['deposit-withdrawal', 'transfer', 'card-opening', 'passbook'];
  for (const [place, counterId] of counters.entries())
    await say({ type: 'OpenCounter', counterId, tellerId: String(7001 + place) });
  for (let taken = 0; taken < WAITING + COUNTERS; taken += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, WAITING + COUNTERS - taken) }, (_, place) =>
        say({ type: 'TakeTicket', services: [services[place % services.length]] }),
      ),
    );
  for (const counterId of counters) await say({ type: 'CallNext', counterId });
}

/** Notes, for each view that comes, how long it took until the frame with it was painted. Runs in the page. */
function watchFrames(): void {
  const times: number[] = [];
  Object.assign(globalThis, { frameTimes: times });
  const Plain = WebSocket;
  globalThis.WebSocket = class extends Plain {
    constructor(...of: ConstructorParameters<typeof Plain>) {
      super(...of);
      this.addEventListener('message', ({ data }) => {
        if (typeof data !== 'string' || !data.startsWith('42["view"')) return;
        const begin = performance.now();
        const painted = new MessageChannel();
        painted.port1.onmessage = () => times.push(performance.now() - begin);
        // The frame is painted after its callbacks; what is posted in one runs behind it.
        requestAnimationFrame(() => painted.port2.postMessage(undefined));
      });
    }
  };
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.addInitScript(watchFrames);
  await page.goto(`${url}/manager/?branch=b1`);
  await page.locator('form select').selectOption('1007');
  await page.locator('form button[type=submit]').click();
  await page
    .locator('.chip')
    .nth(WAITING - 1)
    .waitFor();
}

/** Time of the processor that the page's main thread has used so far, ms: other programs on the machine do not count. */
async function workOf(page: Page): Promise<() => Promise<number>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  const before = await read();
  return async () => (await read()) - before;
}

const framesOf = (page: Page) =>
  page.evaluate(() => [...(globalThis as unknown as { frameTimes: readonly number[] }).frameTimes]);

const folder = newFolder(1);
const counters = enlarge(folder);
const hall = await startHall({ folder });
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const token = await hall.token('b1');
  await fill(hall, token, counters);
  const page = await (await browser.newContext({ viewport: { width: 1180, height: 820 } })).newPage();
  await signIn(page, hall.url);
  const drawn = await page.locator('.tile').count();
  const worked = await workOf(page);
  for (let update = 0; update < UPDATES; update += 1) {
    const before = (await framesOf(page)).length;
    const counterId = counters[update % counters.length];
    const what =
      update < COUNTERS ? { type: 'StartService', counterId } : { type: 'TakeTicket', services: ['transfer'] };
    await command(hall.url, { branchId: 'b1', token }, what);
    await page.waitForFunction(
      (count) => (globalThis as unknown as { frameTimes: unknown[] }).frameTimes.length > count,
      before,
    );
  }
  const times = (await framesOf(page)).sort((one, other) => one - other);
  const work = (await worked()) / times.length;
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  const [half, most] = [at(0.5), at(0.95)];
  console.log(`the console with ${await page.locator('.chip').count()} waiting and ${drawn} counters`);
  console.log(`one update, message to painted frame: p50 ${half} ms, p95 ${most} ms, ${times.length} updates`);
  console.log(`work of the main thread for each, the clock of the page with it: ${work.toFixed(1)} ms`);
  console.log(`target under ${TARGET_MS} ms: ${most < TARGET_MS ? 'met' : 'missed'}`);
} finally {
  await browser.close();
  await hall.stop();
}
