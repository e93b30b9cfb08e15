/** Gives each thing that it is asked for its place in a list, the same one each time. */
export class Dictionary<T> {
  readonly list: T[] = [];
  readonly #indexes = new Map<string, number>();

  constructor(private readonly nameOf: (item: T) => string) {}

  indexOf(item: T): number {
    const name = this.nameOf(item);
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    this.#indexes.set(name, this.list.length);
    return this.list.push(item) - 1;
  }
}

/** Records of numbers, as one list for each name. */
export function columnsOf<Name extends string>(
  names: readonly Name[],
  records: readonly Readonly<Record<Name, number>>[],
): Record<Name, number[]> {
  const columns = {} as Record<Name, number[]>;
  for (const name of names) columns[name] = records.map((record) => record[name]);
  return columns;
}
