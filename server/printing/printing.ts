import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { PrinterConfig } from '../../config/printers.ts';
import type { Locale } from '../../domain/config.ts';
import type { BranchId, TicketId } from '../../domain/ids.ts';
import { profileOf } from '../../domain/views/profile.ts';
import { ticketView } from '../../domain/views/ticket-view.ts';
import type { Hosts } from '../hosts.ts';
import type { Caller } from '../identity/caller.ts';
import type { Clock, Identities, PartState } from '../ports.ts';
import type { PaperKey, Printer, PrintRecords, PrintResult } from '../printing-ports.ts';
import { escPos } from './esc-pos.ts';
import { paperOf } from './paper.ts';

export interface PrintRequest {
  readonly ticketId: TicketId;
  /** 1 for the ticket itself; each further paper that a person asks for is one more. */
  readonly copy: number;
  readonly language: Locale;
  readonly large: boolean;
  /** What the kiosk calls this server, without a slash at the end. */
  readonly origin: string;
}

export interface PrintAnswer {
  /** `browser`: the kiosk prints by itself. `no-printer`: only when somebody asks for it. */
  readonly outcome: 'printed' | 'failed' | 'browser' | 'no-printer';
  readonly printer?: PartState | undefined;
}

export interface PrintingOptions {
  readonly branches: ReadonlyMap<BranchId, LoadedBranch>;
  readonly hosts: Hosts;
  readonly identities: Pick<Identities, 'device' | 'noteDevice'>;
  readonly papers: PrintRecords;
  readonly printer: Printer;
  /** What phones call this server; without it, what the kiosk calls it. */
  readonly publicUrl?: string | undefined;
  readonly clock: Clock;
}

type NetworkPrinter = Extract<PrinterConfig, { via: 'network' }>;

/**
 * A printer that is busy or just starting gets further chances, ms after each other. No later ones: a paper that came when the
 * customer has gone would be in the next one's hands.
 */
const PAUSES_MS = [250, 500, 1_000, 2_000];
const PATIENCE_MS = 6_000;

/**
 * Prints tickets that exist. A kiosk asks for it when it has its answer, and not the server by itself on a new ticket: only the
 * kiosk knows who stands before it and how they read, and each process of several sees every ticket.
 *
 * A paper is known by its ticket and the number of the copy. It is printed at most once whoever asks how often, over all processes
 * and restarts: only what has certainly not reached the printer is tried again.
 */
export class Printing {
  /** Being printed by this process: who asks meanwhile waits for the same. */
  readonly #running = new Map<string, Promise<PrintResult>>();
  /** How the printer of each kiosk was when it was last heard of. */
  readonly #known = new Map<string, PartState>();

  constructor(private readonly options: PrintingOptions) {}

  /** @returns undefined when there is no such ticket today. Rejects when the log or the records cannot be read. */
  async print(caller: Caller, branchId: BranchId, request: PrintRequest): Promise<PrintAnswer | undefined> {
    const printer = await this.#printerOf(caller, branchId);
    const paper = await this.#lookAt(branchId, request);
    if (paper === undefined) return undefined;
    if (printer === undefined) return { outcome: 'no-printer' };
    if (printer.via === 'browser') return { outcome: 'browser' };
    const { ticketId, copy } = request;
    const { columns } = printer;
    const { printed, state } = await this.#once({ ticketId, copy }, printer, escPos(paper(columns), columns));
    await this.#noteDevice(caller, state);
    await this.#tellLobby(caller, branchId, state);
    return { outcome: printed ? 'printed' : 'failed', printer: state };
  }

  /** How the printer of a kiosk is; nothing for what prints on none in the network. */
  async stateFor(caller: Caller): Promise<PartState | undefined> {
    if (caller.role !== 'kiosk' || caller.branchId === undefined) return undefined;
    const printer = await this.#printerOf(caller, caller.branchId);
    if (printer?.via !== 'network') return undefined;
    const state = await this.options.printer.state(printer);
    await this.#tellLobby(caller, caller.branchId, state);
    return state;
  }

