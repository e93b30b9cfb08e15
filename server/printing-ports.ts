import type { Instant, TicketId } from '../domain/ids.ts';
import type { PartState } from './ports.ts';

/** A printer in the network. */
export interface PrinterPlace {
  /** Host name or address. */
  readonly address: string;
  readonly port: number;
}

export interface PrintResult {
  /** The printer itself said that the whole of it is on paper. */
  readonly printed: boolean;
  /** Some of it may be on paper: it is never sent again by itself. */
  readonly sent: boolean;
  /** How the printer is now; one that does not answer has a `fault`. */
  readonly state: PartState;
}

/** Puts finished documents on paper. Nothing here rejects: what goes wrong is the state of the printer. */
export interface Printer {
  /** @param job in the printer's own language. A printer does one after the other. */
  print(place: PrinterPlace, job: Uint8Array): Promise<PrintResult>;
  /** Asks the printer how it is. */
  state(place: PrinterPlace): Promise<PartState>;
}

/** One paper of a ticket. The first copy is 1. */
export interface PaperKey {
  readonly ticketId: TicketId;
  readonly copy: number;
}

/** Which papers were asked for, over all processes and restarts; kept for a day. */
export interface PrintRecords {
  /** True once for each paper: whoever gets it prints. */
  begin(paper: PaperKey, now: Instant): Promise<boolean>;
  finish(paper: PaperKey, result: PrintResult): Promise<void>;
  /** Nothing while it is being printed, or when the process that printed it is gone. */
  resultOf(paper: PaperKey): Promise<PrintResult | undefined>;
}
