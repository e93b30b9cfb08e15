import { z } from 'zod';
import type { BranchConfig } from '../domain/config.ts';
import type { Calendar } from '../domain/forecast/calendar.ts';
import type { StaffId } from '../domain/ids.ts';
import { displaySchema, type DisplayConfig } from './display.schema.ts';
import { clockTime, date, id, line, minutes, named, prefix, seconds, text, timeZone } from './fields.ts';
import { hallMapSchema } from './hall-map.ts';
import { printer, toPrinter, type PrinterConfig } from './printers.ts';

/** One branch file, as an operator writes it. `branches/harbour.yaml` explains every field. */

/** A country (ISO 3166-1), and a part of it that has holidays of its own (the end of ISO 3166-2: BY of DE-BY). */
export interface Land {
  readonly country: string;
  readonly region?: string;
}

/** What a branch file becomes. The names of the staff stay beside the configuration: that is copied into the day's log. */
export interface LoadedBranch {
  readonly config: BranchConfig;
  readonly staff: readonly { readonly id: StaffId; readonly name: string }[];
  /** What the forecast knows of the year. */
  readonly calendar: Calendar;
  /** What its kiosks print on. */
  readonly printers: readonly PrinterConfig[];
  /** How its displays look and sound. */
  readonly display: DisplayConfig;
  /** From which working day of a month on the pack of the month before is due, from 1. */
  readonly reviews: { readonly workingDay: number };
  /** Whose public holidays are holidays, too. */
  readonly holidaysOf?: Land;
}

const segment = z.strictObject({
  id,
  name: text,
  prefix,
  firstNumber: z.number().int().min(0).max(9999).default(1),
  width: z.number().int().min(2).max(5).default(3),
  targetMinutes: minutes,
  ceilingMinutes: minutes.exactOptional(),
  rank: z.number().int().positive().exactOptional(),
  weight: z.number().positive().max(100).default(1),
  zone: id,
  colour: z.enum(['blue', 'green', 'gold', 'slate', 'violet', 'wine']),
});

const service = z.strictObject({
  id,
  name: text,
  minutes,
  skills: z.array(id).default([]),
  selfService: z.boolean().default(false),
  documents: z.array(text).default([]),
  fee: text,
  fees: z
    .array(z.strictObject({ item: text, price: text }))
    .max(8, 'at most 8 fees fit on a page')
    .exactOptional(),
  steps: z.array(text).default([]),
  outcomes: z
    .array(named)
    .min(1, 'an empty list asks nothing: leave it out')
    .max(9, 'at most 9 outcomes, one for each digit')
    .exactOptional(),
});

const menuEntry = z.strictObject({
  id,
  name: text,
  hint: text,
  icon: z.enum(['cash', 'card', 'transfer', 'building', 'chart', 'calendar', 'machine', 'currency', 'shield']),
  services: z.array(id).min(1, 'a tile needs at least one service').max(6, 'at most 6 services fit behind one tile'),
});

const oneOf = z.array(id).min(1, 'an empty list is never true: name at least one, or leave the condition out');
const amount = z.number().nonnegative('an amount cannot be less than 0');

const segmentRule = z.strictObject({
  id,
  when: z
    .strictObject({
      services: oneOf.exactOptional(),
      tiers: oneOf.exactOptional(),
      careNeeds: oneOf.exactOptional(),
      amountAtLeast: amount.exactOptional(),
      amountBelow: amount.exactOptional(),
      appointment: z.boolean().exactOptional(),
    })
    .default({}),
  segment: id,
});

const zone = z.strictObject({
  id,
  kind: z.enum(['self-service', 'cash', 'non-cash', 'waiting', 'marketing', 'vip']),
  name: text,
});

const counter = z.strictObject({
  id,
  label: z.string().min(1, 'the label is empty').max(4, 'a label has at most 4 characters: it must fit on the sign'),
  kind: z.enum(['fixed', 'floating', 'device', 'adviser']),
  zone: id,
  profile: id,
  skills: z.array(id).default([]),
});

const workProfile = z.strictObject({
  id,
  name: text,
  first: z.array(id).min(1, 'a profile serves at least one segment first'),
  help: z.array(id).default([]),
  helpWhen: z.enum(['free', 'late', 'free-or-late']).default('free-or-late'),
});

