import type { DayFigures, Story } from '../run/meter.ts';
import type { PolicySettings } from '../scenario/policy.ts';
import type { Scenario } from '../scenario/schema.ts';
import { slotsOf, type Slots } from './slots.ts';
import { deviation, quantile, ratio, type Estimate, type Part } from './estimates.ts';

/** What is kept of one day: sums with what they are divided by, and sorted waits, by name of the figure. */
export interface DaySummary {
  readonly parts: ReadonlyMap<string, Part>;
  readonly values: ReadonlyMap<string, Float64Array>;
  readonly slots: Slots;
  readonly faults: readonly string[];
  readonly cpuMs: number;
}

/** Named figures with their errors; docs/simulator.md lists the names. */
export type Metrics = ReadonlyMap<string, Estimate>;

const QUANTILES = [10, 50, 80, 90, 99];
/** A wait below a tenth of a millisecond is rounding: instants of this century carry a quarter of a microsecond. */
const NO_WAIT = 1e-6;

class Sums {
  readonly parts = new Map<string, Part>();
  readonly values = new Map<string, number[]>();

  add(name: string, sum: number, weight = 1): void {
    const [oldSum, oldWeight] = this.parts.get(name) ?? [0, 0];
    this.parts.set(name, [oldSum + sum, oldWeight + weight]);
  }

  value(name: string, value: number): void {
    const list = this.values.get(name);
    if (list === undefined) this.values.set(name, [value]);
    else list.push(value);
  }
}

export function summarise(scenario: Scenario, settings: PolicySettings, figures: DayFigures): DaySummary {
  const sums = new Sums();
  const targets = new Map(scenario.segments.map(({ id, targetMinutes }) => [id, targetMinutes]));
  const counted = figures.stories.filter(({ customer }) => customer.arrival >= scenario.run.warmUpMinutes);
  for (const story of counted) {
    const { segment, care } = story.customer;
    const target = targets.get(segment) ?? Infinity;
    const inForce = care ? Math.min(target, settings.careTargetMinutes) : target;
    addStory(sums, '', story, inForce, scenario);
    addStory(sums, `segment.${segment}.`, story, inForce, scenario);
    story.waits.forEach((wait, place) => addStage(sums, `service.${story.waitedFor[place] ?? ''}.`, wait));
    if (story.allBusy && scenario.report.queueSeen.includes(story.queueSeen))
      addWait(sums, `queueSeen.${story.queueSeen}.`, story.waits[0]);
  }
  addHall(sums, scenario, settings, figures);
  return {
    parts: sums.parts,
    values: new Map([...sums.values].map(([name, list]) => [name, Float64Array.from(list).sort()])),
    slots: slotsOf(scenario, figures),
    faults: figures.faults,
    cpuMs: figures.cpuMs,
  };
}

function addStory(sums: Sums, name: string, story: Story, target: number, { report }: Scenario): void {
  const { fate, waits } = story;
  for (const each of ['served', 'left', 'missed', 'expired', 'turned-away'] as const)
    sums.add(`${name}share.${each}`, fate === each ? 1 : 0);
  if (waits.length === 0) return;
  const wait = waits.reduce((sum, part) => sum + part, 0);
  addWait(sums, name, wait);
  sums.add(`${name}wait.any`, wait > NO_WAIT ? 1 : 0);
  for (const limit of report.waitOver) sums.add(`${name}wait.over.${limit}`, wait > limit ? 1 : 0);
  sums.add(`${name}withinTarget`, wait <= target && fate !== 'left' ? 1 : 0);
  sums.add(`${name}lateness`, Math.max(0, wait - target) / target);
  if (fate !== 'served') return;
  sums.add(`${name}wait.served`, wait);
  sums.add(`${name}timeInHall`, story.endedAt - story.customer.arrival);
}

function addWait(sums: Sums, name: string, wait: number | undefined): void {
  if (wait === undefined) return;
  sums.add(`${name}wait.mean`, wait);
  sums.add(`${name}wait.square`, wait ** 2);
  sums.value(`${name}wait`, wait);
}

function addStage(sums: Sums, name: string, wait: number): void {
  sums.add(`${name}wait.mean`, wait);
  sums.add(`${name}wait.any`, wait > NO_WAIT ? 1 : 0);
}

function addHall(sums: Sums, { report }: Scenario, { price, openingCost }: PolicySettings, figures: DayFigures): void {
  const { countedMinutes: minutes, openings } = figures;
  sums.add('customers', figures.stories.length);
  sums.add('queue.mean', figures.queueArea, minutes);
  for (const [segment, area] of figures.queueAreas) sums.add(`segment.${segment}.queue.mean`, area, minutes);
  sums.add('hall.mean', figures.hallArea, minutes);
  sums.add('hall.empty', figures.emptyMinutes, minutes);
  for (const [id, { open, busy }] of figures.counters) {
    sums.add(`counter.${id}.utilisation`, busy, open);
    sums.add('counters.utilisation', busy, open);
  }
  sums.add('tellers.hours', figures.tellerMinutes / 60);
  sums.add('windows.open', figures.paidFloatingArea, minutes);
  sums.add('windows.hours', figures.floatingMinutes / 60);
  sums.add('windows.openings', openings);
  sums.add('windows.openingsPerMinute', openings, minutes);
  sums.add('cost.perMinute', figures.queueArea + price * figures.paidFloatingArea + openingCost * openings, minutes);
  report.sample?.at.forEach((minute, place) => {
    for (const inHall of figures.samples[place] ?? []) sums.add(`sample.${minute}`, inHall);
  });
}

/** All days of one policy together. */
export function metricsOf(days: readonly DaySummary[]): Metrics {
  const metrics = new Map<string, Estimate>();
  const names = new Set(days.flatMap(({ parts }) => [...parts.keys()]));
  for (const name of names) {
    const found = ratio(days.map(({ parts }) => parts.get(name) ?? [0, 0]));
    if (found !== undefined) metrics.set(name, found);
  }
  const NONE = new Float64Array(0);
  for (const name of new Set(days.flatMap(({ values }) => [...values.keys()]))) {
    const lists = days.map(({ values }) => values.get(name) ?? NONE);
    for (const percent of QUANTILES) {
      const found = quantile(lists, percent / 100);
      if (found !== undefined) metrics.set(`${name}.p${percent}`, found);
    }
    const mean = metrics.get(`${name}.mean`);
    const square = metrics.get(`${name}.square`);
    if (mean !== undefined && square !== undefined) metrics.set(`${name}.sd`, deviation(mean, square));
    metrics.delete(`${name}.square`);
  }
  return metrics;
}
