import type { FirstPass } from './backup/snapshot.ts';

/** What the server and the thread of the embedded database say to each other. */

/** Make a new database in a folder and end; or open one (without a folder: in memory) and serve it. */
export type EmbeddedTask =
  { readonly kind: 'create'; readonly folder: string } | { readonly kind: 'serve'; readonly folder?: string };

/** One exchange of one connection: wire messages that end with a query, a sync or a goodbye. */
export interface Exchange {
  readonly connection: number;
  readonly bytes: Uint8Array;
}

export type ToWorker =
  | ({ readonly kind: 'run' } & Exchange)
  /** Finish a copy of the folder while nothing is written to it. */
  | ({ readonly kind: 'copy' } & FirstPass)
  | { readonly kind: 'close' };

export type FromWorker =
  | { readonly kind: 'created' }
  /** `durable`: a commit was seen to reach the disk. */
  | { readonly kind: 'open'; readonly durable: boolean }
  | ({ readonly kind: 'answer' } & Exchange)
  /** Notifications, for whoever listens. */
  | { readonly kind: 'notify'; readonly bytes: Uint8Array }
  /** With the reason when the copy could not be finished. */
  | { readonly kind: 'copied'; readonly error?: string }
  | { readonly kind: 'closed' };
