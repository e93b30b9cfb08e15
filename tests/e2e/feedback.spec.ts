import type { FeedbackReceipt } from '../../protocol/feedback.ts';
import type { InboxList } from '../../protocol/inbox.ts';
import { RunningServer } from '../support/running-server.ts';
import { SmtpSink } from '../support/smtp-sink.ts';
import { expect, test } from './support/fixtures.ts';
import { Hall } from './support/hall.ts';
import { openPage } from './support/pages.ts';

/** The six digits in the mail, however it is encoded. */
function codeIn({ data }: { readonly data: string }): string {
  const [head = '', ...body] = data.split('\r\n\r\n');
  const text = /base64/i.test(head) ? Buffer.from(body.join(''), 'base64').toString() : body.join('\n');
  return /\b\d{6}\b/.exec(text)?.[0] ?? '';
}

test('a customer writes to the bank, proves their address by a code, and follows it; staff find it in the inbox', async ({
  browser,
}) => {
  const sink = await SmtpSink.open();
  const server = await RunningServer.launch({
    env: {
      LOBBYFLOW_SMTP_URL: sink.url(),
      LOBBYFLOW_SMTP_PASSWORD: sink.password,
      LOBBYFLOW_MAIL_FROM: 'queue@bank.example',
    },
  });
  try {
    const page = await openPage(browser, 'phone', `${server.url}/feedback/?branch=garden&lang=en`);
    await page.getByText('A suggestion', { exact: true }).click();
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByRole('alert')).toContainText('Write your message');
    await page.getByLabel('Your message').fill('More chairs by the door, please.');
    await page.getByLabel('Mail address').fill('li.mei@customer.example');
    await page.getByRole('button', { name: 'verify your address' }).click();

    const code = page.getByLabel('Code');
    await expect.poll(() => sink.received.length).toBe(1);
    const [mail] = sink.received;
    const right = mail ? codeIn(mail) : '';
    await code.fill(right === '000000' ? '000001' : '000000');
    await page.getByRole('button', { name: 'Confirm and send' }).click();
    await expect(page.getByRole('alert')).toContainText('4 tries left');
    await code.fill(right);
    await page.getByRole('button', { name: 'Confirm and send' }).click();
    await expect(page.getByRole('heading')).toContainText('We have it');
    const number = (await page.locator('.number').textContent()) ?? '';

    // The key is in the link and in no address that a server is sent.
    await page.getByRole('link', { name: 'Follow it' }).click();
    await expect(page.getByRole('heading')).toContainText('waiting for somebody');
    expect(new URL(page.url()).pathname).toBe(`/feedback/item/${number}`);

    const hall = new Hall(server.url, 'garden');
    const { items } = await hall.read<InboxList>('manager', 'inbox');
    const said: Partial<FeedbackReceipt> & { text: string } = {
      identity: 'mail-verified',
      number,
      text: 'More chairs by the door, please.',
    };
    expect(items).toMatchObject([said]);
    await page.context().close();
  } finally {
    await server.dispose();
    await sink.away();
  }
});
