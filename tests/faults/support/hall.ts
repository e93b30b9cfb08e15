import type { Chance } from '../../../simulator/chance.ts';
import { until } from '../../support/until.ts';
import { Crowd } from './crowd.ts';
import { seconds, type Fault } from './fault.ts';
import type { Findings } from './findings.ts';
import { Ledger } from './ledger.ts';
import { Screens } from './screens.ts';
import type { Site } from './site.ts';
import { judge } from './verdict.ts';

/** After a fault every screen must show what the log has within this, by itself. */
const CONVERGE_MS = 25_000;
/** So many answers are heard before the next fault, and all people work again within this. */
const AT_WORK = { answers: [20, 60], withinMs: 40_000 } as const;

/** A hall full of people and screens, to which one fault after the other happens, and which is examined after each. */
export class Hall {
  private constructor(
    private readonly site: Site,
    private readonly ledger: Ledger,
    private readonly crowd: Crowd,
    private readonly screens: Screens,
    private readonly findings: Findings,
  ) {}

  static async open(site: Site, seed: number, findings: Findings): Promise<Hall> {
    const ledger = new Ledger();
    const crowd = new Crowd(site, ledger, seed);
    const screens = await Screens.open(site, ledger);
    await crowd.arrive();
    return new Hall(site, ledger, crowd, screens, findings);
  }

  get acknowledged(): number {
    return this.ledger.acknowledged.length;
  }

  /** What people heard besides "done", by its code. */
  get heard(): ReadonlyMap<string, number> {
    return this.ledger.heard;
  }

  /** @returns what was done, and how the hall came out of it */
  async suffer(fault: Fault, chance: Chance): Promise<string> {
    const { site, ledger } = this;
    let done: string;
    try {
      await this.#atWork(Math.round(chance.between(...AT_WORK.answers)));
      done = await fault.strike({ site, ledger, chance });
    } catch (error) {
      done = error instanceof Error ? error.message : String(error);
      this.findings.add('wrong', [`${fault.name}: ${done}`]);
    }
    const rightAfter = await this.#converge();
    await this.#examine();
    return `${done}. Screens right after ${seconds(rightAfter)}`;
  }

  /** Everybody goes home, and the books are closed. */
  async close(): Promise<void> {
    await this.crowd.leave();
    await this.#converge();
    this.screens.close();
    await this.#examine();
    await this.site.close();
  }

  async #atWork(answers: number): Promise<void> {
    const goal = this.acknowledged + answers;
    await until(() => this.acknowledged >= goal, AT_WORK.withinMs);
  }

  /** @returns how long it took until all screens showed what was in the log when the fault was over, ms */
  async #converge(): Promise<number> {
    const began = performance.now();
    const head = await this.site.head();
    this.findings.add('unconverged', await this.screens.reach(head, CONVERGE_MS));
    return performance.now() - began;
  }

  async #examine(): Promise<void> {
    // What was told and shown before the log is read must be in it.
    const acknowledged = [...this.ledger.acknowledged];
    const shown = this.screens.takeShown();
    const { lost, double, untrue } = judge(await this.site.readLog(), acknowledged, shown);
    this.findings.add('lost', lost);
    this.findings.add('double', double);
    this.findings.add('untrue', untrue);
    this.findings.add('stale', this.screens.stale);
  }
}
