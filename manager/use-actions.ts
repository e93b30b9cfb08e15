import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { refusalText } from '../client/refusal.ts';
import type { SendResult } from '../client/connection.ts';
import type { OutsideCommand } from '../protocol/commands.ts';

/** One line at the bottom of the console: what was done, with Undo while it can be, or why not. */
export interface Notice {
  readonly tone: 'done' | 'refused';
  readonly text: string;
  /** Server time; absent when there is nothing to undo. */
  readonly undoUntil?: number;
}

export interface Actions {
  readonly pending: Ref<boolean>;
  readonly notice: ComputedRef<Notice | undefined>;
  readonly undoSeconds: ComputedRef<number>;
  /** Sends it. @returns the sentence of the refusal, or undefined when it is done. `done` is said with an Undo. */
  act: (command: OutsideCommand, done: string) => Promise<string | undefined>;
  /** The same for what cannot be undone (rule U3): `done` is said and soon gone. */
  tell: (command: OutsideCommand, done: string) => Promise<string | undefined>;
  send: (command: OutsideCommand) => Promise<SendResult>;
  undo: () => Promise<void>;
  refuse: (text: string) => void;
  dismiss: () => void;
}

/** What stays on the screen when there is nothing to undo, ms. */
const NOTICE_MS = 6_000;

export function useActions(options: {
  readonly send: (command: OutsideCommand) => Promise<SendResult>;
  readonly now: Ref<number>;
  readonly undoSeconds: () => number;
}): Actions {
  const { t } = useI18n();
  const pending = ref(false);
  const shown = shallowRef<Notice>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(notice: Notice, forMs: number) {
    clearTimeout(timer);
    shown.value = notice;
    timer = setTimeout(dismiss, forMs);
  }
  function dismiss() {
    clearTimeout(timer);
    shown.value = undefined;
  }
  async function send(command: OutsideCommand): Promise<SendResult> {
    pending.value = true;
    try {
      return await options.send(command);
    } finally {
      pending.value = false;
    }
  }
  async function act(command: OutsideCommand, done: string) {
    const result = await send(command);
    if (!result.ok) return refusalText(t, result);
    const undoMs = options.undoSeconds() * 1000;
    show({ tone: 'done', text: done, undoUntil: options.now.value + undoMs }, undoMs);
    return undefined;
  }
  async function tell(command: OutsideCommand, done: string) {
    const result = await send(command);
    if (!result.ok) return refusalText(t, result);
    show({ tone: 'done', text: done }, NOTICE_MS);
    return undefined;
  }
  async function undo() {
    const result = await send({ type: 'UndoLast' });
    if (result.ok) show({ tone: 'done', text: t('undo.done') }, NOTICE_MS);
    else refuse(refusalText(t, result));
  }
  function refuse(text: string) {
    show({ tone: 'refused', text }, NOTICE_MS);
  }

  onScopeDispose(dismiss);
  return {
    pending,
    notice: computed(() => shown.value),
    undoSeconds: computed(() => Math.max(0, Math.ceil(((shown.value?.undoUntil ?? 0) - options.now.value) / 1000))),
    act,
    tell,
    send,
    undo,
    refuse,
    dismiss,
  };
}
