/** Runs turns of the same key one after the other; different keys do not wait for each other. */
export class PerKey {
  readonly #last = new Map<string, Promise<unknown>>();

  run<T>(key: string, turn: () => Promise<T>): Promise<T> {
    const result = (this.#last.get(key) ?? Promise.resolve()).then(turn, turn);
    this.#last.set(key, result);
    const forget = () => {
      if (this.#last.get(key) === result) this.#last.delete(key);
    };
    result.then(forget, forget);
    return result;
  }
}
