import { expect, jest, test } from '@jest/globals';
import { allFaults } from './kinds/all.ts';
import { campaign, type CampaignOptions } from './support/campaign.ts';
import type { Mode } from './support/site.ts';

/** The short form of `npm run faults`: a few faults against each installation, another order each day. */

jest.setTimeout(400_000);
const seed = Math.floor(Date.now() / 86_400_000);
const pick = (...names: string[]) => allFaults.filter(({ name }) => names.includes(name));

function suffer(mode: Mode, options: Pick<CampaignOptions, 'faults'> & Partial<CampaignOptions>) {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  return campaign({ seed, mode, minutes: 0, say, ...options }).finally(() => console.log(lines.join('\n')));
}

test('embedded: killed, and a full disk', async () => {
  const faults = pick('kill-server', 'disk-full');
  const outcome = await suffer('embedded', { faults });
  expect(outcome.words).toEqual([]);
  expect(outcome.acknowledged).toBeGreaterThan(100);
});

test('two processes: one killed or frozen, PostgreSQL killed, Redis killed, a network cut', async () => {
  const faults = pick('kill-server', 'freeze-server', 'kill-postgres', 'kill-redis', 'store-cut');
  const outcome = await suffer('shared', { faults });
  expect(outcome.words).toEqual([]);
  expect(outcome.acknowledged).toBeGreaterThan(100);
});

test('a server that acknowledges before it writes is found out', async () => {
  const outcome = await suffer('embedded', { faults: pick('kill-server'), planted: true });
  expect(outcome.found.lost).toBeGreaterThan(0);
  expect(outcome.found.untrue).toBeGreaterThan(0);
});
