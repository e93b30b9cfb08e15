import type { CommandContext, OpenDay } from '../commands.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';

/** Rules D1, D2. */
export function openDay(state: BranchDay | undefined, command: OpenDay, context: CommandContext): Decision {
  if (state !== undefined) return refuse({ code: state.closed ? 'day-closed' : 'day-already-open' });
  const { day, config, forecast, closesAt, rangeScores } = command;
  const known = {
    ...(forecast !== undefined && { forecast }),
    ...(closesAt !== undefined && { closesAt }),
    ...(rangeScores !== undefined && { rangeScores }),
  };
  return accept({ type: 'DayOpened', ...fact(context), day, config, ...known });
}
