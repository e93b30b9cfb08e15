const NOBODY = -1;

/**
 * Who waits in one future: a line for each kind, first come, first served. Customers are numbers: those who wait at the
 * beginning, line by line, and then those who come. All of it is in arrays that are filled anew for each future, so that a run
 * leaves nothing behind for the collector. Times are ms from now.
 */
export class Crowd {
  /** Since when the first of each kind has waited; Infinity when nobody waits. */
  readonly firstSince: Float64Array;
  readonly #since: Float64Array;
  readonly #next: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #begun: { readonly since: Float64Array; readonly next: Int32Array; readonly first: Int32Array };
  readonly #begunLast: Int32Array;
  #customers = 0;

  /**
   * @param waiting since when each customer has waited, oldest first, for each kind in which somebody waits
   * @param most so many may come
   */
  constructor(waiting: readonly (readonly number[])[], kinds: number, most: number) {
    const since = Float64Array.from(waiting.flat());
    const first = new Int32Array(kinds).fill(NOBODY);
    const last = new Int32Array(kinds).fill(NOBODY);
    const next = Int32Array.from(since, (_, customer) => customer + 1);
    let customers = 0;
    waiting.forEach(({ length }, kind) => {
      if (length === 0) return;
      first[kind] = customers;
      customers += length;
      last[kind] = customers - 1;
      next[customers - 1] = NOBODY;
    });
    this.#begun = { since, next, first };
    this.#begunLast = last;
    this.firstSince = new Float64Array(kinds);
    this.#since = new Float64Array(customers + most);
    this.#next = new Int32Array(customers + most);
    this.#first = new Int32Array(kinds);
    this.#last = new Int32Array(kinds);
  }

  reset(): void {
    const { since, next, first } = this.#begun;
    this.#since.set(since);
    this.#next.set(next);
    this.#first.set(first);
    this.#last.set(this.#begunLast);
    this.#customers = since.length;
    for (let kind = 0; kind < first.length; kind += 1) this.#lookAt(kind);
  }

  join(kind: number, t: number): void {
    const customer = this.#customers;
    this.#customers += 1;
    this.#since[customer] = t;
    this.#next[customer] = NOBODY;
    if (this.#first[kind] === NOBODY) {
      this.#first[kind] = customer;
      this.firstSince[kind] = t;
    } else this.#next[this.#last[kind] ?? 0] = customer;
    this.#last[kind] = customer;
  }

  /** @returns the first of a kind in which somebody waits, who waits no more */
  take(kind: number): number {
    const customer = this.#first[kind] ?? 0;
    this.#first[kind] = this.#next[customer] ?? NOBODY;
    this.#lookAt(kind);
    return customer;
  }

  #lookAt(kind: number): void {
    const first = this.#first[kind] ?? NOBODY;
    this.firstSince[kind] = first === NOBODY ? Infinity : (this.#since[first] ?? 0);
  }
}
