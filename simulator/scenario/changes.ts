/**
 * Changes of a scenario from the command line: `services.0.time.cv=1.5` sets one field, numbered from 0 in lists. The
 * result is checked as a file is.
 * @throws Error with a sentence for the person who typed it
 */
export function changed(scenario: unknown, changes: readonly string[]): unknown {
  const copy = structuredClone(scenario);
  for (const change of changes) {
    const at = change.indexOf('=');
    const path = change.slice(0, at).split('.');
    const name = path.pop();
    if (at < 1 || name === undefined) throw new Error(`--set ${change}: write PATH=VALUE, as day.levelCv=0.3`);
    let place: unknown = copy;
    for (const step of path) {
      const inside = isPlace(place) ? place[step] : undefined;
      if (!isPlace(inside)) throw new Error(`--set ${change}: the scenario has no ${path.join('.')}`);
      place = inside;
    }
    if (isPlace(place)) place[name] = valueOf(change.slice(at + 1));
  }
  return copy;
}

function isPlace(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** What a person types for a value: a number, yes or no, or a word. */
export function valueOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text);
  return text.trim() !== '' && Number.isFinite(number) ? number : text;
}
