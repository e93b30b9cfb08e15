import type { PartState } from '../ports.ts';
import type { Printer, PrinterPlace, PrintResult } from '../printing-ports.ts';
import { PrinterLine } from './printer-line.ts';

/** ESC/POS over raw TCP, usually port 9100, with the state read back in real time (DLE EOT). */

export interface Patience {
  readonly connectMs: number;
  /** For an answer to a question about its state. */
  readonly answerMs: number;
  /** From the last byte until the printer says that all is on paper. */
  readonly printMs: number;
  /** How often it is asked meanwhile whether something has gone wrong. */
  readonly lookMs: number;
}
const PATIENCE: Patience = { connectMs: 1_500, answerMs: 800, printMs: 8_000, lookMs: 400 };

/** DLE EOT n: 2 is why it is offline, 4 its paper. */
const ask = (what: 2 | 4) => Uint8Array.of(0x10, 0x04, what);
/** Every answer to DLE EOT looks like 0xx1xx10, and one to GS r like 0xx0xxxx. */
const isState = (byte: number) => (byte & 0x93) === 0x12;
const isDone = (byte: number) => (byte & 0x90) === 0;
const COVER_OPEN = 0x04;
const STOPPED_FOR_PAPER = 0x20;
const ERROR = 0x40;
const NEAR_END = 0x0c;
const PAPER_OUT = 0x60;
/** DLE DC4 8: forgets what it has not printed, so that the rest of a ticket does not come out on the next roll. */
const FORGET = Uint8Array.of(0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8);

const AWAY: PrintResult = { printed: false, sent: false, state: 'fault' };

export function networkPrinter(patience: Patience = PATIENCE): Printer {
  const { connectMs, answerMs, printMs, lookMs } = patience;
  /** The last thing that each printer was asked for: it takes one caller at a time. */
  const busy = new Map<string, Promise<unknown>>();

  function inTurn<T>({ address, port }: PrinterPlace, work: () => Promise<T>): Promise<T> {
    const key = `${address}:${port}`;
    const done = (busy.get(key) ?? Promise.resolve()).then(work);
    busy.set(key, done);
    void done.finally(() => busy.get(key) === done && busy.delete(key));
    return done;
  }

  async function onLine<T>(place: PrinterPlace, work: (line: PrinterLine) => Promise<T>): Promise<T | undefined> {
    const line = await PrinterLine.open(place, connectMs);
    return line === undefined ? undefined : work(line).finally(() => line.close());
  }

  async function answer(line: PrinterLine, what: 2 | 4): Promise<number | undefined> {
    const heard = line.hear(isState, answerMs);
    line.send(ask(what));
    return heard;
  }

  async function stateOf(line: PrinterLine): Promise<PartState> {
    const offline = await answer(line, 2);
    const paper = offline === undefined ? undefined : await answer(line, 4);
    if (offline === undefined || paper === undefined) return 'fault';
    if ((paper & PAPER_OUT) !== 0 || (offline & STOPPED_FOR_PAPER) !== 0) return 'empty';
    if ((offline & (COVER_OPEN | ERROR)) !== 0) return 'fault';
    return (paper & NEAR_END) === 0 ? 'ok' : 'low';
  }

  async function printOn(line: PrinterLine, job: Uint8Array): Promise<PrintResult> {
    const before = await stateOf(line);
    if (before === 'empty' || before === 'fault') return { printed: false, sent: false, state: before };
    let printed = false;
    const done = line.hear(isDone, printMs).then((byte) => (printed = byte !== undefined));
    line.send(job);
    for (let waited = 0; !printed && waited < printMs && line.isOpen; waited += lookMs) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      await Promise.race([done, new Promise((resolve) => (timer = setTimeout(resolve, lookMs)))]);
      clearTimeout(timer);
      if (printed) break;
      const now = await stateOf(line);
      if (now !== 'empty' && now !== 'fault') continue;
      line.send(FORGET);
      return { printed: false, sent: true, state: now };
    }
    return { printed, sent: true, state: await stateOf(line) };
  }

  return {
    print: (place, job) => inTurn(place, async () => (await onLine(place, (line) => printOn(line, job))) ?? AWAY),
    state: (place) => inTurn(place, async () => (await onLine(place, stateOf)) ?? 'fault'),
  };
}
