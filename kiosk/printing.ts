import { onMounted, ref, type Ref } from 'vue';
import { send } from '../client/people.ts';
import type { Locale } from '../domain/config.ts';
import type { TicketId } from '../domain/ids.ts';

/** `none`: nothing prints by itself here. `out`: there will be no paper, so the customer takes the number along otherwise. */
export type PaperState = 'none' | 'printing' | 'printed' | 'out';

interface PaperOptions {
  readonly branchId: string;
  readonly ticketId: TicketId;
  readonly token: Ref<string | undefined>;
  readonly about: () => { readonly language: Locale; readonly large: boolean };
}

type Outcome = 'printed' | 'failed' | 'browser' | 'no-printer';
const STATE: Readonly<Record<Outcome, PaperState>> = {
  printed: 'printed',
  failed: 'out',
  browser: 'printed',
  'no-printer': 'none',
};

/** Where a kiosk remembers that its own browser prints: it goes on doing so while the server is away. */
const PRINTS_ITSELF = 'lobbyflow.kiosk.printsItself';

function withoutServer(): Outcome {
  return localStorage.getItem(PRINTS_ITSELF) === 'true' ? 'browser' : 'no-printer';
}

/**
 * The ticket on paper: at once where the kiosk has a printer, and again when somebody asks. Each time is a copy of its own, so a
 * request that comes twice prints once. Where there is no printer, and while the server is away, the browser prints when asked to.
 */
export function usePaper({ branchId, ticketId, token, about }: PaperOptions) {
  const state = ref<PaperState>('none');
  const path = `/api/branches/${encodeURIComponent(branchId)}/tickets/${encodeURIComponent(ticketId)}/print`;
  let copy = 0;

  async function ask(): Promise<Outcome | undefined> {
    if (token.value === undefined) return undefined;
    copy += 1;
    const answer = await send('POST', path, { copy, ...about() }, token.value);
    if (answer?.ok !== true) return undefined;
    const { outcome } = answer.body as { outcome: Outcome };
    localStorage.setItem(PRINTS_ITSELF, String(outcome === 'browser'));
    return outcome;
  }

  async function print(isAsked: boolean): Promise<void> {
    if (state.value === 'printing') return;
    state.value = 'printing';
    const outcome = (await ask()) ?? withoutServer();
    if (outcome === 'browser' || (isAsked && outcome === 'no-printer')) window.print();
    state.value = STATE[outcome];
  }

  onMounted(() => void print(false));
  return { state, print: () => void print(true) };
}
