import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/**
 * What the server tells Prometheus about itself. No label holds a ticket, a person, a device or an address: all are from closed
 * lists or from the operator's own files, so that neither somebody's day nor the memory of the collector is in danger.
 */

/** What is looked up when somebody asks, and not kept. */
export interface Sources {
  branches(): readonly BranchFigures[];
  screens(): readonly ScreenFigures[];
  /** Rejects when the database is away; they are left out then. */
  forecastErrors(): Promise<readonly { readonly branchId: string; readonly ratio: number }[]>;
}

export interface BranchFigures {
  readonly branchId: string;
  /** Tickets that wait, by segment. */
  readonly waiting: ReadonlyMap<string, number>;
  /** Commands that wait for their turn. */
  readonly turnQueue: number;
}

export interface ScreenFigures {
  /** `kiosk`, `display` …, or `none` for connections that have not said what they show. */
  readonly kind: string;
  readonly connections: number;
  /** Age of the oldest view that was last sent to one of them, ms. */
  readonly oldestMs?: number;
}

const LATENCIES = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export class Metrics {
  readonly #registry = new Registry();
  readonly #commands = this.#counter('commands_total', 'Commands, by what came of them', ['type', 'outcome']);
  readonly #refusals = this.#counter('refusals_total', 'Commands that the branch day refused, by reason', ['code']);
  readonly #acks = this.#histogram('ack_seconds', 'From a command read to its answer, durable', LATENCIES);
  readonly #storeSeconds = this.#histogram('store_write_seconds', 'One statement of the log', LATENCIES);
  readonly #storeCommits = this.#histogram(
    'store_write_commits',
    'Commits in one statement',
    [1, 2, 4, 8, 16, 64, 256],
  );
  readonly #viewSeconds = this.#histogram('view_lag_seconds', 'From a change to its view sent', LATENCIES, ['kind']);
  readonly #jobs = this.#counter('jobs_total', 'Jobs that ran', ['name', 'outcome']);
  readonly #waiting = this.#gauge('waiting_tickets', 'Tickets that wait', ['branch', 'segment']);
  readonly #turnQueue = this.#gauge('turn_queue', 'Commands that wait for their turn', ['branch']);
  readonly #connections = this.#gauge('connections', 'Connections, by what they show', ['kind']);
  readonly #oldest = this.#gauge('screen_age_seconds', 'Age of the oldest view that a screen was last sent', ['kind']);
  readonly #forecastError = this.#gauge('forecast_error_ratio', 'Of the last finished day', ['branch']);

  constructor() {
    collectProcess();
  }

  /** @param outcome `accepted`, `refused`, or the code of the problem */
  command(type: string, outcome: string, refusal: string | undefined, seconds: number): void {
    this.#commands.inc({ type, outcome });
    if (refusal !== undefined) this.#refusals.inc({ code: refusal });
    this.#acks.observe(seconds);
  }

  stored(commits: number, seconds: number): void {
    this.#storeCommits.observe(commits);
    this.#storeSeconds.observe(seconds);
  }

  viewSent(kind: string, lagMs: number): void {
    this.#viewSeconds.observe({ kind }, lagMs / 1000);
  }

  job(name: string, outcome: 'done' | 'failed'): void {
    this.#jobs.inc({ name, outcome });
  }

  /** In Prometheus' text format. */
  async text(sources: Sources): Promise<string> {
    this.#showScreens(sources.screens());
    this.#showBranches(sources.branches());
    this.#showErrors(await sources.forecastErrors().catch(() => []));
    const own = await this.#registry.metrics();
    return own + (await processRegistry.metrics());
  }

  #showScreens(screens: readonly ScreenFigures[]): void {
    this.#connections.reset();
    this.#oldest.reset();
    for (const { kind, connections, oldestMs } of screens) {
      this.#connections.set({ kind }, connections);
      if (oldestMs !== undefined) this.#oldest.set({ kind }, oldestMs / 1000);
    }
  }

  #showBranches(branches: readonly BranchFigures[]): void {
    this.#waiting.reset();
    this.#turnQueue.reset();
    for (const { branchId, waiting, turnQueue } of branches) {
      this.#turnQueue.set({ branch: branchId }, turnQueue);
      for (const [segment, tickets] of waiting) this.#waiting.set({ branch: branchId, segment }, tickets);
    }
  }

  #showErrors(errors: readonly { readonly branchId: string; readonly ratio: number }[]): void {
    this.#forecastError.reset();
    for (const { branchId, ratio } of errors) this.#forecastError.set({ branch: branchId }, ratio);
  }

  #counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name: `lobbyflow_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #gauge<L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> {
    return new Gauge({ name: `lobbyflow_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #histogram<L extends string>(name: string, help: string, buckets: number[], labelNames: L[] = []): Histogram<L> {
    return new Histogram({ name: `lobbyflow_${name}`, help, buckets, labelNames, registers: [this.#registry] });
  }
}

/** Memory, processor, event loop and garbage: of the process, whatever is composed in it, and so watched once. */
const processRegistry = new Registry();
let watched = false;

function collectProcess(): void {
  if (!watched) collectDefaultMetrics({ register: processRegistry });
  watched = true;
}
