import { parseArgs } from 'node:util';
import { backtest, LEADS, METHODS, type Backtest } from './backtest-methods.ts';

const USAGE = `How well the forecast of a day's tickets does on synthetic years, beside simpler ways.

  npm run backtest -- [options]

  --years 3   so many years of days; the first 8 weeks only teach
  --seed 1    the same seed draws the same years
  --json      for machines
  --help      this text
`;

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

/** "-36%": how far an error is below that of seasonal naive. */
function against(result: Backtest, error: number, field: 'mape' | 'mapeOrdinary', lead: number): string {
  const naive = result.rows.find((row) => row.method === 'seasonal naive' && row.lead === lead)?.[field] ?? NaN;
  return `${error <= naive ? '-' : '+'}${Math.abs(100 * (error / naive - 1)).toFixed(0)}%`;
}

function tableOf(result: Backtest): string {
  const lines = [
    'Mean absolute percentage error of a day, and how it compares with seasonal naive',
    '',
    `${''.padEnd(22)}${LEADS.map((lead) => `${lead} day${lead > 1 ? 's' : ''} ahead`.padEnd(32)).join('')}`.trimEnd(),
    `${'method'.padEnd(22)}${LEADS.map(() => 'all days'.padEnd(16) + 'ordinary days'.padEnd(16)).join('')}`.trimEnd(),
  ];
  for (const method of METHODS) {
    const cells = LEADS.flatMap((lead) => {
      const row = result.rows.find((each) => each.method === method && each.lead === lead);
      return (['mape', 'mapeOrdinary'] as const).map((field) => {
        const error = row?.[field] ?? NaN;
        const compared = method === 'seasonal naive' ? '' : against(result, error, field, lead);
        return `${percent(error).padStart(6)} ${compared.padStart(5)}`.padEnd(16);
      });
    });
    lines.push(`${method.padEnd(22)}${cells.join('')}`.trimEnd());
  }
  const { halfHours } = result;
  lines.push(
    '',
    `${result.days} open days, ${result.ordinaryDays} of them ordinary: no holiday, and none a week before.`,
    `${percent(result.coverage)} of the days ended within the range of 8 in 10.`,
    `Half hours by segment, absolute error over tickets: ${percent(halfHours.forecast)}; last week's copied: ${percent(halfHours.naive)}.`,
  );
  return lines.join('\n');
}

function main(args: readonly string[]): number {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        years: { type: 'string', default: '3' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [years, seed] = [Number(values.years), Number(values.seed)];
  if (!(years >= 0.5 && years <= 50)) {
    console.error(`--years must be a number from 0.5 to 50, not "${values.years}"`);
    return 2;
  }
  if (!Number.isInteger(seed) || seed < 0 || seed > 2 ** 31 - 1) {
    console.error(`--seed must be a whole number from 0 to ${2 ** 31 - 1}, not "${values.seed}"`);
    return 2;
  }
  const result = backtest(years, seed);
  console.log(values.json ? JSON.stringify({ years, seed, ...result }, null, 2) : tableOf(result));
  return 0;
}

process.exitCode = main(process.argv.slice(2));
