import type { CaseClock, ComplaintCase } from './case.ts';
import type { CaseEvent, ClockTimes } from './events.ts';

type Received = Extract<CaseEvent, { type: 'CaseReceived' }>;
type Later = Exclude<CaseEvent, Received>;

/** The case after this event; the first one makes it. */
export function evolveCase(state: ComplaintCase | undefined, event: CaseEvent): ComplaintCase {
  if (event.type === 'CaseReceived') return begun(event);
  if (state === undefined) throw new Error(`A case cannot begin with ${event.type}.`);
  return { ...state, ...changed(state, event) };
}

/** @param events of one case from its first */
export function replayCase(events: readonly CaseEvent[]): ComplaintCase {
  const state = events.reduce<ComplaintCase | undefined>(evolveCase, undefined);
  if (state === undefined) throw new Error('A case without events is none.');
  return state;
}

function begun({ at, times, reference, ownerId, about, number, branchId, source, link, acknowledgeBy }: Received) {
  return {
    ...{ number, branchId, source, link, ownerId, acknowledgeBy },
    receivedAt: at,
    status: 'received',
    recused: about,
    regulator: reference === undefined ? undefined : { reference, at },
    reminded: false,
    clock: { ...started(at, times), allowance: 'normal', escalations: 0 },
    attempts: 0,
    round: 1,
  } as const satisfies ComplaintCase;
}

function started(startedAt: number, { due, warnAt }: ClockTimes) {
  return { startedAt, due, warnAt, warned: false, escalateAt: due };
}

function changed(state: ComplaintCase, event: Later): Partial<ComplaintCase> {
  const { at } = event;
  const clock = (change: Partial<CaseClock>) => ({ clock: { ...state.clock, ...change } });
  switch (event.type) {
    case 'CaseTaken':
    case 'OfferAccepted':
      return { ownerId: event.ownerId, offer: undefined };
    case 'CaseAcknowledged':
      return { status: 'acknowledged', acknowledgedAt: at };
    case 'InvestigationStarted':
      return { status: 'investigating' };
    case 'CaseExtended':
      return {
        asked: undefined,
        ...clock({ ...started(state.clock.startedAt, event.times), allowance: event.allowance }),
      };
    case 'ExtensionAsked':
      return { asked: { at, by: event.staffId } };
    case 'ExtensionRefused':
      return { asked: undefined };
    case 'RootCauseSet':
      return { rootCause: event.rootCause };
    case 'CaseDecided': {
      const { outcome, remedies, staffId: by } = event;
      return { status: 'decided', asked: undefined, decision: { outcome, remedies, at, by } };
    }
    case 'CustomerInformed': {
      const { channel, letter } = event;
      const onTime = state.onTime ?? at <= state.clock.due;
      return { status: 'informed', attempts: 0, onTime, informed: { at, channel, letter } };
    }
    case 'SecondContactMade': {
      const { answer, settled } = event;
      const attempts = state.attempts + (answer === 'not-reached' ? 1 : 0);
      return { answer, attempts, ...(settled && { status: 'contacted' }) };
    }
    case 'CaseReopened': {
      const again = clock({ ...started(at, event.times), allowance: 'normal', escalations: 0 });
      return { status: 'investigating', round: 2, decision: undefined, informed: undefined, ...again };
    }
    case 'CaseClosed':
      return { status: 'closed', offer: undefined, endedAt: at };
    case 'CaseWithdrawn':
      return { status: 'withdrawn', offer: undefined, asked: undefined, endedAt: at };
    case 'CaseOffered':
      return { offer: { to: event.to, by: event.by, at, until: event.until } };
    case 'OfferDeclined':
    case 'OfferLapsed':
      return { offer: undefined };
    case 'PersonRecused': {
      const { staffId } = event;
      const offer = state.offer?.to === staffId ? undefined : state.offer;
      return { recused: [...state.recused, staffId], offer };
    }
    case 'RegulatorMarked': {
      const { reference, times } = event;
      const shorter = times && clock({ ...times, warned: false, escalateAt: times.due });
      return { regulator: { reference, at }, ...shorter };
    }
    case 'AcknowledgingReminded':
      return { reminded: true };
    case 'DeadlineWarned':
      return clock({ warned: true });
    case 'CaseEscalated':
      return clock({ escalations: state.clock.escalations + 1, escalateAt: event.next });
    case 'NoteAdded':
    case 'FileAttached':
      return {};
  }
}