/** `forex`, or with the last day of a licence: `{ skill: sales, until: 2027-06-30 }`. */
const staffSkill = z.union(
  [id.transform((skill) => ({ skill })), z.strictObject({ skill: id, until: date.exactOptional() })],
  'write the id of a skill, or { skill: sales, until: 2027-06-30 } with an existing date',
);

const speed = z
  .number()
  .min(0.25, 'a speed is at least 0.25')
  .max(4, 'a speed is at most 4 (1 is the typical time, 2 is twice as fast)');

const staffMember = z.strictObject({
  id,
  name: line,
  skills: z.array(staffSkill).default([]),
  speed: z.record(z.string(), speed).default({}),
});

export const branchFileSchema = z.strictObject({
  id,
  name: text,
  timeZone,
  hours: z.strictObject({ opens: clockTime, closes: clockTime }),
  hotline: line,
  segments: z.array(segment).min(1, 'a branch needs at least one segment'),
  skills: z.array(id).default([]),
  services: z.array(service).min(1, 'a branch needs at least one service'),
  menu: z
    .array(menuEntry)
    .min(1, 'the kiosk needs at least one tile')
    .max(6, 'at most 6 tiles fit on the first page of the kiosk'),
  segmentRules: z.array(segmentRule).min(1, 'a branch needs at least one segment rule'),
  tiers: z.array(named).default([]),
  careNeeds: z.array(named).default([]),
  zones: z.array(zone).min(1, 'a branch needs at least one zone'),
  counters: z.array(counter).min(1, 'a branch needs at least one counter'),
  workProfiles: z.array(workProfile).min(1, 'a branch needs at least one work profile'),
  staff: z.array(staffMember).min(1, 'a branch needs at least one member of staff'),
  routing: z
    .strictObject({
      policy: z
        .enum(['cost-of-delay', 'wait-over-target', 'first-come', 'strict-priority', 'ratio'])
        .default('cost-of-delay'),
      power: z.number().min(1, 'the power is at least 1').max(10, 'the power is at most 10').default(2),
      careTargetMinutes: minutes.default(5),
      careFirst: z.boolean().default(false),
    })
    .prefault({}),
  floating: z
    .strictObject({
      policy: z.enum(['rolling-plan', 'threshold', 'manual']).default('rolling-plan'),
      mode: z.enum(['advise', 'automatic']).default('advise'),
      reviewSeconds: seconds.min(10, 'looking more often than every 10 seconds changes nothing').default(60),
      openingMinutes: z.number().min(0).max(60).default(4),
      minOpenMinutes: minutes.default(15),
      minClosedMinutes: z.number().min(0).max(480).default(5),
      proposalMinutes: minutes.default(5),
      price: z.number().positive('the price is more than 0').max(100).default(3),
      openingCost: z.number().min(0).max(100).default(8),
      forecastTrust: z.number().min(1).max(10_000).default(25),
      threshold: z
        .strictObject({
          openAbove: z.number().positive().max(100).default(1.5),
          closeAfterIdleMinutes: minutes.default(1),
        })
        .prefault({}),
      staff: z.array(id).default([]),
      posts: z
        .array(z.strictObject({ id, name: text, staff: z.array(id).min(1), minimum: z.number().int().min(0) }))
        .default([]),
    })
    .prefault({}),
  estimate: z
    .strictObject({
      method: z.enum(['forward', 'queue-length']).default('forward'),
      paths: z.number().int().min(50, 'fewer than 50 paths are too rough').max(1000).default(200),
    })
    .prefault({}),
  calling: z
    .strictObject({
      recallAfterSeconds: seconds.default(10),
      maxRecalls: z.number().int().min(0).max(20).default(3),
      noShowSeconds: seconds.min(10, 'a customer needs at least 10 seconds to reach the counter').default(90),
      careNoShowSeconds: seconds.min(10, 'a customer needs at least 10 seconds to reach the counter').default(180),
      noShowAfterSeconds: seconds.default(45),
      autoCallSeconds: seconds.min(3, 'a teller needs 3 seconds to see who comes').default(10),
      arrivalSeconds: seconds.min(5, 'a customer needs at least 5 seconds to reach the counter').exactOptional(),
    })
    .prefault({}),
  rejoin: z
    .strictObject({
      withinMinutes: z.number().min(0).max(480).default(30),
      creditShare: z.number().min(0, 'a share is 0 to 1').max(1, 'a share is 0 to 1').default(1),
    })
    .prefault({}),
  delay: z
    .strictObject({
      minutes: z.number().min(1, 'a delay is at least 1 minute').max(30, 'a delay is at most 30 minutes').default(5),
      calledMinutes: z.number().min(1, 'a delay is at least 1 minute').max(30).default(2),
      times: z.number().int().min(0).max(5).default(2),
    })
    .prefault({}),
  offline: z
    .strictObject({
      numbers: z.number().int().min(0).max(200, 'a kiosk holds at most 200 numbers of a series').default(50),
    })
    .prefault({}),
  diversion: z
    .strictObject({
      savesMinutes: z.number().int().min(1, 'less than a minute saved is nothing to ask about').max(60).default(5),
    })
    .prefault({}),
  tasks: z
    .strictObject({ escalateSeconds: seconds.min(10, 'somebody needs at least 10 seconds to see it').default(120) })
    .prefault({}),
  alerts: z
    .strictObject({
      queueLong: z.number().int().min(1, 'a queue of one is not long').max(500).default(15),
      unansweredSeconds: seconds.min(10, 'a customer needs at least 10 seconds to reach the counter').default(60),
      idleSeconds: seconds.min(10, 'a teller needs at least 10 seconds to press the key').default(90),
      notCallingMinutes: minutes.default(5),
      vipAhead: z.number().int().min(1, 'at least 1: the next one').max(20).default(2),
      repeatMinutes: minutes.default(10),
      snoozeMinutes: minutes.default(5),
      escalateMinutes: minutes.default(5),
    })
    .prefault({}),
  map: hallMapSchema.exactOptional(),
  undoSeconds: seconds.default(10),
  pauseReasons: z.array(named).min(1, 'tellers need at least one reason to pause'),
  holdReasons: z.array(named).min(1, 'tellers need at least one reason to hold a ticket'),
  notes: z.array(named).max(9, 'at most 9 notes, one for each digit').default([]),
  rating: z
    .strictObject({
      askSeconds: seconds.min(5, 'a customer needs at least 5 seconds to answer').default(15),
      withinMinutes: minutes.default(60),
    })
    .prefault({}),
  ticker: z.array(text).default([]),
  display: displaySchema,
  calendar: z
    .strictObject({
      country: z.string().regex(/^[A-Z]{2}$/, 'a country is two capital letters, for example CN'),
      region: z
        .string()
        .regex(/^[A-Z0-9]{1,3}$/, 'a region is 1 to 3 capital letters or digits')
        .exactOptional(),
    })
    .exactOptional(),
  printers: z.array(printer).default([]),
  reviews: z
    .strictObject({
      workingDay: z
        .number()
        .int('write a whole number: 1 is the first working day of the month')
        .min(1, 'working days are counted from 1')
        .max(15, 'a pack that comes after the 15th working day is too late for its meeting')
        .default(1),
    })
    .prefault({}),
  holidays: z.array(date).default([]),
  workingWeekends: z.array(date.refine(isWeekend, 'this is no Saturday or Sunday')).default([]),
  paydays: z
    .array(z.number().int('write the day of the month, for example 25').min(1).max(31, 'a month has at most 31 days'))
    .default([]),
});

