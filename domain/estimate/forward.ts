import type { Quote } from '../events.ts';
import type { Instant, TicketId } from '../ids.ts';
import type { BranchDay } from '../state.ts';
import { hallModel, STANDS, type HallModel } from './hall-model.ts';
import { PathRunner } from './path.ts';
import { Sample } from './sample.ts';
import { Stream } from './stream.ts';
import type { Waiter } from './waiter.ts';

/** Longer queues are left to the queue-length rule: there chance evens out, and a run would take too long. */
export const LONGEST_QUEUE = 500;
/** About so many customers are followed in all, and at least so many futures are run: keeps one estimate within a few ms. */
const CUSTOMERS_FOLLOWED = 4_000;
const FEWEST_PATHS = 25;
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
  // The same state gives the same futures, in every process and after a restart.
  const chance = new Stream(Math.imul(state.seq, 0x9e3779b1) ^ state.tickets.size);
  const model = hallModel(state, now, asked, chance);
  const runner = new PathRunner(model, chance, ARRIVALS_FOLLOWED + state.queue.size);
  const runs = Math.max(FEWEST_PATHS, Math.min(paths, Math.floor(CUSTOMERS_FOLLOWED / (state.queue.size + 10))));
  const ghosts = new Sample(runner.ghosts.length, runs);
  const waits = new Sample(everybody ? runner.waits.length : 0, runs);
  for (let path = 0; path < runs; path += 1) {
    runner.run(everybody);
    ghosts.add(runner.ghosts);
    if (everybody) waits.add(runner.waits);
  }
  const working = model.counters.slice(0, model.counters.length - (model.reserve?.counters.length ?? 0));
  const served = model.kinds.map((_, kind) => working.some(({ stands }) => stands[kind] !== STANDS.neither));
  return {
    asked: model.asked.map((kind) => (served[kind] ? ghosts.quoteOf(kind) : undefined)),
    tickets: new Map(everybody ? ticketQuotes(model, served, waits) : []),
  };
}

function* ticketQuotes(
  { waiting }: HallModel,
  served: readonly boolean[],
  waits: Sample,
): Generator<[TicketId, Quote]> {
  let customer = 0;
  for (const [kind, lane] of waiting.entries())
    for (const { id } of lane) {
      if (served[kind]) yield [id, waits.quoteOf(customer)];
      customer += 1;
    }
}
