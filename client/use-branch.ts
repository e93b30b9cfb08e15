import {
  computed,
  onScopeDispose,
  ref,
  shallowRef,
  toValue,
  watch,
  type MaybeRef,
  type Ref,
  type ShallowRef,
} from 'vue';
import type { Audience, BranchProfile, View } from '../domain/views/views.ts';
import type { OutsideCommand } from '../protocol/commands.ts';
import type { Problem, SoundReport } from '../protocol/messages.ts';
import { connect, type SendResult } from './connection.ts';

/** `live`: heard of the server in the last 8 s. `late`: 8 to 20 s ago. `offline`: longer. `connecting`: never yet. */
export type Freshness = 'connecting' | 'live' | 'late' | 'offline';

const LATE_SECONDS = 8;
const OFFLINE_SECONDS = 20;
const RESTORED_MS = 3_000;
const RELOAD_MARK = 'lobbyflow.reloaded';

export interface BranchLine<V extends View> {
  /** The newest view. Once there is one it stays, however old: `freshness` says how far to trust it. */
  readonly view: ShallowRef<V | undefined>;
  readonly profile: ShallowRef<BranchProfile | undefined>;
  readonly version: Ref<number>;
  readonly freshness: Ref<Freshness>;
  readonly ageSeconds: Ref<number>;
  /** Tries since it was last connected. */
  readonly attempts: Ref<number>;
  /** True for 3 s after coming back from `offline`. */
  readonly restored: Ref<boolean>;
  /** Why the server refuses this screen; undefined when it does not. */
  readonly problem: Ref<Problem | undefined>;
  /** The server's clock in ms, once a second. */
  readonly now: Ref<number>;
  /** Makes an id, or takes that of an unconfirmed command, and retries the same id once. Never queues while not connected. */
  readonly send: (command: OutsideCommand, commandId?: string) => Promise<SendResult>;
  /** Of a display: tells how its sound is. @returns whether it is the one that speaks; undefined when no answer came */
  readonly sound: (report: SoundReport) => Promise<boolean | undefined>;
}

/** One live line of a screen to one branch, for the life of the component. A new audience clears the view; a new token connects again. */
export function useBranch<V extends View>(options: {
  branchId: string;
  audience: MaybeRef<Audience>;
  token?: () => string | undefined;
}): BranchLine<V> {
  const view = shallowRef<V>();
  const profile = shallowRef<BranchProfile>();
  const version = ref(0);
  const attempts = ref(0);
  const restored = ref(false);
  const problem = ref<Problem>();
  const now = ref(Date.now());
  const ageSeconds = ref(0);
  const heard = ref(false);
  const wasAway = ref(false);

  const startedAt = Date.now();
  let heardAt = startedAt;
  /** Server's clock minus ours. A delayed message makes it too small, so the largest is kept until it is plainly wrong. */
  let offset: number | undefined;

  const freshness = computed<Freshness>(() => {
    if (ageSeconds.value > OFFLINE_SECONDS) return 'offline';
    if (!heard.value) return 'connecting';
    return ageSeconds.value < LATE_SECONDS ? 'live' : 'late';
  });

  function tick(): void {
    now.value = Date.now() + (offset ?? 0);
    ageSeconds.value = Math.max(0, Math.floor((Date.now() - heardAt) / 1000));
    if (ageSeconds.value > OFFLINE_SECONDS && heard.value) wasAway.value = true;
  }

  function onAlive(at: number): void {
    const measured = at - Date.now();
    offset = offset === undefined || measured > offset || offset - measured > 1_000 ? measured : offset;
    heardAt = Date.now();
    heard.value = true;
    tick();
    if (!wasAway.value) return;
    wasAway.value = false;
    restored.value = true;
    setTimeout(() => (restored.value = false), RESTORED_MS);
  }

  const connection = connect({
    branchId: options.branchId,
    audience: toValue(options.audience),
    token: options.token,
    onView(message) {
      // The server answers with the kind that was asked for; a new question clears the old answer below.
      view.value = message.view as V;
      version.value = message.version;
    },
    onProfile: (next) => (profile.value = next),
    onAlive,
    onProblem(next) {
      problem.value = next;
      if (next?.code === 'wrong-protocol') reloadOnce();
    },
    onAttempt: (count) => (attempts.value = count),
  });

  watch(
    () => toValue(options.audience),
    (next, before) => {
      if (JSON.stringify(next) === JSON.stringify(before)) return;
      view.value = undefined;
      connection.lookAt(next);
    },
  );
  if (options.token !== undefined) watch(options.token, () => connection.reconnect());

  const ticking = setInterval(tick, 1_000);
  const onVisible = (): void => {
    // A phone that slept thinks that it is still connected.
    if (document.visibilityState === 'visible') tick();
    if (document.visibilityState === 'visible' && freshness.value === 'offline') connection.reconnect();
  };
  document.addEventListener('visibilitychange', onVisible);
  onScopeDispose(() => {
    clearInterval(ticking);
    document.removeEventListener('visibilitychange', onVisible);
    connection.close();
  });

  return {
    view,
    profile,
    version,
    freshness,
    ageSeconds,
    attempts,
    restored,
    problem,
    now,
    send: connection.send,
    sound: connection.sound,
  };
}

/** The server speaks another version of the protocol: the new screen is there already. At most once a minute. */
function reloadOnce(): void {
  const last = Number(sessionStorage.getItem(RELOAD_MARK) ?? 0);
  if (Date.now() - last < 60_000) return;
  sessionStorage.setItem(RELOAD_MARK, String(Date.now()));
  location.reload();
}
