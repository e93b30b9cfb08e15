import { reactive, watch } from 'vue';
import { INBOX_NATURES, type InboxNature } from '../protocol/inbox-lists.ts';
import { randomKey } from './ask.ts';

const SAVED = 'lobbyflow.feedback';

export interface Draft {
  /** With which it will be followed: the same for every try to send it. */
  key: string;
  nature: InboxNature | '';
  text: string;
  branchId: string;
  day: string;
  ticketNumber: string;
  name: string;
  mail: string;
  phone: string;
}

const EMPTY: Omit<Draft, 'key'> = {
  ...{ nature: '', text: '', branchId: '', day: '', ticketNumber: '', name: '', mail: '', phone: '' },
};

/** What is typed, kept in this tab until it is sent: a reload loses nothing, and another tab sees nothing. */
export function useDraft(branchId: string | undefined): { draft: Draft; forget: () => void } {
  const draft = reactive<Draft>({ ...EMPTY, key: randomKey(), ...saved(), ...(branchId && { branchId }) });
  const stop = watch(draft, () => sessionStorage.setItem(SAVED, JSON.stringify(draft)));
  return {
    draft,
    forget() {
      stop();
      sessionStorage.removeItem(SAVED);
    },
  };
}

function saved(): Partial<Draft> {
  try {
    return JSON.parse(sessionStorage.getItem(SAVED) ?? '{}') as Partial<Draft>;
  } catch {
    return {};
  }
}

export type Missing = 'needBranch' | 'needText' | 'needContact' | 'badMail' | 'badPhone';

/** @param known the ticket says who was here @returns what to do before it can be sent */
export function missingOf(draft: Draft, known: boolean): readonly Missing[] {
  const { nature, text, branchId, mail, phone } = draft;
  const faults: Partial<Record<Missing, boolean>> = {
    needBranch: branchId === '',
    needText: text.trim() === '',
    needContact: nature === 'complaint' && !known && mail.trim() === '' && phone.trim() === '',
    badMail: mail.trim() !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(mail.trim()),
    badPhone: phone.trim() !== '' && !/^[+\d][\d -]{4,24}$/.test(phone.trim()),
  };
  return (Object.keys(faults) as Missing[]).filter((name) => faults[name]);
}

/** Which kinds there are to choose from, the most frequent first. */
export const NATURES = INBOX_NATURES;
