import { directCommand, primaryOf, type ActionId } from './actions.ts';
import type { CounterView } from '../domain/views/views.ts';
import type { Desk, DeskDialog } from './desk.ts';
import type { KeyAction } from './keys.ts';

/** What a press does, by button or by key: a command, a dialog that asks first, or the sentence that says why not. */
export interface Presses {
  readonly press: (action: ActionId) => Promise<boolean>;
  /** The one step that comes next; it rests after each, so that a nervous second press sends nobody away. */
  readonly pressPrimary: () => Promise<void>;
  readonly onKey: (key: KeyAction) => void;
}

/** What of the desk a press needs. */
type PressedDesk = Pick<Desk, 'me' | 'notice' | 'dialog' | 'resting' | 'hindrance' | 'inTurn' | 'send' | 'rest'>;

/** Actions that ask for something first. */
const DIALOGS: Readonly<Partial<Record<ActionId, DeskDialog>>> = {
  transfer: { kind: 'transfer' },
  hold: { kind: 'hold' },
  pause: { kind: 'pause' },
  serve: { kind: 'serve' },
  'add-service': { kind: 'add' },
  close: { kind: 'close' },
};

/**
 * @param view the newest one
 * @param asksOutcome whether the service has outcomes of its own
 * @param t for the sentence of a key that rests
 */
export function createPresses(
  desk: PressedDesk,
  view: () => CounterView | undefined,
  asksOutcome: (service: string) => boolean,
  t: (key: string) => string,
): Presses {
  function dialogOf(action: ActionId, { current }: CounterView): DeskDialog | undefined {
    const finishes = action === 'finish' || action === 'finish-next';
    if (finishes && asksOutcome(current?.services[0] ?? '')) return { kind: 'code', then: action };
    return DIALOGS[action];
  }

  async function act(action: ActionId): Promise<boolean> {
    const now = view();
    const hindrance = desk.hindrance(action);
    if (now === undefined || hindrance !== '') {
      desk.notice.value = hindrance;
      return false;
    }
    const dialog = dialogOf(action, now);
    if (dialog !== undefined) {
      desk.dialog.value = dialog;
      return true;
    }
    const command = directCommand(action, desk.me.staffId, now);
    return command !== undefined && desk.send(command, now.current?.number);
  }

  const press: Presses['press'] = (action) => desk.inTurn(action, () => act(action));

  async function pressPrimary(): Promise<void> {
    const now = view();
    if (now === undefined) return;
    if (desk.resting.value) {
      desk.notice.value = t('notice.resting');
      return;
    }
    const over = desk.rest();
    // Which step it is shows when its turn has come.
    if (!(await desk.inTurn(primaryOf(now), () => act(primaryOf(view() ?? now))))) over();
  }

  const show = (dialog: DeskDialog) => () => void (desk.dialog.value = dialog);
  const one = (action: ActionId) => () => void press(action);
  const ON_KEY: Readonly<Record<KeyAction, () => void>> = {
    primary: () => void pressPrimary(),
    recall: one('recall'),
    'no-show': one('no-show'),
    transfer: one('transfer'),
    hold: () => (view()?.current ? one('hold') : show({ kind: 'held' }))(),
    pause: () => one(view()?.counter.status === 'paused' ? 'resume' : 'pause')(),
    start: one('start'),
    find: show({ kind: 'find' }),
    undo: one('undo'),
    more: show({ kind: 'more' }),
    help: show({ kind: 'keys' }),
  };
  return { press, pressPrimary, onKey: (key) => ON_KEY[key]() };
}
