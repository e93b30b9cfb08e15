import type { BranchConfig, Forecast, Text, WorkProfile } from '../../domain/config.ts';
import { MINUTE } from '../../domain/ids.ts';
import { meanOf } from './laws.ts';
import type { PolicySettings } from './policy.ts';
import { curveOf, expectedBySlot, type DayLuck } from './rates.ts';
import { rateOf } from './recorded.ts';
import type { Scenario } from './schema.ts';

/** When the doors of a simulated day open. Any moment would do. */
export const OPENS_AT = Date.UTC(2026, 0, 5, 1);
export const BUSINESS_DAY = '2026-01-05';
export const BREAK = 'break';
export const CARE = 'care';
const SLOT_MINUTES = 15;

/** One counter of the scenario, `count` written out. */
export interface Post {
  readonly id: string;
  readonly tellerId: string;
  readonly floating: boolean;
  readonly group: Scenario['counters'][number];
}

export function postsOf({ counters }: Scenario): Post[] {
  return counters.flatMap((group) =>
    Array.from({ length: group.count }, (_, place) => {
      const id = group.count === 1 ? group.id : `${group.id}-${place + 1}`;
      return { id, tellerId: `teller-${id}`, floating: group.kind === 'floating', group };
    }),
  );
}

function text(words: string): Text {
  return { 'zh-CN': words, 'zh-TW': words, en: words };
}

/** What the branch day is opened with: the scenario's branch, run by this policy. */
export function branchConfigOf(scenario: Scenario, settings: PolicySettings): BranchConfig {
  const posts = postsOf(scenario);
  const allServices = scenario.services.map(({ id }) => id);
  const allSegments = scenario.segments.map(({ id }) => id);
  return {
    branchId: 'simulated',
    name: text(scenario.name),
    timeZone: 'UTC',
    hours: { opens: '01:00', closes: '23:59' },
    hotline: '-',
    segments: scenario.segments.map(({ id, targetMinutes, ceilingMinutes = Infinity, rank, weight }, place) => ({
      id,
      name: text(id),
      prefix: String.fromCharCode(65 + (place % 26)),
      firstNumber: 1,
      width: 3,
      targetMinutes,
      ceilingMinutes,
      rank: rank ?? place + 1,
      weight,
      zone: 'hall',
      colour: 'blue',
    })),
    services: scenario.services.map(({ id, time, typicalMinutes }) => ({
      id,
      name: text(id),
      minutes: typicalMinutes ?? meanOf(time),
      skills: [id],
      guide: { documents: [], fee: text('-'), steps: [] },
      selfService: false,
    })),
    menu: [],
    // The customer's tier names the segment: which segment somebody belongs to is given here, not asked.
    segmentRules: [
      ...allSegments.map((segment) => ({ id: segment, when: { tiers: [segment] }, segment })),
      { id: 'else', when: {}, segment: allSegments[0] ?? '' },
    ],
    tiers: scenario.segments.map(({ id }) => ({ id, name: text(id) })),
    careNeeds: [{ id: CARE, name: text(CARE) }],
    zones: [{ id: 'hall', kind: 'waiting', name: text('hall') }],
    counters: posts.map(({ id, floating, group }) => ({
      id,
      label: id,
      kind: floating ? 'floating' : 'fixed',
      zone: 'hall',
      profile: `profile-${group.id}`,
      skills: [],
    })),
    workProfiles: scenario.counters.map(({ id, first = allSegments, help }): WorkProfile => ({
      id: `profile-${id}`,
      name: text(id),
      first,
      help,
      helpWhen: 'free-or-late',
    })),
    staff: posts.map(({ tellerId, group }) => ({
      id: tellerId,
      skills: (group.does ?? allServices).map((skill) => ({ skill })),
      speed: { '*': meanOf(group.speed) },
    })),
    routing: {
      policy: settings.routing,
      power: settings.power,
      careTargetMinutes: settings.careTargetMinutes,
      careFirst: settings.careFirst,
    },
    floating: {
      policy: settings.floating === 'rolling-plan' || settings.floating === 'threshold' ? settings.floating : 'manual',
      mode: 'automatic',
      reviewSeconds: settings.reviewSeconds,
      openingMinutes: meanOf(settings.opening),
      minOpenMinutes: settings.minOpenMinutes,
      minClosedMinutes: settings.minClosedMinutes,
      proposalMinutes: 5,
      price: settings.price,
      openingCost: settings.openingCost,
      forecastTrust: settings.forecastTrust,
      threshold: { openAbove: settings.openAbove, closeAfterIdleMinutes: settings.closeAfterIdleMinutes },
      staff: posts.filter(({ floating }) => floating).map(({ tellerId }) => tellerId),
      posts: [],
    },
    estimate: { method: settings.estimate, paths: settings.paths },
    calling: {
      recallAfterSeconds: 10,
      maxRecalls: 0,
      noShowSeconds: scenario.noShowMinutes * 60,
      careNoShowSeconds: scenario.noShowMinutes * 60,
      noShowAfterSeconds: scenario.noShowMinutes * 60,
    },
    rejoin: { withinMinutes: 0, creditShare: 0 },
    undoSeconds: 0,
    pauseReasons: [{ id: BREAK, name: text(BREAK) }],
    holdReasons: [],
    ticker: [],
  };
}

/** What the policies are told of the customers to come. A trace is not forecast, a recorded day is. */
export function forecastOf(scenario: Scenario, settings: PolicySettings, luck: DayLuck): Forecast | undefined {
  if (settings.forecast === 'none') return undefined;
  const { minutes } = scenario.run;
  const slots = Math.ceil(minutes / SLOT_MINUTES);
  const arrivals = new Map(scenario.segments.map(({ id }) => [id, new Array<number>(slots).fill(0)]));
  for (const stream of streamsOf(scenario)) {
    const rate = stream.rate ?? (stream.every === undefined ? 0 : 1 / meanOf(stream.every));
    const curve = curveOf(rate, settings.forecast === 'this-day' ? luck : undefined);
    const expected = expectedBySlot(curve, minutes, SLOT_MINUTES);
    const groups = 'mix' in stream ? stream.mix : [{ segment: stream.segment, share: 1 }];
    const whole = groups.reduce((sum, { share }) => sum + share, 0);
    for (const { segment, share } of groups)
      expected.forEach((count, slot) => {
        const list = arrivals.get(segment);
        if (list !== undefined) list[slot] = (list[slot] ?? 0) + (count * share * settings.forecastFactor) / whole;
      });
  }
  return { from: OPENS_AT, slotMinutes: SLOT_MINUTES, arrivals: Object.fromEntries(arrivals) };
}

/** A recorded day counts as one stream for each of its segments. */
function streamsOf({ arrivals, recorded, segments }: Scenario): Scenario['arrivals'] {
  if (recorded === undefined || 'file' in recorded) return arrivals;
  const known = segments.flatMap(({ id: segment }) => {
    const own = recorded.customers.filter((customer) => customer.segment === segment);
    const rest = { services: own[0]?.services ?? [], noShow: 0, careShare: 0 };
    return own.length === 0 ? [] : [{ ...rest, segment, rate: rateOf(own) }];
  });
  return [...arrivals, ...known];
}

export function minuteOf(instant: number): number {
  return (instant - OPENS_AT) / MINUTE;
}

export function instantOf(minute: number): number {
  return OPENS_AT + minute * MINUTE;
}
