import type { Audience } from '../../domain/views/views.ts';
import type { OutsideCommand } from '../../protocol/commands.ts';
import type { Caller, Role } from './caller.ts';

/** Who may do what: the one table. A role that is not in the line of a command may not send it. */

type Rule<C> = (command: C, caller: Caller) => boolean;
type Table = {
  readonly [T in OutsideCommand['type']]: { readonly [R in Role]?: Rule<Extract<OutsideCommand, { type: T }>> };
};

const yes = () => true;
/** A serving device works its own counter only. */
const own = (command: { readonly counterId?: string | undefined }, caller: Caller) =>
  command.counterId === caller.deviceId;
/** Nobody sits down under another person's name. */
const oneself = (command: { readonly tellerId?: string | undefined }, caller: Caller) =>
  command.tellerId === caller.staffId;

const TABLE: Table = {
  TakeTicket: { kiosk: yes, manager: yes },
  CancelTicket: {
    kiosk: ({ reason }) => reason === 'mistake',
    customer: ({ reason }) => reason === 'left',
    manager: yes,
  },
  RejoinQueue: { customer: yes, teller: yes, manager: yes },
  TransferTicket: { teller: yes, manager: yes },
  PrioritiseTicket: { manager: yes },
  MarkCareNeeds: { manager: yes },
  AddService: { teller: yes, manager: yes },
  OpenCounter: { device: own, teller: oneself, manager: yes },
  CloseCounter: { device: own, teller: yes, manager: yes },
  KeepCounterOpen: { device: own, teller: yes, manager: yes },
  PauseCounter: { device: own, teller: yes, manager: yes },
  ResumeCounter: { device: own, teller: yes, manager: yes },
  SetWorkProfile: { manager: yes },
  ApproveProposal: { manager: yes },
  DismissProposal: { manager: yes },
  CallNext: { device: own, teller: yes, manager: yes },
  CallTicket: { teller: yes, manager: yes },
  Recall: { device: own, teller: yes, manager: yes },
  StartService: { device: own, teller: yes, manager: yes },
  FinishService: { device: own, teller: yes, manager: yes },
  MarkNoShow: { device: own, teller: yes, manager: yes },
  HoldTicket: { teller: yes, manager: yes },
  ResumeTicket: { teller: yes, manager: yes },
  ReturnToQueue: { teller: yes, manager: yes },
  ServeWithoutTicket: { teller: yes, manager: yes },
  UndoLast: { device: own, teller: yes, manager: yes },
};

/** Whether the caller may send the command; which branch it is for was asked before. */
export function maySend(caller: Caller, command: OutsideCommand): boolean {
  // Before it is known who is at the counter, a teller's screen may look and list the staff, nothing else.
  if (caller.role === 'teller' && caller.staffId === undefined) return false;
  // The table's type ties each rule to its own command, which an index by a union cannot express.
  const rules: { readonly [R in Role]?: Rule<never> } = TABLE[command.type];
  const rule = rules[caller.role];
  return rule !== undefined && rule(command as never, caller);
}

/** A ticket's view is open to whoever knows its id. */
const VIEWS: { readonly [K in Audience['kind']]: readonly Role[] } = {
  kiosk: ['kiosk', 'manager'],
  display: ['display', 'manager'],
  counter: ['teller', 'device', 'manager'],
  manager: ['manager'],
  ticket: ['customer', 'kiosk', 'display', 'teller', 'device', 'manager'],
};

export function mayLook(caller: Caller, audience: Audience): boolean {
  if (!VIEWS[audience.kind].includes(caller.role)) return false;
  return caller.role !== 'device' || audience.kind !== 'counter' || audience.counterId === caller.deviceId;
}

/** The names of the staff, to sign in with. */
export function mayListStaff(caller: Caller): boolean {
  return caller.role === 'teller' || caller.role === 'manager';
}

/** Which screens are connected, and who signed in on them. */
export function maySeePresence(caller: Caller): boolean {
  return caller.role === 'manager';
}

export function maySeeReports(caller: Caller): boolean {
  return caller.role === 'manager';
}
