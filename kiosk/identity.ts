import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { Locale } from '../domain/config.ts';
import type { CareNeedId, Instant, ServiceId, StaffId, TicketId, TierId } from '../domain/ids.ts';

/** The server answers sooner, also when the bank's system does not. */
const PATIENCE_MS = 950;
/** Nobody waits to hear whether the branch looks customers up, so a server that has just started may take its time. */
const WHETHER = { patienceMs: 10_000, againMs: 5_000 };

interface Known {
  readonly outcome: 'known';
  readonly ref: string;
  readonly tier?: TierId;
  readonly careNeeds?: readonly CareNeedId[];
  readonly language?: Locale;
  readonly appointment?: DueAppointment;
}
/** What this customer has come for. */
export interface DueAppointment {
  readonly at: Instant;
  readonly services: readonly ServiceId[];
  readonly adviser?: StaffId;
}
type Answer = Known | { readonly outcome: 'unknown' | 'unavailable' };

export interface Identity {
  /** Whether this branch looks customers up at all. */
  readonly offered: Ref<boolean>;
  /** What came of the last card or number; `asking` for less than a second. */
  readonly outcome: Ref<'nobody' | 'asking' | Answer['outcome']>;
  /** What the ticket of this customer has more than others. */
  readonly due: ComputedRef<{ readonly tier?: TierId; readonly careNeeds: readonly CareNeedId[] }>;
  /** Its number is given without being asked for; absent once it was. */
  readonly appointment: ComputedRef<DueAppointment | undefined>;
  readonly show: (kind: 'card' | 'phone' | 'qr', value: string) => Promise<Locale | undefined>;
  /** Says whose ticket it is. Nobody waits for it, and nothing is missing when it is lost. */
  readonly handIn: (ticketId: TicketId) => void;
  readonly forget: () => void;
}

/** Who stands at the kiosk, as far as the bank says and the customer wants. A number stays here no longer than the question takes. */
export function useIdentity(branchId: string, token: Ref<string | undefined>): Identity {
  const offered = ref(false);
  const outcome = ref<Identity['outcome']['value']>('nobody');
  const known = ref<Known>();
  /** An answer for somebody who has gone is not for the next one. */
  let turn = 0;

  async function ask(path: string, body?: object, patienceMs = PATIENCE_MS): Promise<unknown> {
    const response = await fetch(`/api/branches/${encodeURIComponent(branchId)}/identify${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token.value ?? ''}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return response.json();
  }

  watch(
    token,
    (given, _before, onCleanup) => {
      if (given === undefined) return;
      let later: ReturnType<typeof setTimeout> | undefined;
      let over = false;
      const askWhether = (): void => {
        const answered = (answer: unknown) => (offered.value = (answer as { offered?: unknown }).offered === true);
        // Without an answer it is asked again: else one slow moment would hide it for as long as the kiosk runs.
        const unanswered = () => {
          if (!over) later = setTimeout(askWhether, WHETHER.againMs);
        };
        ask('', undefined, WHETHER.patienceMs).then(answered, unanswered);
      };
      askWhether();
      onCleanup(() => {
        over = true;
        clearTimeout(later);
      });
    },
    { immediate: true },
  );

  async function show(kind: 'card' | 'phone' | 'qr', value: string): Promise<Locale | undefined> {
    const own = (turn += 1);
    known.value = undefined;
    outcome.value = 'asking';
    const answer = await ask('', { kind, value }).then(
      (given) => given as Answer,
      () => ({ outcome: 'unavailable' }) as const,
    );
    if (own !== turn) return undefined;
    outcome.value = answer.outcome;
    if (answer.outcome !== 'known') return undefined;
    known.value = answer;
    return answer.language;
  }

  function forget(): void {
    turn += 1;
    known.value = undefined;
    outcome.value = 'nobody';
  }

  return {
    offered,
    outcome,
    due: computed(() => {
      const { tier, careNeeds = [] } = known.value ?? {};
      return { ...(tier !== undefined && { tier }), careNeeds };
    }),
    appointment: computed(() => known.value?.appointment),
    show,
    handIn(ticketId) {
      if (known.value !== undefined) ask('/ticket', { ref: known.value.ref, ticketId }).catch(() => undefined);
    },
    forget,
  };
}
