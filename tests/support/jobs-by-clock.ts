import type { Instant } from '../../domain/ids.ts';
import type { Jobs } from '../../server/ports.ts';

type Handler = Parameters<Jobs['handle']>[1];

export interface JobsByClock extends Jobs {
  /** One after the other, each at its own time, also those that they plan in turn. */
  runUntil(end: Instant, turnTo: (at: Instant) => void): Promise<void>;
}

/** Jobs that run when a test turns its clock past their time. What comes again by the calendar does not. */
export function jobsByClock(): JobsByClock {
  const handlers = new Map<string, Handler>();
  const known = new Set<string>();
  const planned = new Set<{ readonly name: string; readonly at: Instant; readonly data: Parameters<Handler>[0] }>();
  return {
    handle: (name, handler) => void handlers.set(name, handler),
    once(name, id, at, data) {
      if (!known.has(`${name} ${id}`)) planned.add({ name, at, data });
      known.add(`${name} ${id}`);
      return Promise.resolve();
    },
    async runUntil(end, turnTo) {
      for (;;) {
        const next = [...planned].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) return turnTo(end);
        planned.delete(next);
        turnTo(next.at);
        await handlers.get(next.name)?.(next.data);
      }
    },
    every: () => Promise.resolve(),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}
