import type { CommandContext } from '../commands.ts';
import type { DomainEvent } from '../events.ts';
import type { Rejection } from '../rejections.ts';

/** What the core says to a command: what happened, or why nothing did. */
export type Decision =
  | { readonly ok: true; readonly events: readonly DomainEvent[] }
  | { readonly ok: false; readonly rejection: Rejection };

export function accept(...events: DomainEvent[]): Decision {
  return { ok: true, events };
}

export function refuse(rejection: Rejection): Decision {
  return { ok: false, rejection };
}

/** What every event of a command says. */
export function fact({ now, actor, commandId }: CommandContext): { at: number; by: string; commandId: string } {
  return { at: now, by: actor, commandId };
}
