import { z } from 'zod';
import { ALERT_KINDS, ALERT_LEVELS } from '../../domain/attention/alert.ts';
import type { BranchDay } from '../../domain/state.ts';
import type { RatingView } from '../../domain/views/rating-view.ts';
import type {
  Audience,
  CounterView,
  DisplayView,
  KioskView,
  ManagerView,
  TicketView,
  View,
} from '../../domain/views/views.ts';

/** The exact shape of every view: a field more is as wrong as one less. Each schema is held to its type by the compiler. */

const id = z.string().min(1);
const instant = z.number().int();
const count = z.number().int().min(0);
const ms = z.number().min(0);
const status = z.enum(['closed', 'opening', 'open', 'paused', 'closing']);
const language = z.enum(['zh-CN', 'zh-TW', 'en']);
const reason = z.enum(['care', 'appointment', 'came-back', 'long-wait', 'quick', 'complaint', 'other']);
const range = z
  .strictObject({ fromMinutes: count, toMinutes: count })
  .refine(({ fromMinutes, toMinutes }) => fromMinutes <= toMinutes)
  .optional();
const machineOffer = z.strictObject({ free: count, range: range.unwrap(), savesMinutes: count });
const segmentWait = { segment: id, waiting: count, range };
const day = { day: z.iso.date(), open: z.boolean() };
const words = { 'zh-CN': z.string(), 'zh-TW': z.string(), en: z.string() };

const asked = z.strictObject({ place: id, since: instant, takenAt: instant.optional() });

const kiosk: z.ZodType<KioskView> = z.strictObject({
  kind: z.literal('kiosk'),
  ...day,
  waiting: count,
  countersOpen: count,
  segments: z.array(z.strictObject(segmentWait)),
  services: z.array(
    z.strictObject({ service: id, ...segmentWait, machine: machineOffer.optional(), paused: id.optional() }),
  ),
  opensAt: instant.optional(),
  reserved: z.array(z.strictObject({ kiosk: id, series: id, from: count, to: count, next: count })).exactOptional(),
  asked: z.array(asked).exactOptional(),
  openUntil: instant.optional(),
});

const display: z.ZodType<DisplayView> = z.strictObject({
  kind: z.literal('display'),
  ...day,
  calls: z
    .array(
      z.strictObject({
        ...{ callId: id, number: id, segment: id, counterId: id, label: id, zone: id },
        ...{ at: instant, times: z.number().int().min(1), lastAt: instant },
      }),
    )
    .max(20),
  segments: z.array(z.strictObject(segmentWait)),
  countersOpen: count,
  ...{ next: z.array(id).max(2), machinesFree: count, ticker: z.array(z.strictObject(words)) },
  counter: z.strictObject({ counterId: id, label: id, status, number: id.optional() }).optional(),
  openUntil: instant.optional(),
});

const marks = {
  careNeeds: z.array(id),
  notes: z.array(id),
  tier: id.optional(),
  appointmentAt: instant.optional(),
  prioritised: reason.optional(),
  language,
};
const row = {
  ...{ ticketId: id, number: id, segment: id, services: z.array(id).min(1), waitingSince: instant },
  ...{ targetMs: ms, ceilingMs: ms, onlyCounter: id.optional(), adviser: id.optional(), ...marks },
  delayedUntil: instant.optional(),
};
const held = z.strictObject({ ticketId: id, number: id, segment: id, counterId: id, reason: id, since: instant });
const missed = z.strictObject({ ticketId: id, number: id, segment: id, missedAt: instant, mayRejoinUntil: instant });
const counter = {
  ...{ counterId: id, status, since: instant, tellerId: id.optional(), profile: id, pauseReason: id.optional() },
  fault: z.enum(['fault', 'silent']).optional(),
  readyAt: instant.optional(),
};
const routed = z.enum(['ceiling', 'prioritised', 'care-first', 'policy']);
const why = z.strictObject({
  rule: z.enum([...routed.options, 'chosen', 'held']),
  policy: id,
  score: z.number(),
  waitedMs: ms,
  targetMs: ms,
  runnerUp: z.strictObject({ number: id, score: z.number(), waitedMs: ms, targetMs: ms }).exactOptional(),
  helping: z.literal(true).exactOptional(),
  reason: reason.exactOptional(),
});
const call = z.strictObject({ callId: id, at: instant, times: count.min(1), lastAt: instant, why });

