import type { LoadedBranch } from '../../config/branch.schema.ts';
import type { DeviceKind, StaffRole } from '../../server/identity/caller.ts';
import { branchesNamed, openHall, testEnv, type RunningHall } from './running-hall.ts';

/** A hall that has an administrator: everybody signs in, every device is paired. All of it through the server's own door. */
export interface StaffedHall extends RunningHall {
  readonly admin: string;
  call(method: string, path: string, options?: { token?: string | undefined; body?: unknown }): Promise<Answer>;
  /** Makes the account and sets its PIN and password, which are the same for all. */
  hire(staffId: string, ...grants: readonly Grant[]): Promise<void>;
  /** At a counter when one is named, else at the console. */
  signIn(branchId: string, staffId: string, more?: object): Promise<Answer>;
  /** @returns the token of a device that was paired by whoever holds `by` */
  pair(by: string, branchId: string, kind: DeviceKind, counterId?: string): Promise<Paired>;
}
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}
export interface Paired {
  readonly token: string;
  readonly deviceId: string;
}
interface Grant {
  readonly role: StaffRole;
  readonly branchId?: string;
}

export const PIN = '590274';
export const PASSWORD = 'a long enough one';

type Options = Omit<Parameters<typeof openHall>[0], 'branches'> & { readonly branches?: readonly LoadedBranch[] };

export async function staffedHall(options: Options = {}): Promise<StaffedHall> {
  const hall = await openHall({ env: testEnv(), branches: branchesNamed('b', 'b2'), ...options });
  const call: StaffedHall['call'] = async (method, path, { token, body } = {}) => {
    const response = await fetch(`${hall.url}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  };
  const good = async (...of: Parameters<typeof call>): Promise<Answer['body']> => {
    const { status, body } = await call(...of);
    if (status !== 200) throw new Error(`${of[0]} ${of[1]}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  const signIn: StaffedHall['signIn'] = (branchId, staffId, more = {}) =>
    call('POST', '/api/sign-in', {
      body: { branchId, staffId, secret: 'counterId' in more ? PIN : PASSWORD, ...more },
    });

  if (hall.setUpLink !== undefined)
    await good('POST', '/api/set-up', { body: { link: hall.setUpLink, password: PASSWORD } });
  const admin = (await signIn('b', 'admin')).body['token'] as string;
  return {
    ...hall,
    admin,
    call,
    signIn,
    async hire(staffId, ...grants) {
      await good('PUT', `/api/accounts/${staffId}`, { token: admin, body: { name: staffId, grants } });
      const { link } = await good('POST', `/api/accounts/${staffId}/link`, { token: admin });
      await good('POST', '/api/set-up', { body: { link, pin: PIN, password: PASSWORD } });
    },
    async pair(by, branchId, kind, counterId) {
      const started = await good('POST', '/api/pairings', { body: { branchId, kind } });
      const name = `the ${kind}`;
      await good('POST', `/api/branches/${branchId}/devices`, {
        token: by,
        body: { code: started['code'], name, counterId },
      });
      const { pairingId, key } = started;
      const paired = await good('POST', '/api/pairings/ask', { body: { pairingId, key } });
      return { token: paired['token'] as string, deviceId: paired['deviceId'] as string };
    },
  };
}
