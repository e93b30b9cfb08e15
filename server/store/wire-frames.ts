/** PostgreSQL's wire protocol, as far as it must be understood to share one session: where each message begins and ends. */

interface Frame {
  /** The message's letter: `Q` a query, `S` sync, `Z` ready … */
  readonly type: string;
  /** Offsets into the buffer, letter and length included. */
  readonly start: number;
  readonly end: number;
}

/** The whole messages in a buffer; what is cut off at its end is left out. */
export function* framesOf(bytes: Buffer): Generator<Frame> {
  let start = 0;
  while (start + 5 <= bytes.length) {
    const end = start + 1 + bytes.readInt32BE(start + 1);
    if (end > bytes.length) return;
    yield { type: String.fromCharCode(bytes[start] ?? 0), start, end };
    start = end;
  }
}

/** "You are in, go on": the answer to a start-up message (authentication ok, ready and idle). */
export const welcome = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

/** The last message of a connection. */
export const goodbye = Buffer.from([0x58, 0, 0, 0, 4]);

/** A simple query message. */
export function queryMessage(text: string): Buffer {
  const body = Buffer.from(`${text}\0`);
  const head = Buffer.from([0x51, 0, 0, 0, 0]);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** "Forget the prepared statement of this name"; no error when there is none. */
export function closeStatementMessage(name: string): Buffer {
  const body = Buffer.from(`S${name}\0`);
  const head = Buffer.from([0x43, 0, 0, 0, 0]);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