const outlook = z.strictObject({ waiting: ms, longest: ms, mean: ms });
const flow = { waiting: count, windows: count, arrivals: count, capacity: count };
const kind = z.enum(['open', 'close', 'convert', 'extend-hours']);
const proposal = z.strictObject({
  ...{ id, kind, counterId: id.optional(), tellerId: id.optional(), profile: id.optional(), until: instant.optional() },
  policy: id,
  reason: z.discriminatedUnion('code', [
    z.strictObject({ code: z.literal('long-queue'), waiting: count, windows: count }),
    z.strictObject({ code: z.enum(['rush-ahead', 'enough-without']), ...flow }),
    z.strictObject({ code: z.literal('window-idle'), minutes: count }),
    z.strictObject({ code: z.literal('other-work'), waiting: count }),
    z.strictObject({ code: z.literal('cannot-finish'), left: count, minutes: count }),
  ]),
  promised: z.strictObject({ before: outlook, after: outlook }).optional(),
  ...{ proposedAt: instant, expiresAt: instant, settledAt: instant.optional(), came: outlook.optional() },
  status: z.enum(['pending', 'approved', 'dismissed', 'expired']),
  dismissReason: z.enum(['nobody-free', 'passes-soon', 'other-plan', 'wrong-window', 'other']).optional(),
});

const taskKind = z.enum(['assist', 'device-fault', 'device-silent', 'guide', 'documents', 'other']);
const place = z.strictObject({ kind: z.enum(['kiosk', 'machine', 'counter', 'phone', 'display', 'zone']), id });
const alert = z.strictObject({
  ...{ kind: z.enum(ALERT_KINDS), id, level: z.enum(ALERT_LEVELS), since: instant, segment: id.optional() },
  tickets: z
    .array(z.strictObject({ ticketId: id, number: id }))
    .max(6)
    .optional(),
  count: count.min(1).optional(),
  ...{ counterId: id.optional(), zone: id.optional(), post: id.optional(), staffId: id.optional() },
  task: z.strictObject({ id, kind: taskKind, place }).optional(),
  quiet: z.strictObject({ why: z.enum(['acknowledged', 'snoozed']), until: instant }).optional(),
  escalatedAt: instant.optional(),
});

const counterView: z.ZodType<CounterView> = z.strictObject({
  kind: z.literal('counter'),
  ...day,
  counter: z.strictObject(counter),
  current: z
    .strictObject({
      ...{ ticketId: id, number: id, segment: id, services: z.array(id).min(1), done: z.array(id) },
      ...{ status: z.enum(['called', 'serving']), waitedMs: ms, targetMs: ms, typicalMs: ms },
      goesTo: z.array(z.strictObject({ service: id, segment: id })),
      ...{ call: call.optional(), servingSince: instant.optional(), noShowAt: instant.optional(), ...marks },
      startsAt: instant.optional(),
    })
    .optional(),
  queue: z.array(z.strictObject({ ...row, rule: routed, score: z.number(), helping: z.boolean() })).max(50),
  queueLength: count,
  waitingElsewhere: count,
  held: z.array(held),
  missed: z.array(missed),
  today: z.strictObject({ finished: count, missed: count, serviceMs: ms }),
  lastServed: z.strictObject({ number: id, at: instant }).optional(),
  autoCall: z.strictObject({ at: instant.optional() }).optional(),
  undo: z.strictObject({ what: id, until: instant }).optional(),
  proposed: z.strictObject({ kind, tellerId: id.optional(), profile: id.optional(), expiresAt: instant }).optional(),
  segments: z.array(z.strictObject(segmentWait)),
  counters: z.array(z.strictObject({ ...counter, busy: z.boolean() })),
  arrivals: z.array(alert).exactOptional(),
  asked: asked.exactOptional(),
});

const manager: z.ZodType<ManagerView> = z.strictObject({
  kind: z.literal('manager'),
  ...day,
  counters: z.array(
    z.strictObject({
      ...counter,
      ticket: z
        .strictObject({
          ...{ ticketId: id, number: id, segment: id, status: z.enum(['called', 'serving']) },
          ...{ since: instant, typicalMs: ms },
        })
        .optional(),
      finished: count,
      cannot: z.array(id).optional(),
    }),
  ),
  segments: z.array(
    z.strictObject({
      ...segmentWait,
      ...{ targetMs: ms, longestSince: instant.optional(), called: count, withinTarget: count, waitedMs: ms },
      missed: count,
    }),
  ),
  waiting: z.array(z.strictObject(row)),
  held: z.array(held),
  missed: z.array(missed),
  alerts: z.array(alert),
  posts: z.array(z.strictObject({ post: id, name: z.record(language, z.string()), free: count, minimum: count })),
  proposals: z.array(proposal),
  tasks: z.array(
    z.strictObject({
      id,
      kind: taskKind,
      place,
      ...{ ticketId: id.optional(), status: z.enum(['open', 'taken']), raisedAt: instant },
      ...{ takenAt: instant.optional(), takenBy: id.optional(), escalatedAt: instant.optional() },
    }),
  ),
  ticker: z.array(z.strictObject(words)),
  closesAt: instant.optional(),
  expectedNext30: count.optional(),
  nextPeak: z.strictObject({ at: instant, tickets: count }).optional(),
  today: z.strictObject({ issued: count, finished: count, missed: count, cancelled: count }),
});

