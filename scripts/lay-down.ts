import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DomainEvent } from '../domain/events.ts';
import type { BranchId, BusinessDay } from '../domain/ids.ts';
import type { Visit } from '../domain/visit.ts';
import type { EventStore } from '../server/ports.ts';

/** For the scripts that lay finished days into the log. */

/** A row of the log is no larger than one that the server writes. */
const EVENTS_IN_COMMIT = 500;

/** What is there already, because an earlier run was stopped in the middle, stays. */
export async function writeLog(
  store: EventStore,
  branchId: BranchId,
  day: BusinessDay,
  { events, visits }: { readonly events: readonly DomainEvent[]; readonly visits: readonly Visit[] },
): Promise<void> {
  const commits = Math.ceil(events.length / EVENTS_IN_COMMIT);
  for (let version = 1; version <= commits; version += 1) {
    const own = events.slice((version - 1) * EVENTS_IN_COMMIT, version * EVENTS_IN_COMMIT);
    const ended = version === commits ? visits : [];
    await store.append({ branchId, day, version, events: own, visits: ended, reopened: [] });
  }
}

/**
 * Gives an order to a script of this folder in a process of its own, and takes its messages one after the other.
 * Rejects when the script fails, or `take` does.
 */
export async function workedOut<Order extends object, Message>(
  script: string,
  order: Order,
  take: (message: Message) => Promise<void>,
): Promise<void> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });
  const ended = once(child, 'exit');
  let taken = Promise.resolve();
  child.on('message', (message: Message) => {
    taken = taken.then(() => take(message));
    // Said once, below.
    taken.catch(() => child.kill());
  });
  child.send(order);
  const [code] = (await ended) as [number | null];
  await taken;
  if (code !== 0) throw new Error(`${script} ended before its work was done`);
}
