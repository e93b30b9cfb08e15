import type { Quote } from '../events.ts';
import type { Instant, TicketId } from '../ids.ts';
import { MINUTE } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import { hallModel, type HallModel } from './hall-model.ts';
import { PathRunner } from './path.ts';
import { Stream } from './stream.ts';
import type { Waiter } from './waiter.ts';

/** Longer queues are left to the queue-length rule: there chance evens out, and a run would take too long. */
export const LONGEST_QUEUE = 500;
/** About so many customers are followed in all, and at least so many futures are run: keeps one estimate within a few ms. */
const CUSTOMERS_FOLLOWED = 7_000;
const FEWEST_PATHS = 30;
/** So many who come later are followed, beside as many as wait now: who comes after them changes these waits no more. */
const ARRIVALS_FOLLOWED = 60;

export interface Outlook {
  /** In the order of the question. */
  readonly asked: readonly (Quote | undefined)[];
  readonly tickets: ReadonlyMap<TicketId, Quote>;
}

/**
 * Rule E4: the hall run forward `paths` times from the present state. Nothing for those whom no open counter can call (rule E2).
 * @param everybody also all who wait now
 */
export function lookAhead(
  state: BranchDay,
  now: Instant,
  asked: readonly Waiter[],
  everybody: boolean,
  paths: number,
): Outlook {
  const model = hallModel(state, now, asked);
  // The same state gives the same futures, in every process and after a restart.
  const chance = new Stream(Math.imul(state.seq, 0x9e3779b1) ^ state.tickets.size);
  const runner = new PathRunner(model, state.config.routing, chance, ARRIVALS_FOLLOWED + state.queue.size);
  const runs = Math.max(FEWEST_PATHS, Math.min(paths, Math.floor(CUSTOMERS_FOLLOWED / (state.queue.size + 20))));
  const waits = samples(everybody ? runner.waits.length : 0, runs);
  const ghosts = samples(runner.ghosts.length, runs);
  for (let path = 0; path < runs; path += 1) {
    runner.run(everybody);
    waits.forEach((sample, place) => (sample[path] = runner.waits[place] ?? 0));
    ghosts.forEach((sample, place) => (sample[path] = runner.ghosts[place] ?? 0));
  }
  const working = model.counters.slice(0, model.counters.length - (model.reserve?.counters.length ?? 0));
  const served = model.kinds.map((_, kind) => working.some(({ meanMs }) => (meanMs[kind] ?? 0) > 0));
  return {
    asked: model.asked.map((kind, place) => (served[kind] ? quoteOf(ghosts[place], runs) : undefined)),
    tickets: new Map(everybody ? ticketQuotes(model, served, waits, runs) : []),
  };
}

function* ticketQuotes(
  { waiting }: HallModel,
  served: readonly boolean[],
  samples: readonly Float64Array<ArrayBuffer>[],
  runs: number,
): Generator<[TicketId, Quote]> {
  let place = 0;
  for (const [kind, lane] of waiting.entries())
    for (const { id } of lane) {
      if (served[kind]) yield [id, quoteOf(samples[place], runs)];
      place += 1;
    }
}

function samples(count: number, runs: number) {
  return Array.from({ length: count }, () => new Float64Array(runs));
}

function quoteOf(sample = new Float64Array(1), runs: number): Quote {
  sample.sort();
  const at = (share: number) => {
    const place = share * (runs - 1);
    const low = sample[Math.floor(place)] ?? 0;
    const high = sample[Math.ceil(place)] ?? low;
    return (low + (high - low) * (place % 1)) / MINUTE;
  };
  const mean = sample.reduce((sum, wait) => sum + wait, 0) / runs / MINUTE;
  return { mean, p10: at(0.1), p50: at(0.5), p80: at(0.8), p90: at(0.9), by: 'forward' };
}
