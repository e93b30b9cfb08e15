import type { Jobs } from '../../server/ports.ts';

interface Planned {
  readonly name: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Jobs that run when a test says so, and stay when they fail. */
export interface JobsByHand extends Jobs {
  readonly planned: readonly Planned[];
  readonly failures: readonly string[];
  runDue(): Promise<void>;
}

export function jobsByHand(): JobsByHand {
  const handlers = new Map<string, (data: Readonly<Record<string, unknown>>) => Promise<void>>();
  const known = new Set<string>();
  const planned: Planned[] = [];
  const failures: string[] = [];
  return {
    planned,
    failures,
    handle: (name, handler) => void handlers.set(name, handler),
    once(name, id, _at, data) {
      if (!known.has(`${name} ${id}`)) planned.push({ name, id, data });
      known.add(`${name} ${id}`);
      return Promise.resolve();
    },
    async runDue() {
      for (const job of planned.splice(0)) {
        try {
          await handlers.get(job.name)?.(job.data);
        } catch (error) {
          failures.push(String(error));
          planned.push(job);
        }
      }
    },
    every: () => Promise.resolve(),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}
