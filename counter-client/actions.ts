import type { BranchProfile, CounterView } from '../domain/views/views.ts';
import type { OutsideCommand } from '../protocol/commands.ts';

/** What a teller can do. The server decides; this says beforehand what cannot work, and why, so that the button can say it. */
export type ActionId =
  | 'open'
  | 'call-next'
  | 'finish-next'
  | 'finish'
  | 'start'
  | 'recall'
  | 'no-show'
  | 'transfer'
  | 'hold'
  | 'return'
  | 'add-service'
  | 'serve'
  | 'call-ticket'
  | 'rejoin'
  | 'pause'
  | 'resume'
  | 'close'
  | 'keep-open'
  | 'auto-call'
  | 'undo';

export interface Situation {
  readonly view: CounterView;
  readonly calling: BranchProfile['calling'];
  /** Server time in ms. */
  readonly now: number;
  readonly connected: boolean;
}

/** A state of affairs with a sentence in `counter.hindrance`. */
export interface Hindrance {
  readonly code:
    | 'offline'
    | 'day'
    | 'closed'
    | 'paused'
    | 'closing'
    | 'opening'
    | 'busy'
    | 'no-ticket'
    | 'not-called'
    | 'not-serving'
    | 'recall-wait'
    | 'recall-limit'
    | 'no-show-wait'
    | 'not-now';
  readonly seconds?: number;
}

type Rule = (situation: Situation) => Hindrance | undefined;

const because = (code: Hindrance['code'], when: boolean): Hindrance | undefined => (when ? { code } : undefined);
const first =
  (...rules: readonly Rule[]): Rule =>
  (situation) => {
    for (const rule of rules) {
      const found = rule(situation);
      if (found) return found;
    }
    return undefined;
  };

const isOpen: Rule = ({ view }) =>
  because('closed', view.counter.status === 'closed') ?? because('opening', view.counter.status === 'opening');
const takes: Rule = ({ view }) =>
  because('paused', view.counter.status === 'paused') ?? because('closing', view.counter.status === 'closing');
const isFree: Rule = ({ view }) => because('busy', view.current !== undefined);
const hasTicket: Rule = ({ view }) => because('no-ticket', view.current === undefined);
const isCalled: Rule = ({ view }) => because('not-called', view.current?.status !== 'called');
const isServing: Rule = ({ view }) => because('not-serving', view.current?.status !== 'serving');

const recallTime: Rule = ({ view, calling, now }) => {
  const call = view.current?.call;
  if (call === undefined) return undefined;
  if (call.times > calling.maxRecalls) return { code: 'recall-limit' };
  return waitFor('recall-wait', call.lastAt + calling.recallAfterSeconds * 1000 - now);
};
const noShowTime: Rule = ({ view, calling, now }) => {
  const call = view.current?.call;
  if (call === undefined || call.times > 1) return undefined;
  return waitFor('no-show-wait', call.at + calling.noShowAfterSeconds * 1000 - now);
};

function waitFor(code: Hindrance['code'], ms: number): Hindrance | undefined {
  return ms > 0 ? { code, seconds: Math.ceil(ms / 1000) } : undefined;
}

const RULES: Readonly<Record<ActionId, Rule>> = {
  open: ({ view }) => because('not-now', view.counter.status !== 'closed' && view.counter.status !== 'opening'),
  'call-next': first(isOpen, isFree, takes),
  'finish-next': first(isOpen, hasTicket, isServing, takes),
  finish: first(isOpen, hasTicket, isServing),
  start: first(isOpen, hasTicket, isCalled),
  recall: first(isOpen, hasTicket, isCalled, recallTime),
  'no-show': first(isOpen, hasTicket, isCalled, noShowTime),
  transfer: first(isOpen, hasTicket),
  hold: first(isOpen, hasTicket),
  return: first(isOpen, hasTicket),
  'add-service': first(isOpen, hasTicket),
  serve: first(isOpen, isFree, takes),
  'call-ticket': first(isOpen, isFree, takes),
  rejoin: isOpen,
  pause: first(isOpen, takes),
  resume: ({ view }) => because('not-now', view.counter.status !== 'paused'),
  close: first(isOpen, ({ view }) => because('closing', view.counter.status === 'closing')),
  'keep-open': ({ view }) => because('not-now', view.counter.status !== 'closing'),
  'auto-call': isOpen,
  undo: ({ view, now }) => because('not-now', view.undo === undefined || view.undo.until <= now),
};

/** Why `action` cannot work now; undefined when it may. */
export function hindranceOf(action: ActionId, situation: Situation): Hindrance | undefined {
  if (!situation.connected) return { code: 'offline' };
  if (!situation.view.open) return { code: 'day' };
  return RULES[action](situation);
}

/** What F2 does now: the one step that comes next. */
export function primaryOf({ counter, current, queueLength }: CounterView): ActionId {
  if (counter.status === 'closed' || counter.status === 'opening') return 'open';
  if (current?.status === 'called') return 'start';
  if (current !== undefined) return counter.status === 'open' && queueLength > 0 ? 'finish-next' : 'finish';
  if (counter.status === 'paused') return 'resume';
  return counter.status === 'closing' ? 'keep-open' : 'call-next';
}

/** How long after its last step F2 rests, in ms: a nervous second press must not send a customer away. */
export const PRIMARY_REST_MS = 3_000;

/** The command of an action that needs no further choice; undefined for one that does. */
export function directCommand(action: ActionId, tellerId: string, view: CounterView): OutsideCommand | undefined {
  const { counterId } = view.counter;
  switch (action) {
    case 'open':
      return { type: 'OpenCounter', counterId, tellerId };
    case 'call-next':
      return { type: 'CallNext', counterId };
    case 'finish-next':
      return { type: 'CallNext', counterId, finish: 'done' };
    case 'finish':
      return { type: 'FinishService', counterId, outcome: 'done' };
    case 'start':
      return { type: 'StartService', counterId };
    case 'recall':
      return { type: 'Recall', counterId };
    case 'no-show':
      return { type: 'MarkNoShow', counterId };
    case 'return':
      return { type: 'ReturnToQueue', counterId };
    case 'resume':
      return { type: 'ResumeCounter', counterId };
    case 'close':
      return { type: 'CloseCounter', counterId };
    case 'keep-open':
      return { type: 'KeepCounterOpen', counterId };
    case 'auto-call':
      return { type: 'SetAutoCall', counterId, on: view.autoCall === undefined };
    case 'undo':
      return { type: 'UndoLast', counterId };
    default:
      return undefined;
  }
}
