import type { BranchId } from '../../domain/ids.ts';
import type { Audience } from '../../domain/views/views.ts';
import type { OutsideCommand } from '../../protocol/commands.ts';
import { rolesOf, type Caller, type Role } from './caller.ts';

/**
 * Who may do what: the one table, and the one place where it is asked. Whoever is not in a line may not. Every answer is for a
 * place that `reaches` has let the caller into. docs/permissions.md is made from this.
 */

export interface Rule<W> {
  /** In the words of docs/permissions.md. */
  readonly says: string;
  readonly holds: (what: W, caller: Caller) => boolean;
}
type Line<W> = { readonly [R in Role]?: Rule<W> };
type At = { readonly counterId?: string | undefined };

const yes: Rule<unknown> = { says: 'yes', holds: () => true };
/** A serving device works its own counter only. */
const own: Rule<At> = { says: 'own counter', holds: ({ counterId }, caller) => counterId === caller.deviceId };
/** A teller works where they signed in; without a counter named, an undo takes back their own last step. */
const seat: Rule<At> = {
  says: 'own counter',
  holds: ({ counterId }, caller) =>
    counterId === undefined || caller.counterId === undefined || counterId === caller.counterId,
};
/** Nobody sits down under another person's name. */
const oneself: Rule<At & { readonly tellerId?: string | undefined }> = {
  says: 'own counter, as oneself',
  holds: (command, caller) => command.tellerId === caller.staffId && seat.holds(command, caller),
};
const because = <T extends string>(reason: T): Rule<{ readonly reason: string }> => ({
  says: `reason “${reason}”`,
  holds: (command) => command.reason === reason,
});

/** People name places that the branch's file has; other devices speak for themselves, so no word of anybody's gets into the log. */
const ofBranch: Rule<{ readonly from: { readonly kind: string } } | { readonly place: { readonly kind: string } }> = {
  says: 'for a place of the branch',
  holds: (what) => !['kiosk', 'display'].includes('from' in what ? what.from.kind : what.place.kind),
};
/** Whoever asks for a person asks for their own place. */
const here: Rule<{ readonly from: { readonly kind: string; readonly id: string } }> = {
  says: 'for the own place',
  holds: ({ from: { kind, id } }, { role, actor, deviceId, counterId }) => {
    switch (kind) {
      case 'kiosk':
        // One that was let in without pairing is no device, and still a place.
        return role === 'kiosk' && actor === `device:${id}`;
      case 'counter':
        return role === 'teller' ? counterId === undefined || id === counterId : id === deviceId;
      case 'machine':
        return role === 'device' && id === deviceId;
      default:
        return role === 'customer';
    }
  },
};

/** An adviser is told of customers of a tier who come to them. */
const ownCustomer: Rule<{ readonly alertId: string }> = {
  says: 'of a customer who comes',
  holds: ({ alertId }) => alertId.startsWith('vip-'),
};

/** Those who run the hall. */
const hall = { manager: yes, 'branch-head': yes } as const;
const pad = { device: own, 'call-pad': own } as const;

type Commands = { readonly [T in OutsideCommand['type']]: Line<Extract<OutsideCommand, { type: T }>> };
export const COMMANDS: Commands = {
  TakeTicket: { kiosk: yes, ...hall },
  ReserveNumbers: { kiosk: yes },
  HandInTickets: { kiosk: yes },
  LeaveOffer: { kiosk: yes, ...hall },
  CancelTicket: { kiosk: because('mistake'), customer: because('left'), ...hall },
  RejoinQueue: { customer: yes, teller: yes, ...hall },
  DelayTicket: { customer: yes, ...hall },
  EndDelay: { customer: yes, ...hall },
  TransferTicket: { teller: yes, ...hall },
  PrioritiseTicket: hall,
  MarkCareNeeds: hall,
  NoteTicket: hall,
  AddService: { teller: yes, ...hall },
  OpenCounter: { device: own, teller: oneself, ...hall },
  CloseCounter: { device: own, teller: seat, ...hall },
  KeepCounterOpen: { device: own, teller: seat, ...hall },
  PauseCounter: { device: own, teller: seat, ...hall },
  ResumeCounter: { device: own, teller: seat, ...hall },
  SetWorkProfile: hall,
  ReportMachine: { device: own },
  WriteTicker: hall,
  ApproveProposal: hall,
  DismissProposal: hall,
  CallNext: { ...pad, teller: seat, ...hall },
  SetAutoCall: { device: own, teller: seat, ...hall },
  CallTicket: { teller: seat, ...hall },
  Recall: { ...pad, teller: seat, ...hall },
  StartService: { ...pad, teller: seat, ...hall },
  FinishService: { ...pad, teller: seat, ...hall },
  MarkNoShow: { ...pad, teller: seat, ...hall },
  HoldTicket: { teller: seat, ...hall },
  ResumeTicket: { teller: seat, ...hall },
  ReturnToQueue: { teller: seat, ...hall },
  ServeWithoutTicket: { teller: seat, ...hall },
  UndoLast: { ...pad, teller: seat, ...hall },
  AskForPerson: {
    ...{ kiosk: here, device: here, 'call-pad': here, teller: here, customer: here },
    ...{ manager: ofBranch, 'branch-head': ofBranch },
  },
  RaiseTask: { manager: ofBranch, 'branch-head': ofBranch },
  AcknowledgeAlert: { teller: ownCustomer, ...hall },
  SnoozeAlert: hall,
  EscalateAlert: { teller: ownCustomer, ...hall },
  TakeTask: hall,
  FinishTask: hall,
};

