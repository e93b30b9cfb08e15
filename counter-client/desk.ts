import { computed, inject, ref, shallowRef, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CounterView } from '../domain/views/views.ts';
import type { OutsideCommand } from '../protocol/commands.ts';
import type { SendResult } from '../client/connection.ts';
import { refusalText } from '../client/refusal.ts';
import { useBranch, type BranchLine } from '../client/use-branch.ts';
import { hindranceOf, PRIMARY_REST_MS, type ActionId, type Situation } from './actions.ts';

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
  | { readonly kind: 'reason'; readonly ticketId: string; readonly number: string };

/** The counter's page: its live line, and one command at a time. */
export interface Desk {
  readonly me: SignedIn;
  readonly staff: readonly { readonly id: string; readonly name: string }[];
  readonly token: () => string | undefined;
  readonly line: BranchLine<CounterView>;
  readonly connected: ComputedRef<boolean>;
  /** The action whose answer is awaited. */
  readonly pending: Ref<ActionId | undefined>;
  /** True once the answer has taken so long that it should be said. */
  readonly slow: Ref<boolean>;
  /** F2 rests after each step. */
  readonly resting: Ref<boolean>;
  /** The sentence of the last refusal; stays until the next success or until it is closed. */
  readonly notice: Ref<string>;
  readonly dialog: ShallowRef<DeskDialog | undefined>;
  /** Why the action cannot work now, in words; empty when it may. */
  readonly hindrance: (action: ActionId) => string;
  /** Sends one command; true when it was done. Says why not otherwise. */
  readonly run: (action: ActionId, command: OutsideCommand, number?: string) => Promise<boolean>;
  /** Lets F2 rest, see `PRIMARY_REST_MS`. */
  readonly rest: () => void;
}

const SLOW_MS = 300;
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
  const pending = ref<ActionId>();
  const slow = ref(false);
  const resting = ref(false);
  const notice = ref('');
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
    if (!result.ok && 'rejection' in result && result.rejection.code === 'ticket-taken' && number !== undefined)
      return t('notice.taken', { number, label: result.rejection.label });
    return refusalText(t, result);
  }

  async function run(action: ActionId, command: OutsideCommand, number?: string): Promise<boolean> {
    if (pending.value !== undefined) return false;
    pending.value = action;
    const slowly = setTimeout(() => (slow.value = true), SLOW_MS);
    const key = JSON.stringify(command);
    const result = await line.send(command, unconfirmed?.key === key ? unconfirmed.commandId : undefined);
    clearTimeout(slowly);
    slow.value = false;
    pending.value = undefined;
    unconfirmed = !result.ok && 'unconfirmed' in result ? { key, commandId: result.commandId } : undefined;
    notice.value = explain(result, number);
    return result.ok;
  }

  function rest(): void {
    resting.value = true;
    setTimeout(() => (resting.value = false), PRIMARY_REST_MS);
  }

  const dialog = shallowRef<DeskDialog>();
  return { me, staff, token, line, connected, pending, slow, resting, notice, dialog, hindrance, run, rest };
}
