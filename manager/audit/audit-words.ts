import { textIn } from '../../client/format.ts';
import type { Locale, Text } from '../../domain/config.ts';
import type { AuditAct, AuditFacts, AuditNames } from '../../protocol/audit.ts';
import { actKey } from './acts.ts';

/** Rows of the audit in the words of the people who read them. What has no word is shown as it is. */

export interface Change {
  /** A ticket's number, a counter; empty for the thing that the row is about. */
  readonly thing: string;
  readonly fields: readonly { readonly name: string; readonly was?: string; readonly is: string }[];
}
export interface AuditWords {
  who: (actor: string) => { readonly name: string; readonly id?: string };
  place: (device: string | undefined) => string;
  acts: (act: AuditAct) => string;
  about: (act: AuditAct) => readonly string[];
  changes: (act: AuditAct) => readonly Change[];
}

interface Language {
  readonly t: (key: string, named?: Record<string, unknown>) => string;
  /** Whether there are words for this key. */
  readonly te: (key: string) => boolean;
  readonly locale: Locale;
}
type Value = AuditFacts[string];

export function auditWords({ t, te, locale }: Language, names: AuditNames): AuditWords {
  const word = (group: string, id: string) => (te(`audit.${group}.${id}`) ? t(`audit.${group}.${id}`) : id);
  const nameIn = (list: readonly { readonly id: string; readonly name: string | Text }[], id: string) => {
    const name = list.find((one) => one.id === id)?.name;
    return typeof name === 'object' ? textIn(name, locale) : (name ?? id);
  };
  const isCounter = (id: string) => names.counters.some((counter) => counter.id === id);
  const counter = (id: string) => t('audit.atCounter', { label: nameIn(names.counters, id) });
  const reason = (id: string) => (nameIn(names.reasons, id) === id ? word('reason', id) : nameIn(names.reasons, id));
  const role = (said: string) => {
    const [, name = said, branch] = /^(\S+)(?: of (.+))?$/.exec(said) ?? [];
    const words = te(`identity.role.${name}`) ? t(`identity.role.${name}`) : name;
    return branch === undefined ? words : `${words} (${branch})`;
  };
  const act = (type: string) => (te(`audit.act.${actKey(type)}`) ? t(`audit.act.${actKey(type)}`) : type);

  const BY_FIELD: Readonly<Record<string, (id: string) => string>> = {
    segment: (id) => nameIn(names.segments, id),
    services: (id) => nameIn(names.services, id),
    careNeeds: (id) => nameIn(names.careNeeds, id),
    profile: (id) => nameIn(names.profiles, id),
    counter,
    onlyCounter: counter,
    teller: (id) => nameIn(names.people, id),
    adviser: (id) => nameIn(names.people, id),
    staffId: (id) => nameIn(names.people, id),
    deviceId: (id) => nameIn(names.devices, id),
    counters: counter,
    pause: reason,
    ended: reason,
    prioritised: reason,
    reason,
    by: reason,
    refused: reason,
    secret: reason,
    undone: act,
    roles: role,
  };

  function value(field: string, given: Value | undefined, isOfCounter: boolean): string {
    if (given === null || given === undefined || (Array.isArray(given) && given.length === 0)) return t('audit.none');
    if (typeof given === 'boolean') return t(given ? 'audit.yes' : 'audit.no');
    const all = (Array.isArray(given) ? given : [given]) as readonly Value[];
    const inWords = (id: string) => {
      if (field === 'status') return isOfCounter ? word('counterStatus', id) : statusOf(id);
      return BY_FIELD[field]?.(id) ?? id;
    };
    return all.map((one) => (typeof one === 'object' ? JSON.stringify(one) : inWords(String(one)))).join(t('comma'));
  }
  const statusOf = (id: string) => (te(`ticketStatus.${id}`) ? t(`ticketStatus.${id}`) : id);

  function change(thing: string, was: AuditFacts, is: AuditFacts, ofCounter = false): Change {
    // What it is now comes first; the database does not keep an order.
    const facts = Object.entries(is).sort(([a], [b]) => Number(b === 'status') - Number(a === 'status'));
    const fields = facts.map(([field, now]) => ({
      name: word('field', field),
      ...(field in was && { was: value(field, was[field], ofCounter) }),
      is: value(field, now, ofCounter),
    }));
    return { thing, fields };
  }

  return {
    who(actor) {
      if (actor === 'customer' || actor === 'nobody') return { name: t(`audit.${actor}`) };
      const [kind = '', id = actor] = actor.split(/:(.*)/);
      const name = nameIn(kind === 'device' ? names.devices : names.people, id);
      return name === id ? { name: id } : { name, id };
    },
    place(device) {
      if (device === undefined) return '';
      if (device === 'phone') return t('audit.phone');
      return isCounter(device) ? counter(device) : nameIn(names.devices, device);
    },
    acts: ({ acts }) => acts.map(act).join(t('comma')),
    about: ({ about }) =>
      Object.entries(about).flatMap(([what, said]) => {
        if (what === 'tickets') return said;
        // Where it was done says this already, or the change does.
        if (what === 'counters' || what === 'branchId') return [];
        return [`${word('aboutWhat', what)}: ${value(what, said, false)}`];
      }),
    changes({ before = {}, after = {} }) {
      const isThing = (fact: Value | undefined): fact is AuditFacts =>
        typeof fact === 'object' && fact !== null && !Array.isArray(fact);
      const things = Object.entries(after).filter((entry): entry is [string, AuditFacts] => isThing(entry[1]));
      const own = Object.fromEntries(Object.entries(after).filter(([, fact]) => !isThing(fact)));
      const was = (thing: string) => (isThing(before[thing]) ? before[thing] : {});
      return [
        ...(Object.keys(own).length > 0 ? [change('', before, own)] : []),
        ...things.map(([thing, is]) => {
          const [kind = '', id = thing] = thing.split(/ (.*)/);
          return change(kind === 'counter' ? counter(id) : id, was(thing), is, kind === 'counter');
        }),
      ];
    },
  };
}