  #once(paper: PaperKey, printer: NetworkPrinter, job: Uint8Array): Promise<PrintResult> {
    const key = `${paper.ticketId} ${paper.copy}`;
    const running = this.#running.get(key) ?? this.#print(paper, printer, job).finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    return running;
  }

  async #print(paper: PaperKey, printer: NetworkPrinter, job: Uint8Array): Promise<PrintResult> {
    const { papers, clock } = this.options;
    if (!(await papers.begin(paper, clock.now())))
      // Another process has it, or had it: nobody knows better than the records.
      return (await papers.resultOf(paper)) ?? { printed: false, sent: true, state: 'fault' };
    const result = await this.#tryToPrint(printer, job);
    await papers.finish(paper, result);
    return result;
  }

  async #tryToPrint(printer: NetworkPrinter, job: Uint8Array): Promise<PrintResult> {
    const begun = performance.now();
    let result = await this.options.printer.print(printer, job);
    for (const ms of PAUSES_MS) {
      const hopeless = result.printed || result.sent || result.state !== 'fault';
      if (hopeless || performance.now() - begun + ms > PATIENCE_MS) break;
      await pause(ms);
      result = await this.options.printer.print(printer, job);
    }
    return result;
  }

  /** @returns what makes its paper, for so many columns */
  async #lookAt(branchId: BranchId, request: PrintRequest): Promise<((columns: number) => string) | undefined> {
    const { ticketId, language: locale, large, origin } = request;
    const today = await this.options.hosts.today(branchId);
    if (!today.ok) throw new Error(today.problem.message);
    return today.host.look((state) => {
      const view = state && ticketView(state, ticketId, this.options.clock.now());
      if (state === undefined || view === undefined) return undefined;
      const [profile, link] = [
        profileOf(state.config),
        `${this.options.publicUrl ?? origin}/t/${branchId}/${ticketId}`,
      ];
      return (columns: number) => paperOf(view, profile, { locale, columns, large, link });
    });
  }

  /** By the kiosk's name, or the first one for whoever is not a kiosk. */
  async #printerOf({ role, grantId, deviceId }: Caller, branchId: BranchId): Promise<PrinterConfig | undefined> {
    const printers = this.options.branches.get(branchId)?.printers ?? [];
    if (role !== 'kiosk') return printers.find(({ via }) => via === 'network');
    const paired = grantId === undefined ? undefined : await this.options.identities.device(grantId);
    const name = paired?.name ?? deviceId;
    const named = printers.find(({ kiosks }) => name !== undefined && kiosks.includes(name));
    return named ?? printers.find(({ kiosks }) => kiosks.length === 0);
  }

  /** The device board hears of it at once, and not only with the next report. */
  async #noteDevice({ role, grantId }: Caller, printer: PartState): Promise<void> {
    const { identities, clock } = this.options;
    const device = role === 'kiosk' && grantId !== undefined ? await identities.device(grantId) : undefined;
    if (device !== undefined) await identities.noteDevice(device.id, clock.now(), { ...device.state, printer });
  }
  /** Somebody has to walk to a printer that prints nothing. What is known of it already is no news (rule A2). */
  async #tellLobby({ role, deviceId }: Caller, branchId: BranchId, printer: PartState): Promise<void> {
    if (role !== 'kiosk' || deviceId === undefined) return;
    const kiosk = `${branchId} ${deviceId}`;
    const before = this.#known.get(kiosk);
    this.#known.set(kiosk, printer);
    if (printer === before || printer === 'ok' || printer === 'low') return;
    const today = await this.options.hosts.today(branchId);
    const place = { kind: 'kiosk', id: deviceId } as const;
    const command = { type: 'RaiseTask', kind: 'device-fault', place } as const;
    if (today.ok) await today.host.handle({ command, commandId: randomUUID(), actor: 'system' });
  }
}
