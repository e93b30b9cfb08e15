import {
  computed,
  inject,
  provide,
  ref,
  shallowRef,
  watch,
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
import type { KioskView, MachineOffer } from '../domain/views/views.ts';
import { useCardReader } from './card-reader.ts';
import { next, type Page, type Step, type Wish } from './flow.ts';
import { useIdentity, type DueAppointment, type Identity } from './identity.ts';
import { useModes, type Modes } from './modes.ts';
import { useOffline, type Offline } from './offline/use-offline.ts';
import { usePerson, type Person } from './person.ts';

/** `before` and `after` the hours, `shut` within them. Numbers are given while `open`, and `offline` out of the kiosk's own block. */
export type Hall = 'connecting' | 'away' | 'before' | 'after' | 'shut' | 'offline' | 'open';
/** Without a sign of the server for so long, a kiosk that has just started goes on by itself. */
const START_SECONDS = 3;

export interface Kiosk {
  readonly branchId: string;
  readonly line: BranchLine<KioskView>;
  readonly session: ReturnType<typeof useSession>;
  readonly hall: ComputedRef<Hall>;
  readonly givesNumbers: ComputedRef<boolean>;
  /** What it gives while the server is away. */
  readonly offline: Offline;
  readonly page: ShallowRef<Page>;
  readonly step: (step: Step) => void;
  /** Takes a number. `from` is where the finger was: the number grows from there. */
  readonly take: (step: Step, from?: DOMRect) => void;
  readonly touched: Ref<DOMRect | undefined>;
  readonly careNeeds: Ref<readonly CareNeedId[]>;
  readonly identity: Identity;
  /** A card, a code or a phone number was shown. */
  readonly identify: (kind: 'card' | 'phone' | 'qr', value: string) => void;
  readonly modes: Modes;
  /** What the page has to say besides its phrase, for the voice. */
  readonly said: Ref<string>;
  /** Nobody has answered for a while: what is private is not shown (K8). */
  readonly unattended: Ref<boolean>;
  readonly person: Person;
  /** What to offer whoever chooses this service; nothing where nobody is to be asked (rule L1). */
  readonly offerFor: (service: ServiceId) => MachineOffer | undefined;
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

  const offline = useOffline(branchId, deviceId, line);

  const page = shallowRef<Page>({ at: 'home' });
  const touched = ref<DOMRect>();
  const careNeeds = ref<readonly CareNeedId[]>([]);
  const identity = useIdentity(branchId, session.token);
  const modes = useModes();
  const said = ref('');
  const unattended = ref(false);
  /** Nobody is asked twice (rule L1). */
  const wasAsked = ref(false);

  const hall = computed<Hall>(() => {
    const view = line.view.value;
    const alone = offline.mayGive.value ? 'offline' : 'away';
    if (line.freshness.value === 'offline') return alone;
    if (view === undefined) {
      const waits = alone === 'away' || line.ageSeconds.value < START_SECONDS;
      return line.problem.value === undefined && waits ? 'connecting' : alone;
    }
    if (view.open) return 'open';
    const { hours, timeZone } = line.profile.value ?? {};
    if (hours === undefined || timeZone === undefined) return 'shut';
    const time = clock(line.now.value, timeZone, 'en');
    return time < hours.opens ? 'before' : time >= hours.closes ? 'after' : 'shut';
  });

  function step(one: Step): void {
    const before = page.value;
    page.value = next(before, one);
    if (page.value.at !== before.at) said.value = '';
    if (before.at === 'offer' && page.value.at !== 'offer' && page.value.at !== 'taking') leaveOffer(before);
    if (page.value.at === 'offer') wasAsked.value = true;
  }

  const careKnown = computed(() => [...new Set([...careNeeds.value, ...identity.due.value.careNeeds])]);
  function offerFor(service: ServiceId): MachineOffer | undefined {
    if (hall.value !== 'open' || wasAsked.value || careKnown.value.length > 0) return undefined;
    return line.view.value?.services.find((wait) => wait.service === service)?.machine;
  }
  const person = usePerson(line, session.token);

  /** The id of a command that was sent and not confirmed: trying again must not make a second ticket. */
  let unconfirmedId: string | undefined;

  async function sendTake({ services, offer, appointment }: Wish): Promise<void> {
    const { careNeeds: _known, ...tier } = identity.due.value;
    const needs = careKnown.value.length === 0 ? {} : { careNeeds: careKnown.value };
    const planned = services.length > 1 ? ({ planned: true } as const) : {};
    const about = {
      services,
      language: locale.value,
      ...planned,
      ...needs,
      ...tier,
      ...(offer && { offer }),
      ...arranged(appointment),
    };
    const command = { type: 'TakeTicket', ...about } as const;
    const result = await offline.take(command, unconfirmedId);
    unconfirmedId = 'unconfirmed' in result ? result.commandId : undefined;
    if (result.ok && result.answer.issued !== undefined) identity.handIn(result.answer.issued.ticketId);
    step({ do: 'answered', result });
  }

  function take(one: Step, from?: DOMRect): void {
    if (one.do !== 'again') unconfirmedId = undefined;
    const before = page.value;
    step(one);
    touched.value = from;
    if (page.value !== before && page.value.at === 'taking') void sendTake(page.value.wish);
  }

  async function identify(kind: 'card' | 'phone' | 'qr', value: string): Promise<void> {
    if (!identity.offered.value || (page.value.at !== 'home' && page.value.at !== 'identify')) return;
    const language = await identity.show(kind, value);
    if (language !== undefined) setLocale(language, { remember: false });
    // Known or not: the next thing is a service.
    if (page.value.at === 'identify') step({ do: 'home' });
    const appointment = identity.appointment.value;
    if (appointment !== undefined && hall.value === 'open') take({ do: 'keep-appointment', appointment });
  }
  useCardReader((value, isCard) => void identify(isCard ? 'card' : 'qr', value));

  /** Walked away from the question: that is an answer, too (rule L3). */
  function leaveOffer({ service, machine }: Extract<Page, { at: 'offer' }>): void {
    void line.send({ type: 'LeaveOffer', service, channel: 'machine', savesMinutes: machine.savesMinutes });
  }

  function reset(): void {
    step({ do: 'home' });
    wasAsked.value = false;
    identity.forget();
    careNeeds.value = [];
    modes.reset();
    setLocale(houseLocale, { remember: false });
  }

  const chosen = {
    careNeeds,
    identity,
    identify: (...shown: Parameters<Kiosk['identify']>) => void identify(...shown),
  };
  const kiosk = {
    branchId,
    line,
    session,
    hall,
    givesNumbers: computed(() => hall.value === 'open' || hall.value === 'offline'),
    offline,
    page,
    step,
    take,
    touched,
    ...chosen,
    offerFor,
    modes,
    said,
    unattended,
    person,
    reset,
  };
  provide(KEY, kiosk);
  return kiosk;
}

/** What the ticket of somebody with an appointment says besides. */
function arranged(appointment: DueAppointment | undefined) {
  if (appointment === undefined) return {};
  const { at: appointmentAt, adviser } = appointment;
  return { appointmentAt, ...(adviser !== undefined && { adviser }) };
}
