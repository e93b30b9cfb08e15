import type { CommandContext, WriteTicker } from '../commands.ts';
import { LOCALES } from '../config.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';

/** Rule V6. */
export function writeTicker(state: BranchDay, { lines }: WriteTicker, context: CommandContext): Decision {
  const same =
    lines.length === state.ticker.length &&
    lines.every((line, place) => LOCALES.every((locale) => line[locale] === state.ticker[place]?.[locale]));
  if (same) return refuse({ code: 'nothing-would-change' });
  return accept({ type: 'TickerWritten', ...fact(context), lines });
}
