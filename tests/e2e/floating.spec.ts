import { expect, test } from './support/fixtures.ts';
import { Hall } from './support/hall.ts';
import { openPage, signInAsManager, signInAtCounter } from './support/pages.ts';
import { RunningServer } from '../support/running-server.ts';

const BRANCH = 'harbour';
const OPENING = Date.parse('2026-11-24T09:00:00+08:00');
/** The branch looks at its hall every 30 seconds; the server's clock is turned to the next time. */
const REVIEW_MS = 30_000;

test('a rush makes a proposal appear, one tap sends somebody over, the window opens and the queue falls', async ({
  browser,
}) => {
  const server = await RunningServer.launch({
    entry: 'tests/e2e/support/posing-server.ts',
    env: { LOBBYFLOW_BRANCHES: 'config/branches' },
  });
  let now = OPENING + 20 * 60_000;
  const nextReview = () => server.tell({ turnTo: (now += REVIEW_MS) });
  await nextReview();
  try {
    const hall = new Hall(server.url, BRANCH);
    for (const [counterId, tellerId] of [
      ['c1', '1001'],
      ['c3', '1003'],
    ] as const)
      await hall.send('manager', { type: 'OpenCounter', counterId, tellerId });
    const manager = await openPage(browser, 'manager', `${server.url}/manager/?branch=${BRANCH}`);
    await signInAsManager(manager, '1009');
    for (let customer = 0; customer < 24; customer += 1) await hall.take('deposit-withdrawal');

    await nextReview();
    const card = manager.getByTestId('proposal').first();
    await expect(card).toBeVisible();
    await expect(card).toContainText('号窗口');
    await expect(card.locator('.with').first()).toBeVisible();
    const [proposal] = (await hall.view('manager')).proposals;
    if (proposal?.counterId === undefined || proposal.tellerId === undefined) throw new Error('no window is proposed');
    const { counterId, tellerId, promised } = proposal;
    expect(proposal.kind).toBe('open');
    expect(promised?.after.waiting).toBeLessThan(promised?.before.waiting ?? 0);

    await card.getByTestId('approve').click();
    await expect(manager.getByTestId('done-proposal').first()).toContainText('正在前往');
    expect((await hall.view('counter', { counterId })).counter).toMatchObject({ status: 'opening', tellerId });

    // The person signs in there: the window is open before its time, and calls.
    const counter = await openPage(browser, 'counter', `${server.url}/counter-client/?branch=${BRANCH}`);
    await signInAtCounter(counter, counterId, tellerId);
    await expect(counter.getByTestId('counter-state')).toHaveAttribute('data-state', 'idle');
    const before = (await hall.view('manager')).waiting.length;
    await counter.keyboard.press('F2');
    await expect(counter.getByTestId('current-ticket')).toBeVisible();
    expect((await hall.view('manager')).waiting.length).toBe(before - 1);

    // Closing is soft: the customer in hand is finished first.
    await hall.send('manager', { type: 'CloseCounter', counterId });
    await expect(counter.getByTestId('counter-state')).not.toHaveAttribute('data-state', 'closed');
    expect((await hall.view('counter', { counterId })).counter.status).toBe('closing');
    await hall.send('manager', { type: 'StartService', counterId });
    await hall.send('manager', { type: 'FinishService', counterId, outcome: 'done' });
    await expect(counter.getByTestId('counter-state')).toHaveAttribute('data-state', 'closed');

    // And a proposal that is not followed asks why.
    await nextReview();
    const next = manager.getByTestId('proposal').first();
    await expect(next).toBeVisible();
    await next.getByRole('button', { name: '暂不' }).click();
    await next.getByRole('button', { name: '很快会缓解' }).click();
    await expect(manager.getByTestId('proposal')).toHaveCount(0);
  } finally {
    await server.dispose();
  }
});