/** 1970-01-01 was a Thursday. */
function isWeekend(day: string): boolean {
  return (Date.parse(day) / 86_400_000 + 3) % 7 > 4;
}

export type BranchFile = z.infer<typeof branchFileSchema>;

/** Without a ceiling of its own a segment has 2.5 times its target; without ranks the order in the file is the rank. */
export function toLoadedBranch(file: BranchFile): LoadedBranch {
  const { id: branchId, skills: _declared, staff, segments, services, ...others } = file;
  const { calendar: holidaysOf, holidays, paydays, workingWeekends, display, printers, reviews, ...rest } = others;
  return {
    config: {
      ...rest,
      branchId,
      segments: segments.map((item, index) => ({
        ...item,
        ceilingMinutes: item.ceilingMinutes ?? 2.5 * item.targetMinutes,
        rank: item.rank ?? index + 1,
      })),
      services: services.map(({ documents, fee, fees, steps, ...item }) => ({
        ...item,
        guide: { documents, fee, steps, ...(fees && { fees }) },
      })),
      staff: staff.map((person) => ({ id: person.id, skills: person.skills, speed: { '*': 1, ...person.speed } })),
    },
    staff: staff.map((person) => ({ id: person.id, name: person.name })),
    calendar: { holidays, paydays, workingWeekends },
    display,
    reviews,
    printers: printers.map(toPrinter),
    ...(holidaysOf && { holidaysOf }),
  };
}
