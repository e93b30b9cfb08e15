import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { OutsideCommand } from '../../protocol/commands.ts';
import type { Ack, ClientToServerEvents, ServerToClientEvents } from '../../protocol/messages.ts';

export interface SignIn {
  readonly branchId: string;
  readonly role: 'kiosk' | 'teller' | 'manager';
  readonly staffId?: string;
}

/** Somebody at the socket door of a running server. */
export class Caller {
  private constructor(readonly socket: Socket<ServerToClientEvents, ClientToServerEvents>) {}

  /** @param url of the server, `http://127.0.0.1:4600` */
  static async signIn(url: string, session: SignIn): Promise<Caller> {
    const response = await fetch(`${url}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(session),
    });
    const { token } = (await response.json()) as { token?: string };
    if (token === undefined) throw new Error(`no session as ${session.role}: ${response.status}`);
    const socket: Caller['socket'] = io(url, { auth: { token }, transports: ['websocket'], forceNew: true });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return new Caller(socket);
  }

  /** Rejects when there is no answer within thirty seconds, or the connection ends before it. */
  send(command: OutsideCommand, commandId: string = randomUUID()): Promise<Ack> {
    return this.socket.timeout(30_000).emitWithAck('command', { commandId, command });
  }

  leave(): void {
    this.socket.disconnect();
  }
}
