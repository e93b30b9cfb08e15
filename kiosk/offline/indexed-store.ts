import { newCommandId } from '../../client/connection.ts';
import { newLedger, type Ledger } from './ledger.ts';
import type { KeptHall, KioskStore } from './ports.ts';

const DATABASE = 'lobbyflow.kiosk';
const STORE = 'kept';

/**
 * In the browser's own database. A transaction that writes has the store for itself, also against other tabs, so two tabs of one
 * kiosk never give the same number.
 * @param name of this kiosk among those of this browser
 */
export function indexedStore(name: string): KioskStore {
  let opened: Promise<IDBDatabase> | undefined;

  function database(): Promise<IDBDatabase> {
    opened ??= open().then((found) => {
      // Deleted or replaced under us: opened anew when it is needed.
      found.onclose = () => (opened = undefined);
      return found;
    });
    opened.catch(() => (opened = undefined));
    return opened;
  }

  return {
    async change(step) {
      const transaction = (await database()).transaction(STORE, 'readwrite', { durability: 'strict' });
      const kept = transaction.objectStore(STORE);
      return new Promise((resolve, reject) => {
        let done: { readonly result: Parameters<typeof resolve>[0] } | undefined;
        const read = kept.get(`ledger/${name}`);
        read.onsuccess = () => {
          const before = (read.result as Ledger | undefined) ?? newLedger(newCommandId());
          const { ledger, result } = step(before);
          if (ledger !== read.result) kept.put(ledger, `ledger/${name}`);
          done = { result };
        };
        transaction.oncomplete = () =>
          done === undefined ? reject(new Error('nothing was read')) : resolve(done.result);
        transaction.onabort = () => reject(transaction.error ?? new Error('the ledger could not be kept'));
      });
    },
    async hall() {
      const read = (await database()).transaction(STORE).objectStore(STORE).get(`hall/${name}`);
      return new Promise((resolve, reject) => {
        read.onsuccess = () => resolve(read.result as KeptHall | undefined);
        read.onerror = () => reject(read.error ?? new Error('the last hall could not be read'));
      });
    },
    async keepHall(hall) {
      const transaction = (await database()).transaction(STORE, 'readwrite');
      transaction.objectStore(STORE).put(hall, `hall/${name}`);
      return new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('the hall could not be kept'));
      });
    },
  };
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing for this page'));
  });
}