/** A ticket's view is open to whoever knows its id. */
export const VIEWS: { readonly [K in Audience['kind']]: Line<Extract<Audience, { kind: K }>> } = {
  kiosk: { kiosk: yes, ...hall },
  display: { display: yes, rating: own, ...hall, 'network-manager': yes },
  counter: { ...pad, teller: seat, ...hall },
  manager: { ...hall, 'network-manager': yes },
  ticket: { customer: yes, kiosk: yes, display: yes, teller: yes, device: yes, ...hall },
  rating: { rating: own, ...hall },
};

/** What is done over HTTP beside commands and views. */
const LIST = {
  /** The names of the staff of a branch. */
  'list-staff': ['teller', 'manager', 'branch-head', 'network-manager', 'auditor', 'administrator'],
  'see-reports': ['manager', 'branch-head', 'network-manager', 'auditor'],
  /** One's own subscriptions: reports that come by mail, with what the account may see when they are sent. */
  'mail-reports': ['manager', 'branch-head', 'network-manager', 'auditor'],
  /** A device says how its printer and its reader are. */
  'report-device-state': ['kiosk', 'display', 'rating', 'device', 'call-pad'],
  /** A ticket on paper. */
  'print-ticket': ['kiosk', 'teller', 'manager', 'branch-head'],
  'see-devices': ['manager', 'branch-head', 'network-manager', 'auditor', 'administrator'],
  /** Confirms a code, and revokes what was paired. */
  'pair-devices': ['manager', 'branch-head', 'administrator'],
  'see-accounts': ['branch-head', 'network-manager', 'auditor', 'administrator'],
  /** Only accounts that reach no further than the one who changes them. */
  'change-accounts': ['administrator'],
  /** Who runs a branch reads what was done in it; each export is itself in the audit. */
  'read-audit': ['branch-head', 'auditor'],
  /** The keys of a counter that has no screen. */
  'press-pad': ['device', 'call-pad'],
  /** On the screen at the counter, whoever was served there last. */
  'rate-at-counter': ['rating'],
  /** Whoever holds the ticket, without a token: no member of staff rates. */
  'rate-own-visit': ['customer'],
  /** Of one's own ticket, on one's own phone. */
  'be-notified': ['customer'],
  /** By card, phone or number, to give a ticket what is due to the customer. */
  'identify-customer': ['kiosk', 'teller', 'manager', 'branch-head'],
  /** The monthly packs of a branch, its meetings and what was decided there. */
  'see-reviews': ['manager', 'branch-head', 'network-manager', 'auditor'],
  /** Writes the minutes, and makes a pack that is missing. */
  'hold-reviews': ['manager', 'branch-head'],
  'close-minutes': ['branch-head'],
  /** Of an extraordinary one; nobody approves their own. */
  'request-meetings': ['manager', 'branch-head'],
  'approve-meetings': ['branch-head', 'network-manager'],
  'move-actions': ['manager', 'branch-head', 'network-manager'],
  /** The quarter of all branches, for who works for all of them. */
  'see-quarters': ['network-manager', 'auditor'],
  /** Export and erase what is kept of one person. */
  'handle-personal-data': ['administrator'],
  /** What customers said: to read it, and to take it up, answer it and say what was done. */
  'see-inbox': ['manager', 'branch-head', 'network-manager', 'auditor'],
  'work-inbox': ['manager', 'branch-head', 'network-manager'],
  /** A complaint at the desk; who took it in owns it until somebody else has accepted it. */
  'take-complaint': ['teller', 'manager', 'branch-head', 'network-manager'],
  /** Whoever does not handle them: only those that they own or are offered. */
  'read-cases': ['teller', 'manager', 'branch-head', 'network-manager', 'auditor'],
  'handle-cases': ['manager', 'branch-head', 'network-manager'],
  /** To the longest time; nobody their own. */
  'approve-extensions': ['branch-head', 'network-manager'],
  /** Surveys: their results, and to write, start and end them. */
  'see-surveys': ['branch-head', 'network-manager', 'auditor'],
  'run-surveys': ['branch-head', 'network-manager'],
} as const satisfies Record<string, readonly Role[]>;
export type Action = keyof typeof LIST;
export const ACTIONS: Readonly<Record<Action, readonly Role[]>> = LIST;

/** Roles that an account may have for all branches at once. */
export const NETWORK_ROLES: readonly Role[] = ['network-manager', 'auditor', 'administrator'];

/** Whether the caller has anything to do with this branch. A customer has: the ticket's id is asked for later. */
export function reaches(caller: Caller, branchId: BranchId): boolean {
  return caller.branchId === undefined || caller.branchId === branchId;
}

export function maySend(caller: Caller, command: OutsideCommand): boolean {
  // Before it is known who is at the counter, a teller's screen may look and list the staff, nothing else.
  if (caller.role === 'teller' && caller.staffId === undefined) return false;
  return holds(COMMANDS[command.type], command, caller);
}

export function mayLook(caller: Caller, audience: Audience): boolean {
  return holds(VIEWS[audience.kind], audience, caller);
}

export function may(caller: Caller, action: Action): boolean {
  return rolesOf(caller).some((role) => ACTIONS[action].includes(role));
}

/** The names of the staff, to sign in with. */
export function mayListStaff(caller: Caller): boolean {
  return may(caller, 'list-staff');
}

/** Which screens are connected, and who signed in on them. */
export function maySeePresence(caller: Caller): boolean {
  return caller.role === 'manager';
}

export function maySeeReports(caller: Caller): boolean {
  return may(caller, 'see-reports');
}

/** The table's type ties each rule to its own command or view, which an index by a union cannot express. */
function holds(line: Line<never>, what: unknown, caller: Caller): boolean {
  return rolesOf(caller).some((role) => line[role]?.holds(what as never, caller) === true);
}
