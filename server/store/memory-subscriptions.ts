import type { Subscription, SubscriptionRecords } from '../subscription-ports.ts';

/** Subscriptions in this process's memory, for tests: gone when the process is. */
export function memorySubscriptions(): SubscriptionRecords {
  const all = new Map<string, Subscription>();
  return {
    of: (staff, branch) =>
      Promise.resolve([...all.values()].filter(({ staffId, branchId }) => staffId === staff && branchId === branch)),
    active: () => Promise.resolve([...all.values()].filter(({ paused }) => !paused)),
    save(subscription) {
      all.set(subscription.id, subscription);
      return Promise.resolve();
    },
    note(id, what) {
      const one = all.get(id);
      if (one !== undefined) all.set(id, { ...one, ...what, paused: one.paused || what.stopped !== undefined });
      return Promise.resolve();
    },
    remove(id) {
      all.delete(id);
      return Promise.resolve();
    },
  };
}
