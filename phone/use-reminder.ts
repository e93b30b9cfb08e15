import { onMounted, ref, type Ref } from 'vue';
import type { Locale } from '../domain/config.ts';
import { unlockSound } from './sound.ts';

/** `here`: sound and vibration while the page is open, for there is no other way. */
export type Reminder = 'off' | 'on' | 'here' | 'denied' | 'failed';

const WORKER = '/phone-worker.js';

/**
 * Notices of this ticket. In the background only with Web Push, where the phone and the server have it and the customer agrees:
 * nothing is asked or kept before they press.
 */
export function useReminder({ branchId, ticketId }: { readonly branchId: string; readonly ticketId: string }): {
  readonly state: Readonly<Ref<Reminder>>;
  /** Notices can come while the page is closed. */
  readonly canPush: Readonly<Ref<boolean>>;
  readonly turnOn: (language: Locale) => Promise<void>;
  readonly turnOff: () => Promise<void>;
} {
  const address = `/api/branches/${branchId}/tickets/${ticketId}/notices`;
  const scope = scopeOf(branchId, ticketId);
  const state = ref<Reminder>('off');
  const canPush = ref(false);
  let key: string | undefined;

  onMounted(async () => {
    if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return;
    const answer = await fetch(address).catch(() => undefined);
    if (!answer?.ok) return;
    key = ((await answer.json()) as { key?: string }).key;
    canPush.value = key !== undefined;
    const worker = canPush.value && Notification.permission === 'granted' ? await workerOf(scope) : undefined;
    if ((await worker?.pushManager.getSubscription()) ?? false) state.value = 'on';
  });

  async function subscribe(applicationServerKey: string, language: Locale): Promise<Reminder> {
    if ((await Notification.requestPermission()) !== 'granted') return 'denied';
    await navigator.serviceWorker.register(WORKER, { scope });
    const registration = await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    const { endpoint, keys } = subscription.toJSON();
    const { ok } = await send('PUT', { endpoint, keys, language });
    return ok ? 'on' : 'failed';
  }

  const send = (method: 'PUT' | 'DELETE', body: object = {}) =>
    fetch(address, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  return {
    state,
    canPush,
    async turnOn(language) {
      unlockSound();
      state.value = key === undefined ? 'here' : await subscribe(key, language).catch(() => 'failed' as const);
      if (state.value !== 'on') await dropWorker(scope);
    },
    async turnOff() {
      if (state.value === 'on') {
        await dropWorker(scope);
        await send('DELETE');
      }
      state.value = 'off';
    },
  };
}

/** The worker of this ticket, if it has one. */
async function workerOf(scope: string): Promise<ServiceWorkerRegistration | undefined> {
  const registration = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration(scope) : undefined;
  return registration?.scope.endsWith(scope) ? registration : undefined;
}

/** Its push subscription goes with it. */
async function dropWorker(scope: string): Promise<void> {
  await (await workerOf(scope))?.unregister();
}

/** The ticket is over: nothing of it stays on the phone. */
export function forgetTicket(branchId: string, ticketId: string): Promise<void> {
  return dropWorker(scopeOf(branchId, ticketId));
}

const scopeOf = (branchId: string, ticketId: string) => `/t/${branchId}/${ticketId}`;
