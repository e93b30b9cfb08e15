import { NOTICE_WORDS, type NoticeKind } from './notice-words.ts';

/** Runs while the page is closed, for one thing: to show the notices of one ticket. It keeps nothing and loads nothing. */

interface Notice {
  readonly kind: NoticeKind;
  readonly number: string;
  /** Of the counter, at a call. */
  readonly label?: string;
  readonly language: keyof typeof NOTICE_WORDS;
}

/** The part of a service worker that is used here; its own types do not go together with those of a page. */
interface Worker {
  readonly registration: { readonly scope: string; showNotification(title: string, options: object): Promise<void> };
  readonly clients: {
    matchAll(options: object): Promise<readonly { readonly url: string; focus(): Promise<unknown> }[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener(type: 'push', listener: (event: Happening & { data?: { json(): unknown } }) => void): void;
  addEventListener(
    type: 'notificationclick',
    listener: (event: Happening & { notification: Notification }) => void,
  ): void;
}
interface Happening {
  waitUntil(done: Promise<unknown>): void;
}
const worker = globalThis as unknown as Worker;

worker.addEventListener('push', (event) => {
  const { kind, number, label = '', language } = event.data?.json() as Notice;
  const { title, text } = NOTICE_WORDS[language][kind];
  const fill = (words: string) => words.replace('{number}', number).replace('{label}', label);
  // The newest takes the place of the one before; a call makes itself felt again.
  const options = {
    body: fill(text),
    tag: number,
    renotify: true,
    requireInteraction: kind === 'called',
    lang: language,
  };
  event.waitUntil(worker.registration.showNotification(fill(title), options));
});

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(showPage());
});

/** The scope of this worker is the address of the ticket. */
async function showPage(): Promise<void> {
  const { scope } = worker.registration;
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find(({ url }) => url.startsWith(scope));
  await (page === undefined ? worker.clients.openWindow(scope) : page.focus());
}
