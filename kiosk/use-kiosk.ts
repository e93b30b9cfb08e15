import {
  computed,
  inject,
  provide,
  ref,
  shallowRef,
  watch,
  watchEffect,
  type ComputedRef,
  type InjectionKey,
  type Ref,
  type ShallowRef,
} from 'vue';
import { clock } from '../client/format.ts';
import { useLocale } from '../client/locale.ts';
import { useSession } from '../client/session.ts';
import { useBranch, type BranchLine } from '../client/use-branch.ts';
import type { CareNeedId, ServiceId } from '../domain/ids.ts';
import type { KioskView } from '../domain/views/views.ts';
import { useCardReader } from './card-reader.ts';
import { next, type Page, type Step } from './flow.ts';
import { useIdentity, type Identity } from './identity.ts';

/** `before` and `after` the hours, `shut` within them. Numbers are given only while `open`. */
export type Hall = 'connecting' | 'away' | 'before' | 'after' | 'shut' | 'open';

export interface Kiosk {
  readonly branchId: string;
  readonly line: BranchLine<KioskView>;
  readonly session: ReturnType<typeof useSession>;
  readonly hall: ComputedRef<Hall>;
  readonly page: ShallowRef<Page>;
  readonly step: (step: Step) => void;
  /** Takes a number. `from` is where the finger was: the number grows from there. */
  readonly take: (step: Step, from?: DOMRect) => void;
  readonly touched: Ref<DOMRect | undefined>;
  readonly careNeeds: Ref<readonly CareNeedId[]>;
  readonly identity: Identity;
  /** A card, a code or a phone number was shown. */
  readonly identify: (kind: 'card' | 'phone' | 'qr', value: string) => void;
  readonly large: Ref<boolean>;
  readonly contrast: Ref<boolean>;
  /** Everything as for the next customer. */
  readonly reset: () => void;
}

const KEY: InjectionKey<Kiosk> = Symbol('kiosk');

export function useKiosk(): Kiosk {
  const kiosk = inject(KEY);
  if (kiosk === undefined) throw new Error('useKiosk() works inside App.vue only.');
  return kiosk;
}

export function provideKiosk(branchId: string, deviceId: string | undefined): Kiosk {
  const { locale, setLocale } = useLocale();
  const houseLocale = locale.value;
  const session = useSession({ branchId, role: 'kiosk', deviceId });
  const line = useBranch<KioskView>({ branchId, audience: { kind: 'kiosk' }, token: () => session.token.value });
  watch(line.problem, (problem) => {
    if (problem?.code === 'not-signed-in') session.renew();
  });

  const page = shallowRef<Page>({ at: 'home' });
  const touched = ref<DOMRect>();
  const careNeeds = ref<readonly CareNeedId[]>([]);
  const identity = useIdentity(branchId, session.token);
  const large = ref(false);
  const contrast = ref(false);

  const hall = computed<Hall>(() => {
    const view = line.view.value;
    if (line.freshness.value === 'offline') return 'away';
    if (view === undefined) return line.problem.value === undefined ? 'connecting' : 'away';
    if (view.open) return 'open';
    const { hours, timeZone } = line.profile.value ?? {};
    if (hours === undefined || timeZone === undefined) return 'shut';
    const time = clock(line.now.value, timeZone, 'en');
    return time < hours.opens ? 'before' : time >= hours.closes ? 'after' : 'shut';
  });

  function step(one: Step): void {
    page.value = next(page.value, one);
  }

  /** The id of a command that was sent and not confirmed: trying again must not make a second ticket. */
  let unconfirmedId: string | undefined;

  async function sendTake(service: ServiceId): Promise<void> {
    const { careNeeds: known, ...tier } = identity.due.value;
    const wanted = [...new Set([...careNeeds.value, ...known])];
    const needs = wanted.length === 0 ? {} : { careNeeds: wanted };
    const command = { type: 'TakeTicket', services: [service], language: locale.value, ...needs, ...tier } as const;
    const result = await line.send(command, unconfirmedId);
    unconfirmedId = 'unconfirmed' in result ? result.commandId : undefined;
    if (result.ok && result.answer.issued !== undefined) identity.handIn(result.answer.issued.ticketId);
    step({ do: 'answered', result });
  }

  function take(one: Step, from?: DOMRect): void {
    if (one.do !== 'again') unconfirmedId = undefined;
    const before = page.value;
    step(one);
    touched.value = from;
    if (page.value !== before && page.value.at === 'taking') void sendTake(page.value.service);
  }

  async function identify(kind: 'card' | 'phone' | 'qr', value: string): Promise<void> {
    if (!identity.offered.value || (page.value.at !== 'home' && page.value.at !== 'identify')) return;
    const language = await identity.show(kind, value);
    if (language !== undefined) setLocale(language, { remember: false });
    // Known or not: the next thing is a service.
    if (page.value.at === 'identify') step({ do: 'home' });
  }
  useCardReader((value, isCard) => void identify(isCard ? 'card' : 'qr', value));

  function reset(): void {
    step({ do: 'home' });
    identity.forget();
    careNeeds.value = [];
    large.value = false;
    contrast.value = false;
    setLocale(houseLocale, { remember: false });
  }

  watchEffect(() => {
    const { dataset } = document.documentElement;
    dataset['size'] = large.value ? 'large' : 'normal';
    dataset['theme'] = contrast.value ? 'contrast' : 'light';
  });

  const chosen = {
    careNeeds,
    identity,
    identify: (...shown: Parameters<Kiosk['identify']>) => void identify(...shown),
  };
  const kiosk = { branchId, line, session, hall, page, step, take, touched, ...chosen, large, contrast, reset };
  provide(KEY, kiosk);
  return kiosk;
}
