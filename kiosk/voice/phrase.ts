import type { Page } from '../flow.ts';
import type { PersonState } from '../person.ts';
import type { Hall } from '../use-kiosk.ts';

/** What the kiosk is showing, as far as the voice speaks of it. */
export interface Scene {
  readonly page: Page['at'];
  readonly hall: Hall;
  /** The question whether somebody is still there. */
  readonly idle: boolean;
}

/** What there is to say of a page; each is a sentence in each language (`kiosk.say`). */
export type Phrase = Page['at'] | Exclude<Hall, 'open'> | 'idle';

/** One phrase for every state of the screen: nobody who cannot see it is left in silence. */
export function phraseOf({ page, hall, idle }: Scene): Phrase {
  if (idle) return 'idle';
  const needsHall = page === 'home' || page === 'services' || page === 'several';
  return needsHall && hall !== 'open' ? hall : page;
}

/** Said of the call for a person, whatever the page is; nothing while nobody is called. */
export function personPhrase(state: PersonState): Exclude<PersonState, 'nobody' | 'asking'> | undefined {
  return state === 'nobody' || state === 'asking' ? undefined : state;
}
