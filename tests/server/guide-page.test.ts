import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { guidePages } from '../../server/guide-page.ts';
import { BRANCH } from '../support/branch.ts';

const text = (en: string) => ({ 'zh-CN': `${en} 简`, 'zh-TW': `${en} 繁`, en });
const guide = {
  documents: [text('Card & "paper"')],
  fee: text('Free <within> the bank'),
  fees: [{ item: text('Abroad'), price: text('20 yuan') }],
  steps: [text('Sign')],
};
const services = BRANCH.services.map((service) => (service.id === 'deposit' ? { ...service, guide } : service));
const server = createServer(express().use(guidePages(new Map([['test', { config: { ...BRANCH, services } }]]))));
let url = '';
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/guide`;
});
afterAll(() => void server.close());

test('the business guide to take along: papers, prices, time and steps in the language of the kiosk, and nothing that runs', async () => {
  const response = await fetch(`${url}/test/deposit?lang=en`);
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).toContain('<html lang="en">');
  for (const words of ['Deposit', 'Takes about 5 min', 'Abroad</td><td>20 yuan', 'Sign', '95000'])
    expect(page).toContain(words);
  // What an operator wrote is text, never markup.
  expect(page).toContain('Card &#38; &#34;paper&#34;');
  expect(page).toContain('Free &#60;within&#62; the bank');
  expect(page).not.toContain('<script');
  const [, style = ''] = /<style>([^]*)<\/style>/.exec(page) ?? [];
  const digest = createHash('sha256').update(style).digest('base64');
  expect(response.headers.get('content-security-policy')).toContain(`style-src 'sha256-${digest}'`);
});

test('a language that it does not have is simplified Chinese; what there is not is not found', async () => {
  expect(await (await fetch(`${url}/test/deposit?lang=fr`)).text()).toContain('Sign 简');
  expect((await fetch(`${url}/test/flying`)).status).toBe(404);
  expect((await fetch(`${url}/elsewhere/deposit`)).status).toBe(404);
});
