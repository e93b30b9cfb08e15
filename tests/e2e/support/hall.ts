import { randomUUID } from 'node:crypto';
import type { Answer } from '../../../domain/answer.ts';
import type { View } from '../../../domain/views/views.ts';
import type { OutsideCommand } from '../../../protocol/commands.ts';
import type { Ack } from '../../../protocol/messages.ts';

type Role = 'kiosk' | 'display' | 'teller' | 'manager';
type ViewOf<K extends View['kind']> = Extract<View, { kind: K }>;
type Ticket = NonNullable<Answer['issued']>;
type Wish = Omit<Extract<OutsideCommand, { type: 'TakeTicket' }>, 'type' | 'services'>;

/** One branch of a running server, driven and looked at through its HTTP door, to set a scene before a screen is opened. */
export class Hall {
  readonly #tokens = new Map<Role, string>();

  constructor(
    readonly url: string,
    readonly branchId: string,
  ) {}

  async ask(role: Role, command: OutsideCommand): Promise<Ack> {
    const response = await fetch(`${this.url}/api/branches/${this.branchId}/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await this.#token(role)}` },
      body: JSON.stringify({ commandId: randomUUID(), command }),
    });
    return (await response.json()) as Ack;
  }

  /** @throws when the command is refused: a scene that cannot be set is a fault of the test */
  async send(role: Role, command: OutsideCommand): Promise<Answer> {
    const ack = await this.ask(role, command);
    if (!ack.ok) throw new Error(`${command.type} was refused: ${JSON.stringify(ack)}`);
    return ack.answer;
  }

  async take(service: string, wish: Wish = {}): Promise<Ticket> {
    const { issued } = await this.send('kiosk', { type: 'TakeTicket', services: [service], ...wish });
    if (issued === undefined) throw new Error('A ticket was taken and none was issued');
    return issued;
  }

  async view<K extends View['kind']>(kind: K, query: Record<string, string> = {}): Promise<ViewOf<K>> {
    const role: Role = kind === 'kiosk' || kind === 'display' ? kind : 'manager';
    const response = await fetch(
      `${this.url}/api/branches/${this.branchId}/views/${kind}?${new URLSearchParams(query).toString()}`,
      { headers: { authorization: `Bearer ${await this.#token(role)}` } },
    );
    if (!response.ok) throw new Error(`No view ${kind}: ${response.status} ${await response.text()}`);
    const { view } = (await response.json()) as { view: ViewOf<K> };
    return view;
  }

  /** @param path below /api */
  async read<T>(role: Role, path: string): Promise<T> {
    const headers = { authorization: `Bearer ${await this.#token(role)}` };
    return (await (await fetch(`${this.url}/api/${path}`, { headers })).json()) as T;
  }

  async #token(role: Role): Promise<string> {
    const kept = this.#tokens.get(role);
    if (kept !== undefined) return kept;
    const response = await fetch(`${this.url}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ branchId: this.branchId, role }),
    });
    const { token } = (await response.json()) as { token?: string };
    if (token === undefined) throw new Error(`No session as ${role} of ${this.branchId}: ${response.status}`);
    this.#tokens.set(role, token);
    return token;
  }
}
