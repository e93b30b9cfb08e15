import { standingTask, type TaskAbout, type TaskOutcome } from '../attention/task.ts';
import type { AskForPerson, CommandContext, RaiseTask } from '../commands.ts';
import type { DomainEvent } from '../events.ts';
import type { Rejection } from '../rejections.ts';
import type { BranchDay } from '../state.ts';
import { accept, fact, refuse, type Decision } from './decision.ts';

/** Rules A1–A3. */
export function askForPerson(state: BranchDay, { from, ticketId }: AskForPerson, context: CommandContext): Decision {
  return raiseOne(state, { kind: 'assist', place: from, ticketId }, context);
}

export function raiseTask(state: BranchDay, { kind, place, ticketId }: RaiseTask, context: CommandContext): Decision {
  return raiseOne(state, { kind, place, ticketId }, context);
}

function raiseOne(state: BranchDay, about: TaskAbout, context: CommandContext): Decision {
  const unknown = whyUnknown(state, about);
  if (unknown !== undefined) return refuse(unknown);
  const standing = standingTask(state, about);
  if (standing !== undefined) {
    const seconds = Math.round((context.now - standing.raisedAt) / 1000);
    return refuse({ code: 'already-asked', seconds });
  }
  return accept(...tasksRaised(state, [about], context));
}

/** The places that the configuration knows; other devices are known to the server alone. */
function whyUnknown({ tickets, counters, index }: BranchDay, { place, ticketId }: TaskAbout): Rejection | undefined {
  const ofCounter = place.kind === 'counter' || place.kind === 'machine';
  if (ofCounter && !counters.has(place.id)) return { code: 'unknown-counter' };
  if (place.kind === 'zone' && !index.zones.has(place.id)) return { code: 'unknown-zone' };
  const ticket = place.kind === 'phone' ? place.id : ticketId;
  return ticket === undefined || tickets.has(ticket) ? undefined : { code: 'unknown-ticket' };
}

/**
 * The events that raise tasks, to be added to those of any command. Nothing for a kind that is asked for at its place already
 * (rule A2). All tasks of one command are to be raised in one go: their ids are counted.
 */
export function tasksRaised(
  state: BranchDay,
  about: readonly TaskAbout[],
  context: CommandContext,
): Extract<DomainEvent, { type: 'TaskRaised' }>[] {
  return about
    .filter((each) => standingTask(state, each) === undefined)
    .map(({ kind, place, ticketId }, number) => ({
      ...{ type: 'TaskRaised', ...fact(context), taskId: `t${state.tasks.size + number + 1}` },
      ...{ kind, place },
      ...(ticketId !== undefined && { ticketId }),
    }));
}

/** The event that ends the task of this kind at this place, when what it was raised for is over; nothing when there is none. */
export function taskSettled(
  state: BranchDay,
  about: TaskAbout,
  outcome: TaskOutcome,
  context: CommandContext,
): Extract<DomainEvent, { type: 'TaskFinished' }>[] {
  const task = standingTask(state, about);
  return task === undefined ? [] : [{ type: 'TaskFinished', ...fact(context), taskId: task.id, outcome }];
}
