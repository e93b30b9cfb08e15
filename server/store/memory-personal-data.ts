import type { ConsentRecord, PersonalData, PersonalRecord } from '../customer-ports.ts';

type Kept = PersonalRecord['tickets'][number] & { readonly pseudonym: string };

/** What is kept of customers in this process's memory, for tests: gone when the process is. */
export function memoryPersonalData(): PersonalData {
  let tickets: Kept[] = [];
  let consents: (ConsentRecord & { readonly pseudonym: string })[] = [];
  const count = () => tickets.length + consents.length;
  return {
    keepTicket(pseudonym, { branchId, day, number }, at) {
      tickets.push({ pseudonym, branchId, day, number, at });
      return Promise.resolve();
    },
    keepConsents(pseudonym, given) {
      const channels = given.map(({ channel }) => channel);
      consents = consents.filter((old) => old.pseudonym !== pseudonym || !channels.includes(old.channel));
      consents.push(...given.map((consent) => ({ ...consent, pseudonym })));
      return Promise.resolve();
    },
    of(pseudonyms) {
      const theirs = <T extends { readonly pseudonym: string }>(list: readonly T[]) =>
        list
          .filter(({ pseudonym }) => pseudonyms.includes(pseudonym))
          .map(({ pseudonym: _pseudonym, ...rest }) => rest);
      return Promise.resolve({
        tickets: theirs(tickets),
        consents: theirs(consents),
        notices: [],
        feedback: [],
        complaints: [],
      });
    },
    erase(pseudonyms) {
      const before = count();
      tickets = tickets.filter(({ pseudonym }) => !pseudonyms.includes(pseudonym));
      consents = consents.filter(({ pseudonym }) => !pseudonyms.includes(pseudonym));
      return Promise.resolve(before - count());
    },
    eraseBefore(kind, before) {
      const old = count();
      if (kind === 'customer-tickets') tickets = tickets.filter(({ at }) => at >= before);
      if (kind === 'consents') consents = consents.filter(({ at }) => at >= before);
      return Promise.resolve(old - count());
    },
  };
}
