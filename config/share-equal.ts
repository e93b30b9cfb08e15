/** A value, and the number under which it is known. */
interface Known {
  readonly value: unknown;
  readonly id: number;
}

/**
 * Branches of one bank have most of their texts, services and rules in common. @returns a function that gives each value with all its
 * equal parts replaced by the first that was seen, as a copy that keeps nothing of the file it was read from. For plain,
 * read-only data.
 */
export function shareEqual(): <T>(value: T) => T {
  const seen = new Map<string, Known>();

  function known(key: string, make: () => unknown): Known {
    const before = seen.get(key);
    if (before !== undefined) return before;
    const made = { value: make(), id: seen.size };
    seen.set(key, made);
    return made;
  }

  function share(value: unknown): Known {
    if (typeof value !== 'object' || value === null) {
      const key = JSON.stringify(value) ?? 'undefined';
      // Parsed again, because a piece of a file's text keeps all of that text.
      return known(key, () => (typeof value === 'string' ? (JSON.parse(key) as string) : value));
    }
    const names = Array.isArray(value) ? undefined : Object.keys(value).map((name) => share(name));
    const parts = Object.values(value).map(share);
    const ids = parts.map(({ id }, place) => (names === undefined ? id : `${names[place]?.id}:${id}`));
    return known(names === undefined ? `[${ids.join()}]` : `{${ids.join()}}`, () =>
      names === undefined
        ? parts.map((part) => part.value)
        : Object.fromEntries(names.map((name, place) => [name.value, parts[place]?.value])),
    );
  }

  return <T>(value: T) => share(value).value as T;
}
