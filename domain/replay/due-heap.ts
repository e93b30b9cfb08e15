/** When something is due, and its turn among what is due at the same time. */
export interface Due {
  readonly at: number;
  readonly order: number;
}

/** A binary heap of what is due, earliest first; of two at the same time the smaller order, which is when it was put in unless it is given. */
export class DueHeap<T> {
  readonly #items: (Due & { readonly item: T })[] = [];
  #order = 0;

  /** When the earliest is due; Infinity when nothing is. */
  get nextAt(): number {
    return this.#items[0]?.at ?? Infinity;
  }

  /** The earliest, without its item. */
  get next(): Due | undefined {
    return this.#items[0];
  }

  push(at: number, item: T, order = (this.#order += 1)): void {
    const items = this.#items;
    const entry = { at, order, item };
    let place = items.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || !isBefore(entry, parent)) break;
      items[place] = parent;
      place = above;
    }
    items[place] = entry;
  }

  pop(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first?.item;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      const left = items[below];
      const right = items[below + 1];
      if (left === undefined) break;
      let child = left;
      if (right !== undefined && isBefore(right, left)) {
        child = right;
        below += 1;
      }
      if (!isBefore(child, last)) break;
      items[place] = child;
      place = below;
    }
    items[place] = last;
    return first.item;
  }
}

export function isBefore(one: Due, other: Due): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
