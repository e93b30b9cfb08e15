import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { loadBranches } from '../../config/load.ts';
import { PublicHolidays } from '../../server/public-holidays.ts';
import { log } from '../support/running-hall.ts';

const calendar = { holidays: ['2026-10-05'], paydays: [10, 25], workingWeekends: ['2026-10-10', '2026-02-28'] };
const CHINA = { calendar, holidaysOf: { country: 'CN' } };

async function holidaysAmong(days: readonly string[], branch = CHINA as Parameters<PublicHolidays['factsOf']>[0]) {
  const holidays = new PublicHolidays(log);
  const facts = await Promise.all(days.map((day) => holidays.factsOf(branch, day)));
  return facts.flatMap(({ day, holiday }) => (holiday ? [day] : []));
}

test('the public holidays of the country and those of the branch count, half days do not', async () => {
  const asked = ['2026-01-01', '2026-02-17', '2026-03-08', '2026-06-19', '2026-10-01', '2026-10-05', '2026-10-06'];
  expect(await holidaysAmong(asked)).toEqual(['2026-01-01', '2026-02-17', '2026-06-19', '2026-10-01', '2026-10-05']);
  expect(await holidaysAmong(asked, { calendar })).toEqual(['2026-10-05']);
});

test('a day is seen across the turn of the year, and a working weekend is none of them', async () => {
  const holidays = new PublicHolidays(log);
  // 1 January 2027 is a Friday: the weekend is between, and Monday the first working day after it.
  expect(await holidays.factsOf(CHINA, '2027-01-04')).toMatchObject({ weekday: 1, afterHoliday: true });
  expect(await holidays.factsOf(CHINA, '2026-10-10')).toMatchObject({ weekday: 5, payday: true });
  const taiwan = { calendar, holidaysOf: { country: 'TW' } };
  expect(await holidaysAmong(['2026-02-28'], taiwan)).toEqual([]);
  expect(await holidaysAmong(['2026-02-28'], { ...taiwan, calendar: { holidays: [], paydays: [] } })).toHaveLength(1);
});

test('a region has holidays of its own, and of a country that nobody knows the operator is told', async () => {
  const germany = (region?: string) => ({
    calendar: { holidays: [], paydays: [] },
    holidaysOf: { country: 'DE', ...(region !== undefined && { region }) },
  });
  expect(await holidaysAmong(['2026-01-06'], germany('BY'))).toEqual(['2026-01-06']);
  expect(await holidaysAmong(['2026-01-06'], germany())).toEqual([]);
  const lines: string[] = [];
  const holidays = new PublicHolidays(pino({ level: 'warn' }, { write: (line: string) => lines.push(line) }));
  const nowhere = { calendar, holidaysOf: { country: 'XX' } };
  expect((await holidays.factsOf(nowhere, '2026-10-05')).holiday).toBe(true);
  expect(lines.join()).toContain('no public holidays are known');
});

test('the demo branch in Shanghai names its country', () => {
  const harbour = loadBranches('config/branches').branches.find(({ config }) => config.branchId === 'harbour');
  expect(harbour?.holidaysOf).toEqual({ country: 'CN' });
  expect(harbour?.config).not.toHaveProperty('calendar');
});
