import type { OpenDay } from '../../domain/commands.ts';
import type { BranchConfig } from '../../domain/config.ts';
import type { DomainEvent } from '../../domain/events.ts';
import { readScript } from '../../domain/replay/read-script.ts';
import { Replay } from '../../domain/replay/replay.ts';
import { firstDifference } from '../../domain/replay/same-events.ts';

/** A closed day once more, as the log would have kept it, under its own configuration with these changes. */
export function replayed(events: readonly DomainEvent[], changes: Partial<BranchConfig> = {}): Replay {
  const script = readScript(JSON.parse(JSON.stringify(events)) as DomainEvent[]);
  const replay = new Replay(script, { ...(script.opening.command as OpenDay).config, ...changes });
  replay.run();
  return replay;
}

/** Rule W1. @returns the first event that differs, as recorded and as replayed; nothing when the day is itself */
export function difference(events: readonly DomainEvent[], again: readonly DomainEvent[]): unknown {
  const place = firstDifference(events, again);
  return place === undefined ? undefined : { place, recorded: events[place], replayed: again[place] };
}