const ticket: z.ZodType<TicketView> = z.strictObject({
  kind: z.literal('ticket'),
  ...{ ticketId: id, number: id, segment: id, services: z.array(id).min(1) },
  status: z.enum(['waiting', 'called', 'serving', 'held', 'finished', 'missed', 'cancelled', 'expired']),
  issuedAt: instant,
  language,
  stops: z.array(z.array(id)).optional(),
  ...{ ahead: count.optional(), aheadByAppointment: count.optional() },
  range,
  longer: z.enum(['others-first', 'fewer-windows', 'longer-services']).optional(),
  quote: z
    .strictObject({
      ...{ mean: ms.exactOptional(), p10: ms, p50: ms, p80: ms, p90: ms },
      by: z.enum(['forward', 'queue-length']).exactOptional(),
      ...{ correction: z.number().exactOptional(), windows: count.exactOptional() },
    })
    .optional(),
  lastCalled: z.array(id).max(3),
  ...{ lastCalledBefore: count.optional(), mayDelayMinutes: z.number().optional(), delayedUntil: instant.optional() },
  ...{ transferred: z.strictObject({ label: id.optional() }).optional(), holdReason: id.optional() },
  counter: z.strictObject({ label: id, zone: id, times: count, lastAt: instant }).optional(),
  mayRejoinUntil: instant.optional(),
  zone: id,
  endReason: z
    .enum(['done', 'referred', 'not-possible', 'left', 'mistake', 'duplicate', 'redirected', 'other', 'day-closed'])
    .optional(),
  mayRateUntil: instant.optional(),
  asked: asked.exactOptional(),
  openUntil: instant.optional(),
});

const rating: z.ZodType<RatingView> = z.strictObject({
  kind: z.literal('rating'),
  ...{ ...day, counterId: id, label: id, status },
  current: z.strictObject({ number: id, status: z.enum(['called', 'serving']), language }).optional(),
  toRate: z.strictObject({ number: id, since: instant, until: instant, language }).optional(),
});

const SHAPES: Readonly<Record<View['kind'], z.ZodType<View>>> = {
  kiosk,
  display,
  counter: counterView,
  manager,
  ticket,
  rating,
};

/** What is wrong with a view's shape; nothing when it is right. */
export function faultsOfShape(view: View): string | undefined {
  const result = SHAPES[view.kind].safeParse(view);
  return result.success ? undefined : z.prettifyError(result.error);
}

/** Words that no key of a public view may contain, whatever the types say. */
const PRIVATE_KEY =
  /ticket|staff|teller|adviser|person|customer|tier|care|amount|appointment|actor|^by$|why|prioritised/i;

/** Rule V2 at run time: private keys, and private values under whatever key. */
export function leaksOf(view: View, state: BranchDay): string[] {
  const secrets = new Set([...state.tickets.keys(), ...state.index.staff.keys(), ...state.index.tiers]);
  for (const need of state.index.careNeeds.keys()) secrets.add(need);
  const leaks: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string' && secrets.has(value)) leaks.push(`${path} = ${value}`);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (PRIVATE_KEY.test(key)) leaks.push(`${path}.${key}`);
      walk(inner, `${path}.${key}`);
    }
  };
  walk(view, view.kind);
  return leaks;
}

/** Everybody who could look at this branch: of the tickets' holders those whose visit goes on, and one in turn of the others. */
export function audiences(state: BranchDay): Audience[] {
  const all = [...state.tickets.values()];
  const holders = all.filter(({ endReason }, index) => endReason === undefined || index === state.seq % all.length);
  return [
    { kind: 'kiosk' },
    { kind: 'manager' },
    { kind: 'display' },
    ...state.config.zones.map(({ id: zone }) => ({ kind: 'display', zone }) as const),
    ...state.config.counters.map(({ id: counterId }) => ({ kind: 'display', counterId }) as const),
    ...state.config.counters.map(({ id: counterId }) => ({ kind: 'counter', counterId }) as const),
    ...state.config.counters.map(({ id: counterId }) => ({ kind: 'rating', counterId }) as const),
    ...holders.map(({ id: ticketId }) => ({ kind: 'ticket', ticketId }) as const),
  ];
}
