import type { Bus, BusMessage } from '../ports.ts';

/** The bus of a single process. Like any other it delivers later, in order, and one listener's failure is not another's. */
export function inProcessBus(): Bus {
  const listeners = new Set<(message: BusMessage) => void>();
  return {
    publish(message) {
      for (const listener of listeners) {
        queueMicrotask(() => {
          if (listeners.has(listener)) listener(message);
        });
      }
    },
    subscribe(listener) {
      // One entry per subscription, even when the same function is given twice.
      const entry = (message: BusMessage) => listener(message);
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    // No other process is heard here.
    connected: () => false,
    close() {
      listeners.clear();
      return Promise.resolve();
    },
  };
}
