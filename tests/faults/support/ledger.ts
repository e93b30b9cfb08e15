import type { Answer } from '../../../domain/answer.ts';
import type { CommandId } from '../../../domain/ids.ts';

/** What the server told somebody that it has done. */
export interface Acknowledged {
  readonly commandId: CommandId;
  readonly version: number;
  readonly answer: Answer;
}

/** What the people of the hall were told, to be compared with the log afterwards. */
export class Ledger {
  readonly acknowledged: Acknowledged[] = [];
  /** How often something else than "done" was heard, by its code. */
  readonly heard = new Map<string, number>();
  readonly #waits: { readonly at: number; readonly ms: number }[] = [];
  /** Versions in the order in which they grew, and when they were first heard of. */
  readonly #heads: { readonly at: number; readonly version: number }[] = [];

  done(acknowledged: Acknowledged, ms: number): void {
    const at = performance.now();
    this.acknowledged.push(acknowledged);
    this.#waits.push({ at, ms });
    const { version } = acknowledged;
    if (version > (this.#heads.at(-1)?.version ?? 0)) this.#heads.push({ at, version });
  }

  notDone(code: string): void {
    this.heard.set(code, (this.heard.get(code) ?? 0) + 1);
  }

  /** What the log had reached for certain at a time of `performance.now()`. */
  headAt(at: number): number {
    return this.#heads.findLast((head) => head.at <= at)?.version ?? 0;
  }

  /** Median of how long the answers took that came since, ms; undefined without any. */
  medianSince(at: number): number | undefined {
    const waits = this.#waits.filter((wait) => wait.at >= at).map(({ ms }) => ms);
    return waits.sort((one, other) => one - other)[Math.floor(waits.length / 2)];
  }
}
