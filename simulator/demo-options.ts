import { parseArgs } from 'node:util';

export const USAGE = `Simulated customers and tellers in the branches of config/branches, on a real server.

  npm run demo -- [options]

  --speed 10        how many times as fast as real time the hall runs
  --branch harbour  only this branch; may be given several times (all branches)
  --per-hour 60     so many customers an hour of the hall all day, instead of the day's curve
  --leave c3        leave this counter to you; may be given several times
  --seed 1          the same seed draws the same customers and service times
  --url http://...  a server that runs already, instead of a new one
  --port 4600       of the new server
  --data ./data/demo  its data folder
  --help            this text
`;

export interface DemoOptions {
  readonly speed: number;
  readonly branches: readonly string[];
  readonly perHour: number | undefined;
  readonly leave: readonly string[];
  readonly seed: number;
  readonly url: string | undefined;
  readonly port: string | undefined;
  readonly data: string;
}

/** @returns the options, `help` when that was asked for, or what is wrong, one line each */
export function readOptions(
  args: readonly string[],
): { readonly options: DemoOptions } | { readonly help: true } | { readonly errors: readonly string[] } {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        speed: { type: 'string', default: '10' },
        branch: { type: 'string', multiple: true, default: [] },
        'per-hour': { type: 'string' },
        leave: { type: 'string', multiple: true, default: [] },
        seed: { type: 'string', default: '1' },
        url: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string', default: './data/demo' },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return { errors: [error instanceof Error ? error.message : String(error)] };
  }
  if (values.help) return { help: true };

  const errors: string[] = [];
  const number = (name: string, text: string, low: number, high: number): number => {
    const value = text.trim() === '' ? NaN : Number(text);
    if (!(value >= low && value <= high))
      errors.push(`--${name} must be a number from ${low} to ${high}, not "${text}"`);
    return value;
  };
  const speed = number('speed', values.speed, 0.1, 100);
  const seed = number('seed', values.seed, 0, 2 ** 31 - 1);
  const perHour = values['per-hour'] === undefined ? undefined : number('per-hour', values['per-hour'], 1, 2_000);
  if (values.port !== undefined) number('port', values.port, 1, 65_535);
  if (values.url !== undefined && !/^https?:\/\//.test(values.url))
    errors.push('--url must begin with http:// or https://');
  if (errors.length > 0) return { errors };
  const { branch: branches, leave, url, port, data } = values;
  return { options: { speed, branches, perHour, leave, seed, url, port, data } };
}
