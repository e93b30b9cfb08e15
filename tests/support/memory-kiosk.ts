import { randomUUID } from 'node:crypto';
import { newLedger, type Ledger } from '../../kiosk/offline/ledger.ts';
import type { KeptHall, KioskStore } from '../../kiosk/offline/ports.ts';

/** A kiosk's store that outlives its page, as JSON, one change after the other. */
export class MemoryKiosk implements KioskStore {
  #ledger = JSON.stringify(newLedger(randomUUID()));
  #hall: KeptHall | undefined;
  /** Fails the next so many changes, as a full disk does. */
  failing = 0;

  get ledger(): Ledger {
    return JSON.parse(this.#ledger) as Ledger;
  }

  change<T>(step: (ledger: Ledger) => { readonly ledger: Ledger; readonly result: T }): Promise<T> {
    const { ledger, result } = step(this.ledger);
    if (this.failing > 0) {
      this.failing -= 1;
      return Promise.reject(new Error('the disk is full'));
    }
    this.#ledger = JSON.stringify(ledger);
    return Promise.resolve(result);
  }

  hall(): Promise<KeptHall | undefined> {
    return Promise.resolve(this.#hall);
  }

  keepHall(hall: KeptHall): Promise<void> {
    this.#hall = hall;
    return Promise.resolve();
  }
}
