import { until } from '@vueuse/core';
import { computed, inject, ref, shallowRef, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CounterView } from '../domain/views/views.ts';
import type { OutsideCommand } from '../protocol/commands.ts';
import type { SendResult } from '../client/connection.ts';
import { refusalText } from '../client/refusal.ts';
import { useBranch, type BranchLine } from '../client/use-branch.ts';
import { hindranceOf, PRIMARY_REST_MS, type ActionId, type Situation } from './actions.ts';
import { createTurns } from './turns.ts';

/** Who sits where. */
export interface SignedIn {
  readonly branchId: string;
  readonly counterId: string;
  readonly staffId: string;
  readonly staffName: string;
  /** Signed in with an account: nobody else is at the counter, or they were asked to leave. */
  readonly byAccount?: boolean;
}

/** A dialog of the counter page; one at a time. */
export type DeskDialog =
  | {
      readonly kind:
        'transfer' | 'hold' | 'pause' | 'held' | 'outcome' | 'serve' | 'add' | 'find' | 'more' | 'keys' | 'close';
    }
  /** How the current service ended, in its own words, before it is finished. */
  | { readonly kind: 'code'; readonly then: 'finish' | 'finish-next' }
  | { readonly kind: 'reason'; readonly ticketId: string; readonly number: string };

/** The counter's page: its live line, and one command at a time; one more may wait for its answer. */
export interface Desk {
  readonly me: SignedIn;
  readonly staff: readonly { readonly id: string; readonly name: string }[];
  readonly token: () => string | undefined;
  readonly line: BranchLine<CounterView>;
  readonly connected: ComputedRef<boolean>;
  /** The action whose answer is awaited. */
  readonly pending: Readonly<Ref<ActionId | undefined>>;
  /** The action that comes after it. */
  readonly queued: Readonly<Ref<ActionId | undefined>>;
  readonly dropQueued: () => void;
  /** True once the answer has taken so long that it should be said. */
  readonly slow: Ref<boolean>;
  /** F2 rests after each step. */
  readonly resting: Ref<boolean>;
  /** The sentence of the last refusal; stays until the next success or until it is closed. */
  readonly notice: Ref<string>;
  readonly dialog: ShallowRef<DeskDialog | undefined>;
  /** Why the action cannot work now, in words; empty when it may. */
  readonly hindrance: (action: ActionId) => string;
  /** Does something as soon as nothing else is being done; true when it was done. */
  readonly inTurn: (action: ActionId, act: () => Promise<boolean>) => Promise<boolean>;
  /** Sends one command in its turn; true when it was done. Says why not otherwise. */
  readonly run: (action: ActionId, command: OutsideCommand, number?: string) => Promise<boolean>;
  /** The same without waiting for a turn: only inside one. */
  readonly send: (command: OutsideCommand, number?: string) => Promise<boolean>;
  /** Lets F2 rest, see `PRIMARY_REST_MS`; the result takes it back. */
  readonly rest: () => () => void;
}

const SLOW_MS = 300;
/** How long the view that shows what was done may come after the answer. */
const SHOWN_MS = 1_000;
export const deskKey: InjectionKey<Desk> = Symbol('desk');

export function useDesk(): Desk {
  const desk = inject(deskKey);
  if (desk === undefined) throw new Error('useDesk() belongs inside a counter page.');
  return desk;
}

export function createDesk(me: SignedIn, staff: Desk['staff'], token: () => string | undefined): Desk {
  const { t } = useI18n();
  const line = useBranch<CounterView>({
    branchId: me.branchId,
    audience: { kind: 'counter', counterId: me.counterId },
    token,
  });
  const notice = ref('');
  const turns = createTurns<ActionId>((action, why) => {
    const lost = t(why === 'full' ? 'notice.oneWaits' : 'notice.notDone', { action: t(`action.${action}`) });
    notice.value = why === 'full' || notice.value === '' ? lost : `${notice.value}${t('notice.and')}${lost}`;
  });
  const slow = ref(false);
  const resting = ref(false);
  /** A command that may have been done: the same press sends the same id again, so it cannot be done twice. */
  let unconfirmed: { readonly key: string; readonly commandId: string } | undefined;

  const connected = computed(() => line.freshness.value === 'live' || line.freshness.value === 'late');
  const situation = computed<Situation | undefined>(
    () =>
      line.view.value &&
      line.profile.value && {
        view: line.view.value,
        calling: line.profile.value.calling,
        now: line.now.value,
        connected: connected.value,
      },
  );

  function hindrance(action: ActionId): string {
    if (situation.value === undefined) return t('hindrance.offline');
    const found = hindranceOf(action, situation.value);
    return found ? t(`hindrance.${found.code}`, { seconds: found.seconds ?? 0 }) : '';
  }

  function explain(result: SendResult, number: string | undefined): string {
    if (!result.ok && isTaken(result) && number !== undefined)
      return t('notice.taken', { number, label: result.rejection.label });
    return refusalText(t, result);
  }

  async function send(command: OutsideCommand, number?: string): Promise<boolean> {
    const slowly = setTimeout(() => (slow.value = true), SLOW_MS);
    const key = JSON.stringify(command);
    const result = await line.send(command, unconfirmed?.key === key ? unconfirmed.commandId : undefined);
    // What is pressed next is meant for what is then seen.
    if (result.ok) await until(line.version).toMatch((shown) => shown >= result.version, { timeout: SHOWN_MS });
    clearTimeout(slowly);
    slow.value = false;
    unconfirmed = !result.ok && 'unconfirmed' in result ? { key, commandId: result.commandId } : undefined;
    notice.value = explain(result, number);
    if (command.type === 'CallTicket' && !result.ok && isTaken(result)) return callAnother(result, number ?? '');
    return result.ok;
  }

  /** Somebody else was faster: the counter does not stand idle for that. */
  async function callAnother(taken: Taken, number: string): Promise<boolean> {
    const result = await line.send({ type: 'CallNext', counterId: me.counterId });
    if (!result.ok || result.answer.called === undefined) return false;
    const { label } = taken.rejection;
    notice.value = t('notice.takenNext', { number, label, next: result.answer.called.number });
    return true;
  }

  const inTurn: Desk['inTurn'] = (action, act) => turns.take(action, act);
  const run: Desk['run'] = (action, command, number) => turns.take(action, () => send(command, number));

  function rest(): () => void {
    resting.value = true;
    const over = () => (resting.value = false);
    const timer = setTimeout(over, PRIMARY_REST_MS);
    return () => {
      clearTimeout(timer);
      over();
    };
  }

  const dialog = shallowRef<DeskDialog>();
  return {
    ...{ me, staff, token, line, connected, slow, resting, notice, dialog, hindrance },
    ...{ pending: turns.now, queued: turns.next, dropQueued: () => turns.dropNext(), inTurn, run, send, rest },
  };
}

type Taken = SendResult & { readonly rejection: { readonly code: 'ticket-taken'; readonly label: string } };
function isTaken(result: SendResult): result is Taken {
  return 'rejection' in result && result.rejection.code === 'ticket-taken';
}
