import { Chance } from '../../../simulator/chance.ts';
import { mayMount } from '../kinds/disk.ts';
import type { Fault } from './fault.ts';
import { Findings, type Kind } from './findings.ts';
import { Hall } from './hall.ts';
import { embeddedSite, sharedSite, type Mode, type Site } from './site.ts';

export interface CampaignOptions {
  readonly seed: number;
  readonly mode: Mode;
  readonly faults: readonly Fault[];
  /** Each fault happens once, and then more of them until this is over. */
  readonly minutes: number;
  /** The embedded server acknowledges before it writes: the fault that must be found. */
  readonly planted?: boolean;
  readonly say: (line: string) => void;
}

export interface Outcome {
  readonly mode: Mode;
  readonly faults: number;
  readonly acknowledged: number;
  readonly found: Readonly<Record<Kind, number>>;
  readonly words: readonly string[];
  /** What people heard besides "done". */
  readonly heard: Readonly<Record<string, number>>;
  readonly skipped: readonly string[];
}

/** One hall, and the faults one after the other in an order by seed. */
export async function campaign(options: CampaignOptions): Promise<Outcome> {
  const { seed, mode, minutes, say } = options;
  const until = performance.now() + minutes * 60_000;
  const chance = new Chance(seed, mode);
  const findings = new Findings();
  const fits = options.faults.filter(({ modes }) => modes.includes(mode));
  const possible = fits.filter(({ openSite }) => openSite === undefined || mayMount());
  const halls: Hall[] = [];
  const enter = async (site: Site): Promise<Hall> => {
    const hall = await Hall.open(site, seed + halls.length, findings);
    halls.push(hall);
    return hall;
  };
  const env: Record<string, string> = options.planted === true ? { FAULTS_ACK_FIRST: '1' } : {};
  const hall = await enter(await (mode === 'embedded' ? embeddedSite({ env }) : sharedSite()));
  let faults = 0;
  try {
    for (const fault of order(possible, chance, () => performance.now() < until)) {
      const own = fault.openSite && (await enter(await fault.openSite()));
      const before = findings.words().length;
      const words = await (own ?? hall).suffer(fault, chance);
      await own?.close();
      faults += 1;
      say(
        `${new Date().toISOString().slice(11, 19)} ${mode} ${fault.name}: ${words}; ${hall.acknowledged} acknowledged`,
      );
      for (const found of findings.words().slice(before, before + 5)) say(`    FOUND ${found}`);
    }
  } finally {
    await hall.close();
  }
  const heard: Record<string, number> = {};
  for (const each of halls) for (const [code, count] of each.heard) heard[code] = (heard[code] ?? 0) + count;
  return {
    ...{ mode, faults, heard, found: findings.counts(), words: findings.words() },
    acknowledged: halls.reduce((sum, each) => sum + each.acknowledged, 0),
    skipped: fits.filter((fault) => !possible.includes(fault)).map(({ name }) => name),
  };
}

/** Every fault once in any order, and then again in another as long as there is time. */
function* order(faults: readonly Fault[], chance: Chance, more: () => boolean): Generator<Fault> {
  for (let round = 0; round === 0 || (more() && faults.length > 0); round += 1) {
    const left = [...faults];
    while (left.length > 0 && (round === 0 || more()))
      yield* left.splice(Math.floor(chance.uniform() * left.length), 1);
  }
}
