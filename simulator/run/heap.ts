/** A binary heap of what is due, earliest first; of two at the same time the one that was put in first. */
export class DueHeap<T> {
  readonly #items: { readonly at: number; readonly order: number; readonly item: T }[] = [];
  #order = 0;

  /** When the earliest is due; Infinity when nothing is. */
  get nextAt(): number {
    return this.#items[0]?.at ?? Infinity;
  }

  push(at: number, item: T): void {
    const items = this.#items;
    const entry = { at, order: (this.#order += 1), item };
    let place = items.length;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || parent.at <= at) break;
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

interface Due {
  readonly at: number;
  readonly order: number;
}

function isBefore(one: Due, other: Due): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
