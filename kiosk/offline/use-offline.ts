import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef } from 'vue';
import { newCommandId, type SendResult } from '../../client/connection.ts';
import type { BranchLine } from '../../client/use-branch.ts';
import type { TakeTicket } from '../../domain/commands.ts';
import type { TicketId } from '../../domain/ids.ts';
import type { KioskView } from '../../domain/views/views.ts';
import type { Problem } from '../../protocol/messages.ts';
import { indexedStore } from './indexed-store.ts';
import { outboxHas, type Ledger } from './ledger.ts';
import { OfflineDesk } from './offline-desk.ts';

const HAND_IN_AGAIN_MS = 5_000;
const KEEP_HALL_MS = 10_000;
/** The server is there and can give no number now. */
const CANNOT: readonly Problem['code'][] = ['shutting-down', 'store-away'];

export interface Offline {
  /** Whether numbers are given without the server, if need be. */
  readonly mayGive: ComputedRef<boolean>;
  /** Sends it; without an answer the kiosk gives a number by itself, if it has one left. */
  readonly take: (command: TakeTicket, commandId?: string) => Promise<SendResult>;
  /** How many tickets the server does not know yet. */
  readonly toHandIn: ComputedRef<number>;
  /** Numbers that people may hold on paper and that the server did not take. */
  readonly turnedAway: ComputedRef<readonly string[]>;
  /** Whether this is one of those that the server does not know yet. */
  readonly isPending: (ticketId: TicketId) => boolean;
  /** @returns false when the server has to be asked */
  readonly takeBack: (ticketId: TicketId) => Promise<boolean>;
}

/** The kiosk's own numbers, in the life of its page. Also brings back what was last known of the branch. */
export function useOffline(branchId: string, deviceId: string | undefined, line: BranchLine<KioskView>): Offline {
  const store = indexedStore(`${branchId}/${deviceId ?? ''}`);
  const ledger = shallowRef<Ledger>();
  const lastView = shallowRef<KioskView>();
  const offsetMs = ref(0);
  let keptAt = -Infinity;

  const desk = new OfflineDesk({
    store,
    send: line.send,
    now: () => Date.now() + offsetMs.value,
    hall: () => {
      const { profile } = line;
      return profile.value && lastView.value && { profile: profile.value, view: lastView.value };
    },
    changed: (next) => (ledger.value = next),
  });

  // What a browser does not keep (no room, a private window) is missed only when the server is away.
  const quietly = (done: Promise<unknown>): void => void done.catch(() => undefined);

  quietly(
    store.hall().then((kept) => {
      if (kept === undefined || lastView.value !== undefined) return;
      line.profile.value ??= kept.profile;
      lastView.value = kept.view;
      offsetMs.value = kept.offsetMs;
    }),
  );
  quietly(desk.saw(undefined));
  // Else the browser may throw it away when its disk is full. It is missing on a page that came over plain http.
  if ('storage' in navigator) quietly(navigator.storage.persist());

  // In the same moment as the line: a second later the difference would be a second too small.
  watch(
    line.now,
    (now) => {
      if (line.freshness.value === 'live') offsetMs.value = now - Date.now();
    },
    { flush: 'sync' },
  );

  watch(line.view, (view) => {
    if (view === undefined) return;
    lastView.value = view;
    quietly(desk.saw(view));
    const profile = line.profile.value;
    if (profile === undefined || performance.now() - keptAt < KEEP_HALL_MS) return;
    keptAt = performance.now();
    quietly(store.keepHall({ profile, view, offsetMs: offsetMs.value }));
  });
  const again = setInterval(() => quietly(desk.handIn()), HAND_IN_AGAIN_MS);
  onScopeDispose(() => clearInterval(again));

  async function take(command: TakeTicket, commandId: string = newCommandId()): Promise<SendResult> {
    const result = await line.send(command, commandId);
    if (result.ok || 'rejection' in result || ('problem' in result && !CANNOT.includes(result.problem.code)))
      return result;
    const { services, careNeeds, tier, language } = command;
    // It may have been done all the same: the server then has one ticket of the two.
    const wish = { services, careNeeds, tier, language, insteadOf: commandId };
    const issued = await desk.give(wish).catch(() => undefined);
    return issued === undefined ? result : { ok: true, version: line.version.value, answer: { issued } };
  }

  return {
    // Another day and another ledger change the answer.
    mayGive: computed(() => ledger.value !== undefined && line.now.value > 0 && desk.mayGive()),
    take,
    toHandIn: computed(() => ledger.value?.outbox.length ?? 0),
    turnedAway: computed(() => ledger.value?.turnedAway ?? []),
    isPending: (ticketId) => ledger.value !== undefined && outboxHas(ledger.value, ticketId),
    takeBack: (ticketId) => desk.takeBack(ticketId).catch(() => false),
  };
}
