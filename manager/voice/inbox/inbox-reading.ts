import type { InboxMove } from '../../../domain/inbox/moves.ts';
import type { InboxAnswer, InboxClosing, InboxEntry, InboxItem, InboxList } from '../../../protocol/inbox.ts';
import { askAt } from '../../insight/reports.ts';
import { send, upload, type Sent } from '../door.ts';

/** The doors of `protocol/inbox.ts`. Those that read reject when the server does not answer, or says no. */

export function readInbox(token: string, search: string, after?: string): Promise<InboxList> {
  return askAt(token, `/api/inbox?${search}${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`);
}

export function readItem(token: string, id: string): Promise<InboxItem> {
  return askAt(token, itemAt(id));
}

type Bodies = Readonly<Record<InboxMove, object>> & { readonly answer: InboxAnswer; readonly close: InboxClosing };

export function moveItem<M extends InboxMove>(
  token: string,
  id: string,
  move: M,
  body: Bodies[M],
): Promise<Sent<InboxItem>> {
  return send(token, 'POST', itemAt(id, move), body);
}

export function enter(token: string, entry: InboxEntry): Promise<Sent<InboxItem>> {
  return send(token, 'POST', '/api/inbox', entry);
}

export function putPage(
  token: string,
  id: string,
  photo: File,
  onShare: (share: number) => void,
): Promise<Sent<InboxItem>> {
  return upload(token, itemAt(id, 'page'), photo, onShare);
}

export function itemAt(id: string, part?: string): string {
  return `/api/inbox/${encodeURIComponent(id)}${part === undefined ? '' : `/${part}`}`;
}
