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

/** An event that is still being written. */
export type Draft<Event> = { -readonly [Key in keyof Event]: Event[Key] };

/** What every event of a command says. To be spread behind the `type`: a literal that begins with a spread is a slow one in V8. */
export function fact({ now, actor, commandId }: CommandContext): { at: number; by: string; commandId: string } {
  return { at: now, by: actor, commandId };
}
