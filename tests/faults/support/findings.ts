const KINDS = ['lost', 'double', 'untrue', 'stale', 'unconverged', 'wrong'] as const;
export type Kind = (typeof KINDS)[number];

/**
 * What was found wrong, each thing once, in words. `lost`: acknowledged and not in the log. `double`: done twice. `untrue`: shown and
 * never in the log. `stale`: shown as live and old. `unconverged`: a screen that did not come right by itself. `wrong`: anything else.
 */
export class Findings {
  readonly #found = new Map<Kind, Set<string>>(KINDS.map((kind) => [kind, new Set()]));

  add(kind: Kind, what: readonly string[]): void {
    for (const each of what) this.#found.get(kind)?.add(each);
  }

  counts(): Readonly<Record<Kind, number>> {
    return Object.fromEntries(KINDS.map((kind) => [kind, this.#found.get(kind)?.size ?? 0])) as Record<Kind, number>;
  }

  words(): readonly string[] {
    return [...this.#found].flatMap(([kind, what]) => [...what].map((each) => `${kind}: ${each}`));
  }

  get none(): boolean {
    return this.words().length === 0;
  }
}
