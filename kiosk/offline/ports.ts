import type { BranchProfile, KioskView } from '../../domain/views/views.ts';
import type { Ledger } from './ledger.ts';

/** What was last known of the branch: enough to go on with when the page is loaded while the server is away. */
export interface KeptHall {
  readonly profile: BranchProfile;
  readonly view: KioskView;
  /** The server's clock minus this machine's, ms. */
  readonly offsetMs: number;
}

/** Where a kiosk keeps what must outlive a power cut. Shared by all tabs of this kiosk. */
export interface KioskStore {
  /**
   * Reads the ledger, changes it and keeps it, in one step that no other tab gets between. Resolves when it is on the disk; rejects
   * when it is not, and then nothing has changed.
   */
  change<T>(step: (ledger: Ledger) => { readonly ledger: Ledger; readonly result: T }): Promise<T>;
  hall(): Promise<KeptHall | undefined>;
  keepHall(hall: KeptHall): Promise<void>;
}
