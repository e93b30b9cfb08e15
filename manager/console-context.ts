import { inject, provide, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import type { CounterId, TicketId } from '../domain/ids.ts';
import type { BranchProfile, ManagerView, QueueRow } from '../domain/views/views.ts';
import type { Board } from './devices/use-board.ts';
import type { Door } from './insight/reports.ts';
import type { Names } from './names.ts';
import type { Actions } from './use-actions.ts';

/** What every part of the console shares: what is seen, what things are called, and how to act. */
export interface ConsoleContext {
  readonly view: ComputedRef<ManagerView>;
  readonly profile: ComputedRef<BranchProfile>;
  /** Server time in ms, ticking every second. */
  readonly now: Ref<number>;
  /** False while the data may be old, and when the day is not open: then nothing can be done. */
  readonly canAct: ComputedRef<boolean>;
  /** Durations go on counting while the connection is lost, marked as a guess. */
  readonly stale: ComputedRef<boolean>;
  /** When what is seen was last known to be the present, server time in ms. */
  readonly seenAt: ComputedRef<number>;
  readonly names: Names;
  readonly staff: ComputedRef<readonly { readonly id: string; readonly name: string }[]>;
  /** The staff id of who has signed in. */
  readonly me: ComputedRef<string>;
  readonly board: Board;
  readonly actions: Actions;
  /** To ask for reports. */
  readonly door: () => Door;
  openTicket: (ticketId: TicketId) => void;
  openCounter: (counterId: CounterId) => void;
  /** Asks for the counter that this ticket should go to: tapped on the map. */
  chooseCounterFor: (row: QueueRow) => void;
}

const key: InjectionKey<ConsoleContext> = Symbol('console');

export function provideConsole(context: ConsoleContext): void {
  provide(key, context);
}

export function useConsole(): ConsoleContext {
  const context = inject(key);
  if (!context) throw new Error('useConsole is for the inside of ManagerConsole');
  return context;
}
