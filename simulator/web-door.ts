import { randomUUID } from 'node:crypto';
import type { Ack } from '../protocol/messages.ts';
import type { OutsideCommand } from '../protocol/commands.ts';
import type { Pace } from './pace.ts';

export type Role = 'kiosk' | 'display' | 'teller' | 'manager' | 'device';
export interface Who {
  readonly role: Role;
  readonly staffId?: string;
  readonly deviceId?: string;
}

/** The HTTP door of one branch. A server that is away is an answer (`undefined`), not an error. */
export class WebDoor {
  constructor(
    private readonly url: string,
    readonly branchId: string,
    /** Access code of the server, if it asks for one. */
    private readonly code: string | undefined,
    private readonly pace: Pace,
  ) {}

  /** A fresh token. Asks until the server gives one. */
  async session(who: Who): Promise<string> {
    for (;;) {
      const body = { branchId: this.branchId, ...who, ...(this.code !== undefined && { code: this.code }) };
      const answer = (await this.#post('/api/sessions', body)) as { token?: string } | undefined;
      if (typeof answer?.token === 'string') return answer.token;
      await this.pace.waitMs(1_000);
    }
  }

  /** @param token of a session; without one the sender is a customer with a phone */
  async command(command: OutsideCommand, token?: string): Promise<Ack | undefined> {
    const path = `/api/branches/${this.branchId}/commands`;
    return (await this.#post(path, { commandId: randomUUID(), command }, token)) as Ack | undefined;
  }

  async #post(path: string, body: object, token?: string): Promise<unknown> {
    const headers = {
      'Content-Type': 'application/json',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    };
    try {
      const { signal } = this.pace;
      const response = await fetch(new URL(path, this.url), {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
        signal,
      });
      return await response.json();
    } catch (error) {
      if (this.pace.signal.aborted) throw error;
      return undefined;
    }
  }
}
