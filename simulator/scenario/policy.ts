import { z } from 'zod';
import { valueOf } from './changes.ts';
import { lawSchema } from './laws.ts';

/** How the hall is run: which ticket a free counter takes, which free counter takes a ticket, when windows open and close. */

const minutes = z.number().min(0);
const count = z.number().int().min(0);

export const ROUTING_NAMES = ['cost-of-delay', 'wait-over-target', 'first-come', 'strict-priority', 'ratio'] as const;
/** Policies of the branch day itself, and four that only the simulator has: yardsticks to compare them with. */
export const FLOATING_NAMES = ['rolling-plan', 'threshold', 'manual', 'always', 'plan', 'by-count'] as const;

/** When the number in the hall reaches `open`, one window more; when a change leaves at most `close`, one less. */
const limits = z.tuple([count.nullable(), count.nullable()]);

/** What one policy says; the rest it takes from the scenario's `policy`, and that from the standard. */
export const policyChangesSchema = z
  .strictObject({
    routing: z.enum(ROUTING_NAMES),
    power: z.number().min(1).max(10),
    careTargetMinutes: minutes,
    careFirst: z.boolean(),
    /** Which of several free counters takes a ticket (rule R11). */
    freeCounter: z.enum(['fewest-skills', 'fastest']),

    /** How waits are quoted. `forward` costs about a millisecond for each ticket. */
    estimate: z.enum(['queue-length', 'forward']),
    paths: z.number().int().min(1).max(2000),

    floating: z.enum(FLOATING_NAMES),
    reviewSeconds: z.number().positive(),
    /** From the decision to the first customer: the time that the hall really needs. The policy is told the mean. */
    opening: lawSchema,
    minOpenMinutes: minutes,
    minClosedMinutes: minutes,
    price: z.number().min(0),
    openingCost: minutes,
    /** The forecast stands for so many arrivals against the day's own count. */
    forecastTrust: z.number().positive(),
    openAbove: z.number().positive(),
    closeAfterIdleMinutes: minutes,
    /** Which forecast the day is opened with: of a usual day, of this very day, or none. */
    forecast: z.enum(['usual', 'this-day', 'none']),
    /** 1.2 = the forecast is 20 % too high. */
    forecastFactor: z.number().positive(),

    /** For `by-count`: so many of the floating windows are open from the start and stay so. */
    base: count,
    /** For `by-count`: the next window opens when so many are in the hall; one entry for each window beyond the base. */
    openAt: z.array(count),
    /** For `by-count`: the latest window closes when a change leaves so many. */
    closeAt: z.array(count),
    /** For `by-count`, instead of the two lists: by "(opening, open)" beyond the base. */
    table: z.record(z.string(), limits),
    /** For `plan`: from minute, to minute, so many floating windows. */
    plan: z.array(z.tuple([z.number(), z.number(), count])),
  })
  .partial();
export type PolicyInput = z.infer<typeof policyChangesSchema>;

const STANDARD = {
  routing: 'cost-of-delay',
  power: 2,
  careTargetMinutes: 5,
  careFirst: false,
  freeCounter: 'fewest-skills',
  estimate: 'queue-length',
  paths: 200,
  floating: 'manual',
  reviewSeconds: 60,
  opening: 4,
  minOpenMinutes: 15,
  minClosedMinutes: 5,
  price: 3,
  openingCost: 8,
  forecastTrust: 25,
  openAbove: 1.5,
  closeAfterIdleMinutes: 1,
  forecast: 'usual',
  forecastFactor: 1,
  base: 0,
  openAt: [],
  closeAt: [],
  plan: [],
} satisfies PolicyInput;

export type PolicySettings = { readonly [Name in keyof typeof STANDARD]: NonNullable<PolicyInput[Name]> } & Pick<
  PolicyInput,
  'table'
>;
export const policySchema = policyChangesSchema.transform((changes) => ({ ...STANDARD, ...changes }) as PolicySettings);

export interface NamedPolicy {
  readonly name: string;
  readonly settings: PolicySettings;
}

/**
 * Reads `--policy`: parts joined by `+`, each the name of a policy of the scenario, of a routing policy or of a floating
 * policy, with parameters after a colon: `cost-of-delay:power=3+threshold:openAbove=1.5`.
 * @throws Error with a sentence for the person who typed it
 */
export function readPolicy(
  text: string,
  standard: PolicyInput,
  named: Readonly<Record<string, PolicyInput>>,
): NamedPolicy {
  let input: PolicyInput = { ...standard };
  for (const part of text.split('+')) {
    const [name = '', parameters = ''] = splitOnce(part.trim(), ':');
    Object.assign(input, meaningOf(name, named));
    for (const pair of parameters.split(',').filter((item) => item !== '')) {
      const [key = '', value = ''] = splitOnce(pair, '=');
      input = { ...input, [key.trim()]: valueOf(value.trim()) };
    }
  }
  const parsed = policySchema.safeParse(input);
  if (parsed.success) return { name: text, settings: parsed.data };
  throw new Error(`--policy ${text}: ${z.prettifyError(parsed.error)}`);
}

function meaningOf(name: string, named: Readonly<Record<string, PolicyInput>>): PolicyInput {
  const own = named[name];
  if (own !== undefined) return own;
  const routing = ROUTING_NAMES.find((known) => known === name);
  if (routing !== undefined) return { routing };
  const floating = FLOATING_NAMES.find((known) => known === name);
  if (floating !== undefined) return { floating };
  const known = [...Object.keys(named), ...ROUTING_NAMES, ...FLOATING_NAMES].join(', ');
  throw new Error(`there is no policy "${name}"; there are: ${known}`);
}

function splitOnce(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
