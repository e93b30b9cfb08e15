/** Sends what somebody does about what customers say. Reading goes through `ask` and `useReading`, as for reports. */

/** Why not: one of the codes of the door, `not-allowed`, `bad-message`, `too-fast`, or `no-answer`; and its parameters. */
export interface Refusal {
  readonly code: string;
  readonly [parameter: string]: unknown;
}
export type Sent<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export type SendMethod = 'POST' | 'PUT' | 'DELETE';

export async function send<T>(token: string, method: SendMethod, address: string, body: object = {}): Promise<Sent<T>> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  try {
    const response = await fetch(address, { method, headers, body: JSON.stringify(body) });
    return sentOf<T>(response.ok, await response.text());
  } catch {
    return NO_ANSWER;
  }
}

/** @param onShare how much of it is on the server, 0 to 1 */
export function upload<T>(
  token: string,
  address: string,
  file: File,
  onShare: (share: number) => void,
): Promise<Sent<T>> {
  return new Promise((resolve) => {
    // fetch does not tell how far an upload has come.
    const request = new XMLHttpRequest();
    request.open('PUT', address);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.upload.onprogress = ({ loaded, total }) => onShare(total === 0 ? 0 : loaded / total);
    request.onload = () => resolve(sentOf<T>(request.status < 400, request.responseText));
    request.onerror = () => resolve(NO_ANSWER);
    request.send(file);
  });
}

const NO_ANSWER = { ok: false, refusal: { code: 'no-answer' } } as const;

/** Of a case there is a `rejection`, of the inbox a `reason`; before either was asked there is a `problem`. */
export function sentOf<T>(ok: boolean, text: string): Sent<T> {
  const body = parsed(text);
  if (ok) return { ok, value: body as T };
  const { rejection, reason, problem } = body as {
    readonly rejection?: Refusal;
    readonly reason?: string;
    readonly problem?: Refusal;
  };
  return { ok, refusal: rejection ?? (reason === undefined ? (problem ?? NO_ANSWER.refusal) : { code: reason }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
