import type { Command, CommandContext } from './commands.ts';
import { addService } from './decide/add-service.ts';
import { approveProposal, dismissProposal } from './decide/approve-proposal.ts';
import { callNext, callWaiting } from './decide/call-next.ts';
import { callTicket, resumeTicket } from './decide/call-ticket.ts';
import { cancelTicket } from './decide/cancel-ticket.ts';
import { closeCounter, keepCounterOpen } from './decide/close-counter.ts';
import { closeDay } from './decide/close-day.ts';
import { refuse, type Decision } from './decide/decision.ts';
import { delayTicket, endDelay, expireDelay } from './decide/delay-ticket.ts';
import { finishService } from './decide/finish-service.ts';
import { handInTickets } from './decide/hand-in-tickets.ts';
import { holdTicket, returnToQueue } from './decide/hold-ticket.ts';
import { markAlert } from './decide/mark-alert.ts';
import { markCareNeeds } from './decide/mark-care-needs.ts';
import { expireCall, markNoShow } from './decide/mark-no-show.ts';
import { noteTicket } from './decide/note-ticket.ts';
import { openCounter, openReadyCounter } from './decide/open-counter.ts';
import { openDay } from './decide/open-day.ts';
import { pauseCounter, resumeCounter } from './decide/pause-counter.ts';
import { prioritiseTicket } from './decide/prioritise-ticket.ts';
import { askForPerson, raiseTask } from './decide/raise-task.ts';
import { recall } from './decide/recall.ts';
import { rejoinQueue } from './decide/rejoin-queue.ts';
import { releaseNumbers, reserveNumbers } from './decide/reserve-numbers.ts';
import { markMachineSilent, reportMachine } from './decide/report-machine.ts';
import { reviewWindows } from './decide/review-windows.ts';
import { setAutoCall } from './decide/set-auto-call.ts';
import { setWorkProfile } from './decide/set-work-profile.ts';
import { assumeArrival, startService } from './decide/start-service.ts';
import { leaveOffer, serveWithoutTicket, takeTicket } from './decide/take-ticket.ts';
import { escalateTask, finishTask, takeTask } from './decide/take-task.ts';
import { transferTicket } from './decide/transfer-ticket.ts';
import { undoLast } from './decide/undo-last.ts';
import type { BranchDay } from './state.ts';
import { writeTicker } from './decide/write-ticker.ts';

/** What happens when this command is given in this state. Pure: changes nothing, never throws on any command. */
export function decide(state: BranchDay | undefined, command: Command, context: CommandContext): Decision {
  if (command.type === 'OpenDay') return openDay(state, command, context);
  if (state === undefined) return refuse({ code: 'day-not-open' });
  if (state.closed) return refuse({ code: 'day-closed' });
  switch (command.type) {
    case 'CloseDay':
      return closeDay(state, context);
    case 'TakeTicket':
      return takeTicket(state, command, context);
    case 'LeaveOffer':
      return leaveOffer(state, command, context);
    case 'CancelTicket':
      return cancelTicket(state, command, context);
    case 'RejoinQueue':
      return rejoinQueue(state, command, context);
    case 'DelayTicket':
      return delayTicket(state, command, context);
    case 'EndDelay':
      return endDelay(state, command, context);
    case 'ExpireDelay':
      return expireDelay(state, command, context);
    case 'TransferTicket':
      return transferTicket(state, command, context);
    case 'PrioritiseTicket':
      return prioritiseTicket(state, command, context);
    case 'MarkCareNeeds':
      return markCareNeeds(state, command, context);
    case 'NoteTicket':
      return noteTicket(state, command, context);
    case 'AddService':
      return addService(state, command, context);
    case 'OpenCounter':
      return openCounter(state, command, context);
    case 'CloseCounter':
      return closeCounter(state, command, context);
    case 'KeepCounterOpen':
      return keepCounterOpen(state, command, context);
    case 'PauseCounter':
      return pauseCounter(state, command, context);
    case 'ResumeCounter':
      return resumeCounter(state, command, context);
    case 'SetWorkProfile':
      return setWorkProfile(state, command, context);
    case 'WriteTicker':
      return writeTicker(state, command, context);
    case 'ReportMachine':
      return reportMachine(state, command, context);
    case 'MarkMachineSilent':
      return markMachineSilent(state, command, context);
    case 'ReviewWindows':
      return reviewWindows(state, command, context);
    case 'OpenReadyCounter':
      return openReadyCounter(state, command, context);
    case 'ApproveProposal':
      return approveProposal(state, command, context);
    case 'DismissProposal':
      return dismissProposal(state, command, context);
    case 'CallNext':
      return callNext(state, command, context);
    case 'SetAutoCall':
      return setAutoCall(state, command, context);
    case 'CallWaiting':
      return callWaiting(state, command, context);
    case 'CallTicket':
      return callTicket(state, command, context);
    case 'Recall':
      return recall(state, command, context);
    case 'StartService':
      return startService(state, command, context);
    case 'FinishService':
      return finishService(state, command, context);
    case 'MarkNoShow':
      return markNoShow(state, command, context);
    case 'ExpireCall':
      return expireCall(state, command, context);
    case 'AssumeArrival':
      return assumeArrival(state, command, context);
    case 'HoldTicket':
      return holdTicket(state, command, context);
    case 'ResumeTicket':
      return resumeTicket(state, command, context);
    case 'ReturnToQueue':
      return returnToQueue(state, command, context);
    case 'ServeWithoutTicket':
      return serveWithoutTicket(state, command, context);
    case 'UndoLast':
      return undoLast(state, command, context);
    case 'ReserveNumbers':
      return reserveNumbers(state, command, context);
    case 'HandInTickets':
      return handInTickets(state, command, context);
    case 'ReleaseNumbers':
      return releaseNumbers(state, command, context);
    case 'AskForPerson':
      return askForPerson(state, command, context);
    case 'RaiseTask':
      return raiseTask(state, command, context);
    case 'TakeTask':
      return takeTask(state, command, context);
    case 'FinishTask':
      return finishTask(state, command, context);
    case 'EscalateTask':
      return escalateTask(state, command, context);
    case 'AcknowledgeAlert':
    case 'SnoozeAlert':
    case 'EscalateAlert':
      return markAlert(state, command, context);
  }
}

export type { Decision };
