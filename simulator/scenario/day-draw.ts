import { Chance } from '../chance.ts';
import { postsOf } from './branch.ts';
import { draw, type Law } from './laws.ts';
import { arrivalTimes, curveOf, type DayLuck } from './rates.ts';
import { drawRecorded } from './recorded.ts';
import type { Group, Scenario, Stream } from './schema.ts';

/** One customer of one day, drawn before any policy acts: every policy sees the same (common random numbers). */
export interface Customer {
  readonly index: number;
  /** Minutes after the opening. */
  readonly arrival: number;
  readonly segment: string;
  readonly services: readonly string[];
  /** Minutes that each service takes at speed 1. */
  readonly work: readonly number[];
  /** How long they wait before they leave, minutes; Infinity: they stay. */
  readonly patience: number;
  /** Comes when called. */
  readonly comes: boolean;
  readonly care: boolean;
}

export interface DayDraw {
  readonly day: number;
  readonly luck: DayLuck;
  /** By arrival. */
  readonly customers: readonly Customer[];
  /** Speed of each counter's teller on this day. */
  readonly speeds: ReadonlyMap<string, number>;
  /** How long the next opening of this counter takes, minutes: a stream for each counter. */
  openingTime(counterId: string, law: Law): number;
}

/** @param day from 1 */
export function drawDay(scenario: Scenario, seed: number, day: number): DayDraw {
  const chance = (name: string) => new Chance(seed, `day ${day} ${name}`);
  const luck = drawLuck(scenario, chance('luck'));
  const drafts = scenario.arrivals.flatMap((stream, place) =>
    drawStream(scenario, stream, luck, (purpose) => chance(`stream ${place} ${purpose}`)),
  );
  if (scenario.trace !== undefined && 'rows' in scenario.trace)
    for (const [arrival, segment, service, seconds, patience] of scenario.trace.rows)
      drafts.push({
        arrival,
        segment,
        services: [service],
        work: [seconds / 60],
        patience: patience === null ? Infinity : patience / 60,
        comes: true,
        care: false,
      });
  if (scenario.recorded !== undefined && 'customers' in scenario.recorded)
    for (const { arrival, customer } of drawRecorded(scenario.recorded, scenario.run.minutes, luck, (purpose) =>
      chance(`recorded ${purpose}`),
    )) {
      const { segment, services, work, patience, comes, care } = customer;
      drafts.push({ arrival, segment, services, work, patience: patience ?? Infinity, comes, care });
    }
  drafts.sort((one, other) => one.arrival - other.arrival);
  const openings = new Map<string, Chance>();
  return {
    day,
    luck,
    customers: drafts.map((draft, index) => ({ index, ...draft })),
    speeds: new Map(postsOf(scenario).map(({ id, group }) => [id, draw(group.speed, chance(`speed ${id}`))])),
    openingTime(counterId, law) {
      let own = openings.get(counterId);
      if (own === undefined) openings.set(counterId, (own = chance(`opening ${counterId}`)));
      return draw(law, own);
    },
  };
}

function drawLuck({ day, arrivals }: Scenario, chance: Chance): DayLuck {
  const level = day.levelCv === 0 ? 1 : draw({ law: 'gamma', mean: 1, cv: day.levelCv }, chance);
  const most = Math.max(
    0,
    ...arrivals.map(({ rate }) => (typeof rate === 'object' && 'peaks' in rate ? rate.peaks.length : 0)),
  );
  const peaks = Array.from({ length: most }, () => ({
    later: day.peakShiftMinutes * (2 * chance.uniform() - 1),
    height: 1 + day.peakHeightShare * (2 * chance.uniform() - 1),
  }));
  return { level, peaks };
}

type Draft = Omit<Customer, 'index'>;

function drawStream(
  { run, services }: Scenario,
  stream: Stream,
  luck: DayLuck,
  chance: (purpose: string) => Chance,
): Draft[] {
  const times = new Map(services.map(({ id, time }) => [id, time]));
  const streams = { work: chance('work'), patience: chance('patience'), comes: chance('comes'), care: chance('care') };
  const wants = chance('wants');
  return arrivalsOf(stream, run.minutes, luck, chance('arrivals')).map((arrival) => {
    const group = groupOf(stream, wants);
    return {
      arrival,
      segment: group.segment,
      services: group.services,
      work: group.services.map((service) => draw(times.get(service) ?? 0, streams.work)),
      patience: group.patience === undefined ? Infinity : draw(group.patience, streams.patience),
      comes: group.noShow === 0 || !streams.comes.happens(group.noShow),
      care: group.careShare > 0 && streams.care.happens(group.careShare),
    };
  });
}

function groupOf(stream: Stream, wants: Chance): Group {
  if (!('mix' in stream)) return stream;
  const group = wants.weighted(stream.mix.map((item) => [item, item.share] as const));
  if (group === undefined) throw new Error('a mix without groups');
  return group;
}

function arrivalsOf({ rate, every, at }: Stream, until: number, luck: DayLuck, chance: Chance): number[] {
  if (rate !== undefined) return arrivalTimes(curveOf(rate, luck), until, chance);
  if (at !== undefined) return at.filter((minute) => minute < until);
  const times: number[] = [];
  for (let now = draw(every ?? until, chance); now < until; now += draw(every ?? until, chance)) times.push(now);
  return times;
}
