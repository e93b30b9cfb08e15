/** Records that a test's database does not have, but for some: whoever asks for the others is told so. */
export function notHere<T extends object>(what: string, but: Partial<T> = {}): T {
  return new Proxy(but as T, {
    get: (target, name): unknown =>
      name in target
        ? Reflect.get(target, name)
        : () => Promise.reject(new Error(`This database has no ${what}: ${String(name)} was asked for`)),
  });
}
