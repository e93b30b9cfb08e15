import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Outcome, OutOfTurnReason } from '../domain/commands.ts';
import type { BranchProfile, CounterView } from '../domain/views/views.ts';
import type { ActionId } from './actions.ts';
import type { Choice } from './ChoiceDialog.vue';
import type { OutsideCommand } from '../protocol/commands.ts';
import { useDesk, type DeskDialog } from './desk.ts';
import { useNames } from './use-names.ts';

/** A dialog that asks for one of several, and what the answer does. */
export interface Question {
  readonly title: string;
  readonly hint?: string | undefined;
  readonly choices: readonly Choice[];
  readonly empty?: string;
  readonly action: ActionId;
  readonly command: (id: string) => OutsideCommand | undefined;
  /** What the refusal speaks of. */
  readonly about: string;
}

const OUTCOMES: readonly Outcome[] = ['done', 'referred', 'not-possible'];
const REASONS: readonly OutOfTurnReason[] = [
  ...(['care', 'appointment', 'came-back', 'long-wait', 'quick', 'complaint', 'other'] as const),
];

function oneOf<T extends string>(list: readonly T[], id: string): T | undefined {
  return list.find((one) => one === id);
}

/** The question of the dialog that is open; nothing while it is none of them. */
export function useQuestion(view: () => CounterView, profile: () => BranchProfile): ComputedRef<Question | undefined> {
  const { t } = useI18n();
  const desk = useDesk();
  const names = useNames(profile);
  const { counterId } = desk.me;

  const services = (besides: readonly string[]): readonly Choice[] =>
    profile()
      .services.filter(({ id }) => !besides.includes(id))
      .map(({ id, minutes }) => ({ id, name: names.service(id), note: t('transfer.minutes', { n: minutes }) }));
  const outcomesOf = (service: string | undefined): readonly Choice[] => {
    const { outcomes = [] } = profile().services.find(({ id }) => id === service) ?? {};
    return outcomes.map(({ id, name }) => ({ id, name: names.text(name) }));
  };

  type Kind = DeskDialog['kind'];
  type Asked<K extends Kind> = Extract<DeskDialog, { kind: K }>;
  const QUESTIONS: { readonly [K in Kind]?: (asked: Asked<K>) => Question | undefined } = {
    hold: () =>
      inHand((number) => ({
        title: t('dialog.holdTitle', { number }),
        hint: t('dialog.digits'),
        choices: profile().holdReasons.map(({ id }) => ({ id, name: names.holdReason(id) })),
        action: 'hold',
        command: (reason) => ({ type: 'HoldTicket', counterId, reason }),
        about: number,
      })),
    pause: () => ({
      title: t('dialog.pauseTitle'),
      hint: t(view().current ? 'dialog.pauseWithCustomer' : 'dialog.digits'),
      choices: profile().pauseReasons.map(({ id }) => ({ id, name: names.pauseReason(id) })),
      action: 'pause',
      command: (reason) => ({ type: 'PauseCounter', counterId, reason }),
      about: '',
    }),
    outcome: () =>
      inHand((number) => ({
        title: t('dialog.outcomeTitle', { number }),
        hint: t('dialog.digits'),
        choices: OUTCOMES.map((id) => ({ id, name: t(`outcome.${id}`) })),
        action: 'finish',
        command: (id) => finish('finish', oneOf(OUTCOMES, id)),
        about: number,
      })),
    code: ({ then }) =>
      inHand((number, [service]) => ({
        title: t('dialog.outcomeTitle', { number }),
        hint: t('dialog.digits'),
        choices: outcomesOf(service),
        action: then,
        command: (code) => finish(then, 'done', code),
        about: number,
      })),
    held: () => ({
      title: t('dialog.heldTitle'),
      choices: view().held.map(({ ticketId, number, reason }) => ({
        ...{ id: ticketId, name: number, note: names.holdReason(reason) },
        hindrance: desk.hindrance('call-ticket') || undefined,
      })),
      empty: t('lists.noHeld'),
      action: 'call-ticket',
      command: (ticketId) => ({ type: 'ResumeTicket', counterId, ticketId }),
      about: '',
    }),
    serve: () => ({
      title: t('dialog.serveTitle'),
      hint: t('dialog.serveHint'),
      choices: services([]),
      action: 'serve',
      command: (service) => ({ type: 'ServeWithoutTicket', counterId, services: [service] }),
      about: '',
    }),
    add: () =>
      inHand((number, carried, ticketId) => ({
        title: t('dialog.addTitle', { number }),
        choices: services(carried),
        action: 'add-service',
        command: (service) => ({ type: 'AddService', ticketId, service }),
        about: number,
      })),
    reason: ({ number, ticketId }) => ({
      title: t('dialog.reasonTitle', { number }),
      hint: t('dialog.digits'),
      choices: REASONS.map((id) => ({ id, name: t(`reason.${id}`) })),
      action: 'call-ticket',
      command: (id) => {
        const reason = oneOf(REASONS, id);
        return reason && { type: 'CallTicket', counterId, ticketId, reason };
      },
      about: number,
    }),
  };

  function inHand(ask: (number: string, services: readonly string[], ticketId: string) => Question) {
    const { current } = view();
    return current && ask(current.number, current.services, current.ticketId);
  }
  function finish(then: 'finish' | 'finish-next', outcome: Outcome | undefined, code?: string) {
    if (outcome === undefined) return undefined;
    const said = code === undefined ? {} : { code };
    return then === 'finish'
      ? ({ type: 'FinishService', counterId, outcome, ...said } as const)
      : ({ type: 'CallNext', counterId, finish: outcome, ...said } as const);
  }

  return computed(() => {
    const asked = desk.dialog.value;
    // Each question takes its own kind of dialog, which an index by a union cannot express.
    return asked && (QUESTIONS[asked.kind] as ((asked: DeskDialog) => Question | undefined) | undefined)?.(asked);
  });
}
